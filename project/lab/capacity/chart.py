"""The chart: CPU for authentication against the lifetime of an access token, one line for each scheme."""

import math
from dataclasses import replace

from project.lab.capacity.model import figures, overtakes
from project.lab.capacity.numbers import amount, duration
from project.lab.capacity.significance import is_significant

POINTS = 49
WIDTH, HEIGHT = 480, 200


def chart(scenario, measured, least, most):
    """Return the lines and marks of the chart.

    Args:
        least, most: seconds of lifetime between which it is drawn.
    """

    def across(lifetime):
        return round(WIDTH * math.log(lifetime / least) / math.log(most / least), 1)

    lifetimes = [least * (most / least) ** (step / (POINTS - 1)) for step in range(POINTS)]
    sides = [figures(replace(scenario, access=lifetime), measured) for lifetime in lifetimes]
    lines = {scheme: [side[scheme]["authentication"].value for side in sides] for scheme in ("session", "token")}
    top = 1.05 * max(max(values) for values in lines.values()) or 1
    now = figures(scenario, measured)
    needed = overtakes(now["session"]["authentication"], now["token"]["authentication"], scenario.requests)
    crossing = scenario.lifetime(needed) if needed and is_significant(scenario, measured) else 0
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": {
            scheme: " ".join(
                f"{across(lifetime)},{round(HEIGHT * (1 - value / top), 1)}"
                for lifetime, value in zip(lifetimes, values, strict=True)
            )
            for scheme, values in lines.items()
        },
        "top": amount(top, "µs/s"),
        "now": across(scenario.access),
        "crossing": across(crossing) if least <= crossing <= most else None,
        "ticks": [duration(least * (most / least) ** (step / 4), digits=2) for step in range(5)],
    }
