"""`--report FILE`: one HTML page that needs nothing else: charts, tables, raw figures, and what they do not show."""

import base64
import json

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from project.lab.benchmark import charts, method, words


def page(results):
    """Return the page of a run."""
    kinds = [
        {
            "name": kind,
            "chart": mark_safe(charts.bars(words.cells(results, kind))),  # noqa: S308 - of our own numbers and names
            "rows": words.rows(results, kind),
            "wire_rows": words.wire_rows(results, kind),
        }
        for kind in results["control"]
    ]
    context = {
        "title": "What a request costs",
        "kinds": kinds,
        "headings": words.headings(results),
        "wire_headings": words.WIRE,
        "intervals": method.intervals(results["plan"]["rounds"]),
        "columns": method.columns(results),
        "method": method.method(results),
        "titles": results["plan"]["titles"].items(),
        "conclusions": words.conclusions(results),
        "order": [" · ".join(f"{name} ({kind})" for name, kind in each) for each in rounds(results["order"])],
    }
    return render_to_string("lab/benchmark/benchmark_report.html", context | about(results))


def growth_page(results):
    """Return the page of `benchmark growth`."""
    labels = [f"{size:,}" for size in results["sizes"]]
    whole = {row["what"]: row["cpu"] for row in results["costs"] if "read cart" in row["what"]}
    alone = {row["what"]: row["cpu"] for row in results["costs"] if "alone" in row["what"]}
    context = {
        "title": f"What {words.listed(labels)} sign-ins cost",
        "intervals": method.intervals(results["rounds"]),
        "columns": method.growth_columns(results),
        "method": method.growth_method(results),
        "growth": [
            {"name": name, "chart": mark_safe(charts.lines(labels, medians(series, results["sizes"])))}  # noqa: S308
            for name, series in (("read cart", whole), ("knowing who asks, alone", alone))
        ],
        "sizes": labels,
        "growth_rows": [[name, *row] for name, row in words.growth_rows(results)],
        "conclusions": words.growth_conclusions(results),
        "order": [" · ".join(f"{name} ({kind})" for name, kind in each) for each in rounds(results["order"])],
    }
    return render_to_string("lab/benchmark/benchmark_report.html", context | about(results))


def about(results):
    raw = json.dumps(results, indent=1).encode()
    return {
        "results": results,
        "machine": results["machine"],
        "versions": results["versions"].items(),
        "raw": f"data:application/json;base64,{base64.b64encode(raw).decode()}",
    }


def rounds(order):
    """Return for each round the (variant, kind) in the order in which they were measured."""
    numbers = dict.fromkeys(number for number, *_ in order)
    return [[(name, kind) for number, name, kind in order if number == wanted] for wanted in numbers]


def medians(series, sizes):
    return {name: [cpu[str(size)]["median"] for size in sizes] for name, cpu in series.items()}
