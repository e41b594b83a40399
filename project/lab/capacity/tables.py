"""The tables of the page: figures with their formulas side by side, and how often things happen."""

from project.lab.capacity.model import figures
from project.lab.capacity.numbers import DAY, about, amount, equals, number, rounded, three
from project.lab.capacity.scenario import RENEWED_AFTER

NAMES = {  # figure -> what it is
    "kept": "Storage for sign-ins",
    "store": "Operations on the store",
    "bandwidth": "Bandwidth for credentials",
    "authentication": "CPU for authentication",
    "cores": "CPU in total",
}
COSTS = {"B": "B", "operations/s": "", "B/s": "B", "µs/s": "µs"}  # unit of a figure -> unit of what happens once
WHAT = {"alive": "sign-ins", "rows": "sign-ins"}


def rows(scenario, measured):
    """Return the table: each figure under both schemes, with its formula and its share of the larger one."""
    both = figures(scenario, measured)
    found = []
    for name, title in NAMES.items():
        sides = [both[scheme][name] for scheme in ("session", "token")]
        most = max(side.value for side in sides) or 1
        cells = [
            {
                "amount": amount(side.value, side.unit),
                "formula": formula(side),
                "share": round(100 * side.value / most, 1),
            }
            for side in sides
        ]
        found.append({"name": name, "title": title, "cells": cells})
    return found


def formula(figure):
    """Return the sum with its numbers, to be checked by hand."""
    unit = COSTS[figure.unit]
    terms = [
        f"{number(term.count)} {WHAT.get(term.what, term.what)} × {number(term.cost)} {unit}".strip()
        for term in figure.terms
    ]
    total = f" {equals(figure.value, three(figure.value))} {about(figure.value)} {figure.unit}"
    return " + ".join(terms) + total


def rates(scenario):
    """Return how often things happen: (what, how much, = or ≈, formula)."""
    now = scenario
    visit, alive, requests = number(now.per_visit), number(now.alive), number(now.requests)
    access, half, kept = number(now.access), number(RENEWED_AFTER), f"({now.lasts} + {now.purged_after})"
    found = [
        ("Sign-ins", now.alive, f"{number(now.people)} people × {now.sign_ins}"),
        ("Logins per second", now.logins, f"{alive} ÷ ({now.lasts} days × {number(DAY)} s)"),
        ("Sign-ins stored until purged", now.rows, f"{alive} × {kept} ÷ {now.lasts} days"),
        ("Requests per access token", now.per_token, f"{visit} + {requests} × {access} s ÷ {alive}"),
        ("Refreshes per second", now.refreshes, f"{requests} ÷ {number(now.per_token)}"),
        ("Sessions renewed per second", now.renewals, f"{requests} ÷ ({visit} + {requests} × {half} s ÷ {alive})"),
    ]
    return [(what, number(much), equals(much, rounded(much)), said) for what, much, said in found]
