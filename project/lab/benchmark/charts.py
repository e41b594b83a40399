"""Charts as SVG for the page: large enough for the back row, in colours that follow light and dark."""

import sys
from xml.etree import ElementTree

import pygal
from pygal.style import Style

# pygal finds its plug-ins (maps, not used here) by an import hook from before Python 3.4, about which Python 3.11 warns
# at every later import of something that is not there.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

INK = "var(--ink)"
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground=INK,
    foreground_strong=INK,
    foreground_subtle="var(--line)",
    opacity="1",
    opacity_hover="1",
    transition="none",
    font_family="system-ui, sans-serif",
    label_font_size=24,
    major_label_font_size=24,
    legend_font_size=24,
    colors=("var(--session)", "var(--jwt)", "var(--checked)", "var(--floor)", "var(--stock)"),
    ci_colors=(INK,) * 5,
)
OPTIONS = {"style": STYLE, "js": [], "explicit_size": False, "margin": 10, "truncate_label": -1}


def colour(name):
    """Return the colour of a variant: one for each way of being known."""
    for start, part in (("stock", "stock"), ("session", "session"), ("jwt-checked", "checked"), ("jwt", "jwt")):
        if name.startswith(start):
            return f"var(--{part})"
    return "var(--floor)"


def bars(cells):
    """Return a chart of CPU time a request, with intervals, one bar for each of {variant: cell}."""
    looks = {"show_legend": False, "show_x_labels": False, "show_x_guides": False}
    chart = pygal.HorizontalBar(**OPTIONS | looks, width=1200, height=40 + 44 * len(cells))
    names = list(reversed(cells))  # the first bar is drawn at the bottom
    chart.x_labels = [f"{name}  {cells[name]['cpu']['median']:,.0f} µs" for name in names]
    chart.range = (0, max(cell["cpu"]["high"] for cell in cells.values()))
    chart.add("CPU", [bar(name, cells[name]["cpu"]) for name in names])
    return svg(chart)


def bar(name, cpu):
    return {
        "value": cpu["median"],
        "style": f"fill: {colour(name)}; stroke: none",
        "ci": {"low": cpu["low"], "high": cpu["high"]},
    }


def lines(labels, series):
    """Return a chart of CPU time against size, one line for each of {name: values}."""
    chart = pygal.Line(**OPTIONS, width=1200, height=640, legend_at_bottom=True, dots_size=6)
    chart.value_formatter = lambda value: f"{value:,.0f} µs"
    chart.x_labels = labels
    every = [value for values in series.values() for value in values]
    chart.range = (min(0, *every), 1.1 * max(1, *every))  # what was taken off a floor can be below it
    for name, values in series.items():
        chart.add(name, values)
    return svg(chart)


def svg(chart):
    """Return the chart's SVG without its script, which only makes tooltips."""
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in [child for child in parent if str(child.tag).endswith("script")]:
            parent.remove(child)
    return ElementTree.tostring(root, encoding="unicode")
