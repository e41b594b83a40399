"""Capacity on paper: what many people cost under each scheme, from what the last benchmark measured of one request.

A figure is a sum: how often something happens, times what it costs once. How often follows from the `Scenario`.
Sums are made of rounded numbers, the ones that the page shows, so that they come out when somebody does them by hand.
"""

from dataclasses import dataclass, replace

from django.conf import settings

from project.lab.benchmark.variants import VARIANTS

DAY = 86_400  # seconds
REQUEST = "read cart"  # what everybody does all day
FLOOR = "no-auth"  # the same request, nobody asks who sends it
FLOOR_HEADER = len("X-User: 1234\r\n")  # what the floor's client sends instead of a credential
TOKEN_HEADER = len("Authorization: Bearer \r\n")
RENEWED_AFTER = settings.SESSION_COOKIE_AGE / 2  # seconds after which a session notes that it is in use


@dataclass(frozen=True)
class Store:
    """What a session store does where the benchmark counts no SQL, and whether it forgets by itself."""

    beside: int  # operations on a cache or a file, at each look-up and each write
    rows: int  # database rows that a renewal writes
    forgets: bool  # drops what has expired without a purge
    place: str  # where it keeps a session


MEMORY = "in memory"
STORES = {
    "db": Store(beside=0, rows=1, forgets=False, place="on disk"),
    "cached_db": Store(beside=1, rows=1, forgets=False, place="on disk and once more in the cache"),
    "cache": Store(beside=1, rows=0, forgets=True, place=MEMORY),
    "file": Store(beside=1, rows=0, forgets=False, place="on disk"),
    "signed_cookies": Store(beside=0, rows=0, forgets=True, place="nowhere"),
}


def three(value):
    """Return a number rounded to three digits."""
    return float(f"{value:.3g}")


def rounded(value):
    """Return a whole number as it is, and any other rounded to three digits."""
    return value if value == int(value) else three(value)


@dataclass(frozen=True)
class Term:
    """How often something happens, and what it costs once."""

    what: str  # as in the Scenario
    count: float
    cost: float

    @property
    def value(self):
        return self.count * self.cost


@dataclass(frozen=True)
class Figure:
    """A sum of terms, in a unit."""

    unit: str
    terms: tuple

    @property
    def value(self):
        return sum(term.value for term in self.terms)

    def without(self, what):
        return replace(self, terms=tuple(term for term in self.terms if term.what != what))

    def cost_of(self, what):
        return next(term.cost for term in self.terms if term.what == what)


@dataclass(frozen=True)
class Scenario:
    """Who comes, how often, and how the schemes are set up."""

    people: int
    sign_ins: int  # of each person: their devices
    requests: float  # a second, of all people together
    stretch: int  # requests that a client makes at a stretch
    access: int  # seconds that an access token lives
    lasts: int  # days from login to the end of the sign-in
    stays: int  # days that an ended sign-in stays until it is purged
    token: int  # bytes
    store: str
    checked: bool

    @property
    def session_variant(self):
        return "session" if self.store == "db" else f"session-{self.store}"

    @property
    def token_variant(self):
        return "jwt-checked" if self.checked else "jwt"

    @property
    def alive(self):
        """Return how many sign-ins have not ended."""
        return self.people * self.sign_ins

    @property
    def rows(self):
        """Return how many sign-ins are kept: those that live, and those that nobody has purged yet."""
        return self.alive * (self.lasts + self.stays) / self.lasts

    @property
    def logins(self):
        """Return logins a second: as many as end."""
        return self.alive / (self.lasts * DAY)

    @property
    def per_token(self):
        """Return how many requests one access token serves: those at a stretch, and who comes while it still lives."""
        return self.stretch + self.requests * self.access / self.alive

    @property
    def refreshes(self):
        return self.requests / rounded(self.per_token)

    @property
    def renewals(self):
        """Return how often a second a session notes its use; the same sum as for a token, with another lifetime."""
        return self.requests / (self.stretch + self.requests * RENEWED_AFTER / self.alive)

    def for_people(self, people):
        """Return the same for so many people who behave like these."""
        return replace(self, people=people, requests=self.requests * people / self.people)

    def bill(self, unit, **costs):
        """Return the Figure of what happens in this scenario, for what each costs once."""
        shown = three if unit == "µs/s" else rounded  # times are measured; bytes and statements are counted
        terms = (Term(what, rounded(getattr(self, what)), shown(cost)) for what, cost in costs.items())
        return Figure(unit, tuple(terms))

    def lifetime(self, per_token):
        """Return the seconds that an access token must live to serve so many requests."""
        return (per_token - self.stretch) * self.alive / self.requests


