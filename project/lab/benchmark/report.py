"""`--report FILE`: one HTML page that needs nothing else: charts, tables, raw figures, and what they do not show."""

import base64
import json

from project.lab.benchmark import charts, method, tables, text
from project.lab.benchmark.kinds import READ_CART
from project.lab.report import render

TEMPLATE, SHEET = "lab/benchmark/report.html", "lab/benchmark/report.css"


def page(results):
    """Return the page of a run."""
    kinds = [
        {
            "name": kind,
            "chart": charts.bars(tables.cells(results, kind)),
            "rows": tables.rows(results, kind),
            "wire_rows": tables.wire_rows(results, kind),
        }
        for kind in results["control"]
    ]
    context = {
        "title": "What a request costs",
        "kinds": kinds,
        "headings": tables.headings(results),
        "wire_headings": tables.WIRE,
        "intervals": method.intervals(results["plan"]["rounds"]),
        "columns": method.columns(results),
        "method": method.method(results),
        "titles": results["plan"]["titles"].items(),
        "conclusions": text.conclusions(results),
    }
    return render(TEMPLATE, context | about(results), SHEET)


def growth_page(results):
    """Return the page of `benchmark growth`."""
    labels = [f"{size:,}" for size in results["sizes"]]
    context = {
        "title": f"What {method.listed(labels)} sign-ins cost",
        "intervals": method.intervals(results["rounds"]),
        "columns": method.growth_columns(results),
        "method": method.growth_method(results),
        "growth": [
            {"name": name, "chart": charts.lines(labels, medians(results, kind))}
            for name, kind in (("Read a cart", READ_CART), ("Authentication alone", None))
        ],
        "growth_headings": ["sign-ins", *labels, "last over first"],
        "growth_rows": [[name, *row] for name, row in tables.growth_rows(results)],
        "conclusions": text.growth_conclusions(results),
    }
    return render(TEMPLATE, context | about(results), SHEET)


def about(results):
    raw = json.dumps(results, indent=1).encode()
    return {
        "results": results,
        "machine": results["machine"],
        "versions": results["versions"].items(),
        "order": [" · ".join(f"{name} ({kind})" for name, kind in each) for each in rounds(results["order"])],
        "raw": f"data:application/json;base64,{base64.b64encode(raw).decode()}",
    }


def rounds(order):
    """Return for each round the (variant, kind) in the order in which they were measured."""
    numbers = dict.fromkeys(number for number, *_ in order)
    return [[(name, kind) for number, name, kind in order if number == wanted] for wanted in numbers]


def medians(results, kind):
    """Return {variant: its medians by size} of one kind of request, or of authentication alone."""
    return {
        row["variant"]: [row["cpu"][str(size)]["median"] for size in results["sizes"]]
        for row in results["costs"]
        if row["kind"] == kind
    }
