"""What the intervals of the benchmark leave open: which costs can be told from one another, and how exactly.

Two variants are told apart where their intervals do not overlap. The intervals are not of pairs of rounds, as the
benchmark's own ratios are, so that this names less than it could and nothing that it should not.
"""

from project.lab.capacity.model import figures, of_request


def overtakes_between(scenario, measured):
    """Return the least and the most requests that one refresh may cost; None where the token saves nothing for sure."""
    (low, high), (token_low, token_high) = intervals(scenario, measured)
    if low <= token_high:
        return None
    refresh = measured["variants"][scenario.token_variant]["requests"]["refresh"]["cpu_interval"]
    return refresh[0] / (high - token_low), refresh[1] / (low - token_high)


def told_apart(scenario, measured):
    """Say whether the CPU times of a request differ by more than their intervals: else there is nothing to name."""
    return disjoint(*intervals(scenario, measured))


def told_apart_in_all(scenario, measured):
    """Say the same of the CPU in all, with refreshes and logins."""
    ends = [figures(scenario, at_end(measured, end)) for end in (0, 1)]
    return disjoint(*([side[scheme]["cores"].value for side in ends] for scheme in ("session", "jwt")))


def disjoint(one, other):
    return one[1] < other[0] or other[1] < one[0]


def intervals(scenario, measured):
    """Return the intervals of a request's CPU time: the session's, the token's."""
    return [of_request(measured, name)["cpu_interval"] for name in (scenario.session_variant, scenario.token_variant)]


def at_end(measured, end):
    """Return what was measured with each CPU time at one end of its interval, 0 for the lower and 1 for the upper."""

    def moved(variant):
        requests = {kind: cost | {"cpu": cost["cpu_interval"][end]} for kind, cost in variant["requests"].items()}
        return variant | {"requests": requests}

    return measured | {"variants": {name: moved(variant) for name, variant in measured["variants"].items()}}