def figures(scenario, measured):
    """Return {"session": {name: Figure}, "jwt": {name: Figure}}, names in the order of NAMES.

    Args:
        measured: the content of `measured.json`.
    """
    return {"session": of_sessions(scenario, measured), "jwt": of_tokens(scenario, measured)}


def of_sessions(now, measured):
    name, store = now.session_variant, STORES[now.store]
    kept, cost = measured["variants"][name]["storage"], measured["variants"][name]["requests"]
    login = cost["login"]
    return {
        "kept": now.bill("B", alive=kept) if store.forgets else now.bill("B", rows=kept),
        "store": now.bill(
            "operations/s",
            requests=looked_up(measured, name) + store.beside,
            renewals=store.rows + store.beside,
            logins=login["statements"] + store.beside,
        ),
        "bandwidth": now.bill("B/s", requests=credential(measured, name), logins=on_the_wire(login)),
        "knowing": now.bill("µs/s", requests=over_floor(measured, name)),
        "cores": now.bill("µs/s", requests=cost[REQUEST]["cpu"], logins=login["cpu"]),
    }


def of_tokens(now, measured):
    name = now.token_variant
    kept, cost = measured["variants"][name]["storage"], measured["variants"][name]["requests"]
    login, refresh = cost["login"], cost["refresh"]
    longer = now.token - token_size(measured)  # than the token that was measured; login and refresh send one each
    return {
        "kept": now.bill("B", rows=kept),
        "store": now.bill(
            "operations/s",
            requests=looked_up(measured, name),
            refreshes=refresh["statements"],
            logins=login["statements"],
        ),
        "bandwidth": now.bill(
            "B/s",
            requests=TOKEN_HEADER + now.token,
            refreshes=on_the_wire(refresh) + longer,
            logins=on_the_wire(login) + longer,
        ),
        "knowing": now.bill("µs/s", requests=over_floor(measured, name), refreshes=refresh["cpu"]),
        "cores": now.bill("µs/s", requests=cost[REQUEST]["cpu"], refreshes=refresh["cpu"], logins=login["cpu"]),
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


# What measured.json says of one request ---------------------------------------------------------------------------


def of_request(measured, name):
    return measured["variants"][name]["requests"][REQUEST]


def looked_up(measured, name):
    """Return the SQL statements of a request that ask who sends it."""
    return of_request(measured, name)["statements"] - of_request(measured, FLOOR)["statements"]


def over_floor(measured, name):
    """Return the microseconds of CPU that it takes to know who sends a request."""
    return max(0, of_request(measured, name)["cpu"] - of_request(measured, FLOOR)["cpu"])


def credential(measured, name):
    """Return the bytes of the header that says who sends a request: all that the floor's client does not send."""
    of_floor = of_request(measured, FLOOR)["sent"] - len(VARIANTS[FLOOR].root) - FLOOR_HEADER
    return round(of_request(measured, name)["sent"] - len(VARIANTS[name].root) - of_floor)


def token_size(measured):
    """Return the bytes of an access token."""
    return credential(measured, "jwt") - TOKEN_HEADER


def on_the_wire(cost):
    return round(cost["sent"] + cost["received"])
