"""What the report's charts draw: bars with intervals, and lines against the number of sign-ins.

The templates `bars.html` and `lines.html` turn it into SVG; a bar or a line has the colour of its side, session or
token.
"""

from project.lab.benchmark.variants import VARIANTS

WIDTH = 1200
LABELS, ROW = 420, 44  # of the bars: width of the names, height of each
HEIGHT, MARGIN = 480, 140  # of the lines: without the labels below, and beside them
TICKS = 4
DASHES = ("none", "12 6", "3 6")  # of the lines of one side, one after the other


def bars(cells):
    """Return a chart of CPU time per request, one bar for each of {variant: cell}."""
    most = max(cell["cpu"]["high"] for cell in cells.values())

    def across(microseconds):
        return round((WIDTH - LABELS - 5) * microseconds / most, 1)

    drawn = [
        {
            "y": ROW * row,
            "label": f"{name}  {cell['cpu']['median']:,.0f} µs",
            "width": across(cell["cpu"]["median"]),
            "low": LABELS + across(cell["cpu"]["low"]),
            "high": LABELS + across(cell["cpu"]["high"]),
            **looks(name),
        }
        for row, (name, cell) in enumerate(cells.items())
    ]
    return {"width": WIDTH, "height": ROW * len(drawn), "left": LABELS, "bars": drawn}


def looks(name):
    """Return the side of a variant, or of the control's second server, and whether it is stock."""
    variant = VARIANTS[name.removesuffix(" again")]
    return {"side": variant.side, "stock": variant.stock}


def lines(labels, series):
    """Return a chart of CPU time against size, one line for each of {variant: values}."""
    every = [value for values in series.values() for value in values]
    least, most = min(0, *every), 1.05 * max(1, *every)  # the cost of authentication can be below 0

    def across(number):
        return round(MARGIN + (WIDTH - 2 * MARGIN) * number / (len(labels) - 1), 1)

    def up(value):
        return round(HEIGHT * (1 - (value - least) / (most - least)), 1)

    ticks = [least + (most - least) * step / TICKS for step in range(TICKS + 1)]
    sides, drawn = [], []
    for name, values in series.items():
        look = looks(name)
        dash = DASHES[sides.count(look["side"]) % len(DASHES)]
        sides.append(look["side"])
        points = [(across(number), up(value)) for number, value in enumerate(values)]
        drawn.append({"name": name, "points": points, "dash": dash, **look})
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": MARGIN,
        "lines": drawn,
        "ticks": [{"y": up(value), "label": f"{value:,.0f} µs"} for value in ticks],
        "labels": [{"x": across(number), "label": label} for number, label in enumerate(labels)],
    }
