"""What many people cost under each scheme, from what the benchmark measured of one request.

A figure is a sum: how often something happens in a `Scenario`, times what it costs once.
"""

from dataclasses import dataclass

from project.lab.capacity.figure import total
from project.lab.capacity.measured import (
    REQUEST,
    TOKEN_HEADER,
    authentication,
    lookups,
    on_the_wire,
    session_variant,
    token_size,
    token_variant,
)


@dataclass(frozen=True)
class Store:
    """What a session store does that the benchmark does not count as SQL."""

    beside: int  # operations on a cache or a file, at each lookup and each write
    rows: int  # database rows that a renewal writes
    forgets: bool  # drops expired sessions without a purge
    place: str  # where it keeps a session


MEMORY = "in memory"
STORES = {
    "db": Store(beside=0, rows=1, forgets=False, place="on disk"),
    "cached_db": Store(beside=1, rows=1, forgets=False, place="on disk and once more in the cache"),
    "cache": Store(beside=1, rows=0, forgets=True, place=MEMORY),
    "file": Store(beside=1, rows=0, forgets=False, place="on disk"),
    "signed_cookies": Store(beside=0, rows=0, forgets=True, place="nowhere"),
}


def figures(scenario, measured):
    """Return {"session": {name: Figure}, "token": {name: Figure}}.

    Args:
        measured: the content of `measured.json`.
    """
    return {"session": session_figures(scenario, measured), "token": token_figures(scenario, measured)}


def session_figures(now, measured):
    variant, store = session_variant(measured, now.store), STORES[now.store]
    kept, cost = variant["kept"], variant["requests"]
    login = cost["login"]
    return {
        "kept": total(now, "B", alive=kept) if store.forgets else total(now, "B", rows=kept),
        "store": total(
            now,
            "operations/s",
            requests=lookups(measured, variant) + store.beside,
            renewals=store.rows + store.beside,
            logins=login["statements"] + store.beside,
        ),
        "bandwidth": total(now, "B/s", requests=variant["credential"], logins=on_the_wire(login)),
        "authentication": total(now, "µs/s", requests=authentication(measured, variant)),
        "cores": total(now, "µs/s", requests=cost[REQUEST]["cpu"], logins=login["cpu"]),
    }


def token_figures(now, measured):
    variant = token_variant(measured, now.checked)
    kept, cost = variant["kept"], variant["requests"]
    login, refresh = cost["login"], cost["refresh"]
    longer = now.token - token_size(measured)  # than the token that was measured; login and refresh send one each
    return {
        "kept": total(now, "B", rows=kept),
        "store": total(
            now,
            "operations/s",
            requests=lookups(measured, variant),
            refreshes=refresh["statements"],
            logins=login["statements"],
        ),
        "bandwidth": total(
            now,
            "B/s",
            requests=TOKEN_HEADER + now.token,
            refreshes=on_the_wire(refresh) + longer,
            logins=on_the_wire(login) + longer,
        ),
        "authentication": total(now, "µs/s", requests=authentication(measured, variant), refreshes=refresh["cpu"]),
        "cores": total(now, "µs/s", requests=cost[REQUEST]["cpu"], refreshes=refresh["cpu"], logins=login["cpu"]),
    }


def overtakes(session, token, requests):
    """Return how many requests one access token must serve for both figures to be the same; None where none would do.

    Above it the token costs less: it is refreshed less often, and the rest of both figures stays what it is.
    """
    to_spare = session.value - token.without("refreshes").value
    if to_spare <= 0:
        return None
    return requests * token.cost_of("refreshes") / to_spare


def people_on(cores, scenario, figure):
    """Return how many people so many cores serve, all of them busy all the time."""
    return scenario.people * cores * 1e6 / figure.value
