"""Capacity in words: figures with their formulas, where one scheme overtakes the other, what statement 60 comes to."""

from project.lab.capacity.model import (
    DAY,
    MEMORY,
    RENEWED_AFTER,
    STORES,
    figures,
    overtakes,
    people_on,
    rounded,
    three,
)
from project.lab.capacity.significance import overtakes_between, told_apart, told_apart_in_all

NAMES = {  # figure -> what it is
    "kept": "Kept for sign-ins",
    "store": "Asked of the store",
    "bandwidth": "Bandwidth of credentials",
    "knowing": "CPU to know who asks",
    "cores": "CPU in all",
}
UNITS = {  # unit of a figure -> (factor, what one reads), smallest first
    "B": ((1, "B"), (1e3, "KB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB")),
    "operations/s": ((1, "operations a second"),),
    "B/s": ((1 / 8, "bit/s"), (1e3 / 8, "kbit/s"), (1e6 / 8, "Mbit/s"), (1e9 / 8, "Gbit/s")),
    "µs/s": ((1e6, "cores"),),
}
COSTS = {"B": "B", "operations/s": "", "B/s": "B", "µs/s": "µs"}  # unit of a figure -> unit of what happens once
WHAT = {"alive": "sign-ins", "rows": "sign-ins"}
MANY = 10_000_000  # people: what statement 60 is asked about


def number(value):
    """Return a whole number with all its digits, and any other with the three that count."""
    value = rounded(value)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10f}".rstrip("0")


def about(value):
    """Return a number rounded to three digits."""
    return number(three(value))


def rough(value, digits=None):
    """Return a number as exactly as a measurement allows: with two digits, below ten with one."""
    return number(float(f"{value:.{digits or (1 if value < 10 else 2)}g}"))


def equals(value, shown):
    """Return the sign to stand between a value and what is shown of it."""
    return "=" if value == shown else "≈"


def amount(value, unit):
    """Return a figure as one reads it, such as 180 MB."""
    factor, name = [one for one in UNITS[unit] if value >= one[0] or one is UNITS[unit][0]][-1]
    return f"{about(value / factor)} {name}"


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
    stretch, alive, requests = number(now.stretch), number(now.alive), number(now.requests)
    access, half = number(now.access), number(RENEWED_AFTER)
    found = [
        ("Sign-ins", now.alive, f"{number(now.people)} people × {now.sign_ins}"),
        ("Logins a second", now.logins, f"{alive} ÷ ({now.lasts} days × {number(DAY)} s)"),
        ("Sign-ins kept until purged", now.rows, f"{alive} × ({now.lasts} + {now.stays}) ÷ {now.lasts} days"),
        ("Requests that a token serves", now.per_token, f"{stretch} + {requests} × {access} s ÷ {alive}"),
        ("Refreshes a second", now.refreshes, f"{requests} ÷ {number(now.per_token)}"),
        ("Sessions renewed a second", now.renewals, f"{requests} ÷ ({stretch} + {requests} × {half} s ÷ {alive})"),
    ]
    return [(what, number(much), equals(much, rounded(much)), said) for what, much, said in found]


def rows(scenario, measured):
    """Return the table: each figure at both schemes, with its formula and its share of the larger one."""
    both = figures(scenario, measured)
    found = []
    for name, title in NAMES.items():
        sides = [both[scheme][name] for scheme in ("session", "jwt")]
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


# Sentences --------------------------------------------------------------------------------------------------------


def crossings(scenario, measured):
    """Return where one scheme overtakes the other, sentence by sentence."""
    both = figures(scenario, measured)
    session, jwt = both["session"], both["jwt"]
    return [
        of_cpu(scenario, measured),
        of_operations(scenario, session["store"], jwt["store"]),
        of_bytes(session["bandwidth"], jwt["bandwidth"]),
        of_storage(scenario, measured, session["kept"], jwt["kept"]),
    ]


def of_cpu(scenario, measured):
    if not told_apart(scenario, measured):
        return (
            "CPU: a request costs both schemes the same as far as the benchmark can tell, as the intervals of the two "
            "measurements overlap. So no number of requests can be named from which on a token is cheaper."
        )
    between = overtakes_between(scenario, measured)
    if between is None:
        return "CPU: a request costs no less with a token than with a session, so refreshing it is never won back."
    return f"CPU: {from_there_on('needs less CPU', scenario, *between)}"


