"""Which differences between the costs of two schemes are significant, and how exactly a crossing is known.

A difference is significant where the intervals of the benchmark do not overlap. They are not intervals of pairs of
rounds, as the benchmark's own ratios have, so that this names fewer differences than it could, and none that it should
not.
"""

from project.lab.capacity.measured import cart_request, session_variant, token_variant
from project.lab.capacity.model import figures


def overtakes_interval(scenario, measured):
    """Return the least and the most requests that one refresh may cost; None where the token saves nothing for sure."""
    (low, high), (token_low, token_high) = intervals(scenario, measured)
    if low <= token_high:
        return None
    refresh = token_variant(measured, scenario.checked)["requests"]["refresh"]["cpu_interval"]
    return refresh[0] / (high - token_low), refresh[1] / (low - token_high)


def is_significant(scenario, measured):
    """Say whether the CPU times of one request differ by more than their intervals."""
    return disjoint(*intervals(scenario, measured))


def is_significant_in_total(scenario, measured):
    """Say the same of the CPU in total, with refreshes and logins."""
    ends = [figures(scenario, at_end(measured, end)) for end in (0, 1)]
    return disjoint(*([side[scheme]["cores"].value for side in ends] for scheme in ("session", "token")))


def disjoint(one, other):
    return one[1] < other[0] or other[1] < one[0]


def intervals(scenario, measured):
    """Return the intervals of a request's CPU time: the session's, the token's."""
    variants = session_variant(measured, scenario.store), token_variant(measured, scenario.checked)
    return [cart_request(variant)["cpu_interval"] for variant in variants]


def at_end(measured, end):
    """Return what was measured with each CPU time at one end of its interval, 0 for the lower and 1 for the upper."""

    def moved(variant):
        requests = {kind: cost | {"cpu": cost["cpu_interval"][end]} for kind, cost in variant["requests"].items()}
        return variant | {"requests": requests}

    return measured | {"variants": {name: moved(variant) for name, variant in measured["variants"].items()}}
