"""Capacity in words: figures with their formulas, where one scheme overtakes the other, what statement 60 comes to."""

from project.lab.costs import DAY, RENEWED_AFTER, figures, overtakes, told_apart

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
    """Return a number with three digits that count, all of them from a hundred on."""
    if abs(value) >= 99.95:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):.10f}".rstrip("0").rstrip(".")


def about(value):
    """Return a large number rounded to three digits."""
    return number(float(f"{value:.3g}"))


def amount(value, unit):
    """Return a figure as one reads it, such as 180 MB."""
    factor, name = [one for one in UNITS[unit] if value >= one[0] or one is UNITS[unit][0]][-1]
    return f"{number(value / factor)} {name}"


def formula(figure):
    """Return the sum with its numbers, to be checked by hand."""
    unit = COSTS[figure.unit]
    terms = [
        f"{number(term.count)} {WHAT.get(term.what, term.what)} × {number(term.cost)} {unit}".strip()
        for term in figure.terms
    ]
    total = f" = {number(figure.value)} {figure.unit}"
    return " + ".join(terms) + total


def rates(scenario):
    """Return how often things happen: (what, how much, formula)."""
    now = scenario
    stretch, alive, requests = number(now.stretch), number(now.alive), number(now.requests)
    half = number(RENEWED_AFTER)
    return [
        ("Sign-ins", alive, f"{number(now.people)} people × {now.sign_ins}"),
        ("Logins a second", number(now.logins), f"{alive} ÷ ({now.lasts} days × {number(DAY)} s)"),
        ("Sign-ins kept until purged", number(now.rows), f"{alive} × ({now.lasts} + {now.stays}) ÷ {now.lasts} days"),
        (
            "Requests that a token serves",
            number(now.per_token),
            f"{stretch} + {requests} × {number(now.access)} s ÷ {alive}",
        ),
        ("Refreshes a second", number(now.refreshes), f"{requests} ÷ {number(now.per_token)}"),
        (
            "Sessions renewed a second",
            number(now.renewals),
            f"{requests} ÷ ({stretch} + {requests} × {half} s ÷ {alive})",
        ),
    ]


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
    sentences = [of_cpu(scenario, measured, session, jwt), of_operations(scenario, session, jwt)]
    sentences.append(of_bytes(session["bandwidth"], jwt["bandwidth"]))
    sentences.append(of_memory(scenario, measured, session["kept"], jwt["kept"]))
    return sentences


def of_cpu(scenario, measured, session, jwt):
    needed = overtakes(session["knowing"], jwt["knowing"], scenario.requests)
    if not told_apart(scenario, measured):
        return (
            "CPU: a request costs both schemes the same as far as the benchmark can tell, as the intervals of the two "
            "measurements overlap. So no number of requests can be named from which on a token is cheaper."
        )
    if needed is None:
        return "CPU: a request costs no less with a token than with a session, so refreshing it is never won back."
    saved = f"CPU: one refresh costs what is saved in {number(needed)} requests;"
    return f"{saved} {from_there_on('needs less CPU', scenario, needed)}"


def of_operations(scenario, session, jwt):
    needed = overtakes(session["store"], jwt["store"], scenario.requests)
    if needed is None:
        return "Store: a token’s request asks it as often as a session’s or more, so refreshing is never won back."
    return f"Store: {from_there_on('needs it less often', scenario, needed)}"


def from_there_on(does, scenario, needed):
    """Return from how many requests a token is ahead, what lifetime that takes, and on which side the scenario is."""
    lifetime = scenario.lifetime(needed)
    if lifetime <= 0:
        return f"a token {does}, however short its life: it serves {scenario.stretch} requests at a stretch anyway."
    ahead = "the token" if scenario.per_token > needed else "the session"
    return (
        f"with more than {number(needed)} requests per token, which takes a lifetime of over {duration(lifetime)}, the "
        f"token {does}. Here a token serves {number(scenario.per_token)}: {ahead} is ahead."
    )


def of_bytes(session, jwt):
    less, more = sorted([("sessions", session.value), ("tokens", jwt.value)], key=lambda side: side[1])
    times, extra = number(more[1] / less[1]), amount(more[1] - less[1], jwt.unit)
    return f"Bandwidth: {more[0]} take {times} times as much as {less[0]}, {extra} more."


def of_memory(scenario, measured, session, jwt):
    gib = measured["machine"]["memory_gib"]
    found = []
    for whose, figure in (("what is kept of sessions", session), ("what is kept of tokens’ grants", jwt)):
        if figure.value:
            people = about(scenario.people * gib * 2**30 / figure.value)
            found.append(f"from about {people} people on {whose} is over {number(gib)} GiB")
        else:
            found.append(f"{whose} is nothing, however many people there are")
    return f"Memory: {', and '.join(found)}. So much memory has the machine that was measured."


def answer(scenario, measured):
    """Return what statement 60, "Sessions stop scaling.", comes to for ten million people who behave like these."""
    many = scenario.for_people(MANY)
    both = figures(many, measured)
    session, jwt = ({name: amount(one.value, one.unit) for name, one in side.items()} for side in both.values())
    cores = measured["machine"]["cores"]
    carried = [about(people_on(cores, many, side["cores"])) for side in both.values()]
    ratio = number(both["session"]["cores"].value / both["jwt"]["cores"].value)
    same = "" if told_apart(many, measured) else ", a difference that the benchmark could not tell from noise"
    return [
        f"{number(MANY)} people like these send {number(many.requests)} requests a second. With sessions that takes "
        f"{session['cores']}, {session['kept']}, and {session['store']} of the store; with tokens "
        f"{jwt['cores']}, {jwt['kept']}, and {jwt['store']}.",
        f"One machine like the measured one, with {cores} cores, carries about {carried[0]} of them with sessions "
        f"and {carried[1]} with tokens. Then it takes another machine, with either scheme: sessions need {ratio} "
        f"times the CPU of tokens{same}.",
        "On paper nothing bends: ten times the people cost ten times as much. A limit is what all machines share, the "
        f"store: it is asked {times_asked(many, both['session']['store'])} with sessions, and "
        f"{times_asked(many, both['jwt']['store'])} with tokens.",
    ]


def people_on(cores, scenario, figure):
    """Return how many people so many cores can serve."""
    return scenario.people * cores * 1e6 / figure.value


def times_asked(scenario, figure):
    return f"{number(figure.value / scenario.requests)} times for each request"


def duration(seconds, digits=3):
    """Return a time in the unit that fits, to so many digits."""
    for length, name in ((DAY, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds")):
        if seconds >= 2 * length or name == "seconds":
            return f"{number(float(f'{seconds / length:.{digits}g}'))} {name}"