def of_operations(scenario, session, jwt):
    needed = overtakes(session, jwt, scenario.requests)
    if needed is None:
        return "Store: a token’s request asks it as often as a session’s or more, so refreshing is never won back."
    return f"Store: {from_there_on('needs it less often', scenario, needed, needed)}"


def from_there_on(does, scenario, low, high):
    """Return from how many requests a token is ahead, what lifetime that takes, and on which side the scenario is.

    Args:
        low, high: between which the number of requests lies at which both schemes cost the same.
    """
    if scenario.lifetime(high) <= 0:
        return f"a token {does}, however short its life: it serves {scenario.stretch} requests at a stretch anyway."
    serves = number(scenario.per_token)
    ahead = "the token is ahead" if scenario.per_token > high else "the session is ahead"
    if low <= scenario.per_token <= high:
        ahead = "too near to say which is ahead"
    return (
        f"with more than about {span(rough(low), rough(high))} requests per token, which takes a lifetime of "
        f"{lifetimes(scenario, low, high)}, the token {does}. Here a token serves {serves}: {ahead}."
    )


def lifetimes(scenario, low, high):
    """Return which lifetimes serve so many requests; the least of them may be those at a stretch."""
    shortest, longest = (scenario.lifetime(needed) for needed in (low, high))
    if shortest <= 0:
        return f"at most {duration(longest, digits=2)}"
    return f"over {span(duration(shortest, digits=2), duration(longest, digits=2))}"


def span(low, high):
    return low if low == high else f"{low} to {high}"


def of_bytes(session, jwt):
    less, more = sorted([("sessions", session.value), ("tokens", jwt.value)], key=lambda side: side[1])
    times, extra = number(more[1] / less[1]), amount(more[1] - less[1], jwt.unit)
    return f"Bandwidth: {more[0]} take {times} times as much as {less[0]}, {extra} more."


def of_storage(scenario, measured, session, jwt):
    place = STORES[scenario.store].place
    of_sessions = f"{amount(session.value, session.unit)} {place}" if session.value else "nothing"
    said = f"Kept: of sessions {of_sessions}, of tokens’ grants {amount(jwt.value, jwt.unit)} on disk."
    if place != MEMORY:
        return said
    gib = measured["machine"]["memory_gib"]
    people = rough(scenario.people * gib * 2**30 / session.value)
    return (
        f"{said} From about {people} people on the sessions need more than {number(gib)} GiB, the measured machine’s."
    )


def answer(scenario, measured):
    """Return what statement 60, "Sessions stop scaling.", comes to for ten million people who behave like these."""
    many = scenario.for_people(MANY)
    both = figures(many, measured)
    session, jwt = ({name: amount(one.value, one.unit) for name, one in side.items()} for side in both.values())
    cores = measured["machine"]["cores"]
    carried = [rough(people_on(cores, many, side["cores"])) for side in both.values()]
    ratio = about(both["session"]["cores"].value / both["jwt"]["cores"].value)
    same = "" if told_apart_in_all(many, measured) else ", a difference that the benchmark could not tell from noise"
    return [
        f"{number(MANY)} people like these send {number(many.requests)} requests a second. With sessions that takes "
        f"{session['cores']}, {session['kept']}, and {session['store']} of the store; with tokens "
        f"{jwt['cores']}, {jwt['kept']}, and {jwt['store']}.",
        f"One machine like the measured one, with {cores} cores, carries about {carried[0]} of them with sessions "
        f"and {carried[1]} with tokens. Then it takes another machine, with either scheme: sessions need about {ratio} "
        f"times the CPU of tokens{same}.",
        "On paper nothing bends: ten times the people cost ten times as much. A limit is what all machines share, the "
        f"store: it is asked {times_asked(many, both['session']['store'])} with sessions, and "
        f"{times_asked(many, both['jwt']['store'])} with tokens.",
    ]


def times_asked(scenario, figure):
    return f"{number(figure.value / scenario.requests)} times for each request"


def duration(seconds, digits=3):
    """Return a time in the unit that fits, to so many digits."""
    for length, name in ((DAY, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds")):
        if seconds >= 2 * length or name == "seconds":
            return f"{number(float(f'{seconds / length:.{digits}g}'))} {name}"
