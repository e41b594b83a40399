"""What is compared: each variant answers the same requests, on a server process of its own.

Ours are the schemes of the list, with the settings that make a difference, and simplejwt on the same routes. `stock-…`
are carts as tutorials write them, with the libraries' own authenticators. The baselines do without authentication.
"""

from dataclasses import dataclass, field

from django.conf import settings

from accounts.schemes import schemes
from project.lab.benchmark.kinds import ADD_TO_CART, LOGIN, ME, READ_CART, REFRESH

EVERY = (READ_CART, ADD_TO_CART, ME, LOGIN, REFRESH)
NO_REFRESH = (READ_CART, ADD_TO_CART, ME, LOGIN)
NO_LOGIN = (READ_CART, ADD_TO_CART, ME)
CART = (READ_CART, ADD_TO_CART)
BASELINE = "no-auth"
CACHED = ("cached_db", "cache")  # session stores
STORE = "BENCHMARK_SESSION_STORE"
CHOICES = {  # scheme -> a variable of its server, and the values that make variants; the first is the scheme itself
    "session": (STORE, tuple(settings.SESSION_STORES)),
    "jwt": ("JWT_ALGORITHM", ("HS256", "RS256", "Ed25519")),
}


@dataclass(frozen=True)
class Variant:
    """A scheme with one choice of its settings, or a baseline."""

    name: str
    title: str  # what it is, in words
    mount: str  # the prefix of its addresses
    kinds: tuple  # the names of the requests that it can answer
    side: str | None = None  # session or token
    carrier: str = ""  # of the credential: cookie, header, or "" for a baseline
    needs_csrf: bool = False
    ends_at_once: bool | None = None  # whether an ended sign-in is refused at the next request
    keeps: str = ""  # what the server keeps for a sign-in; "" for nothing
    environment: dict = field(default_factory=dict)  # of its server, where it differs from the others'
    stock: bool = False  # served with the settings of a new Django project

    @property
    def store(self):
        """Return the session store, "" where there is none."""
        return self.environment.get(STORE, "")

    @property
    def check(self):
        """Return in words how a request is authenticated."""
        if self.side == "session":
            return "session lookup"
        return "token check with lookup" if self.ends_at_once else "token check"

    def title_with(self, redis):
        """Return the title; where sessions are kept in the cache, with the cache that there is, Redis or not."""
        if self.store not in CACHED:
            return self.title
        where = "in Redis" if redis else "in the server's own memory, as production would not have it"
        return f"{self.title}, its cache {where}"


def of_scheme(scheme):
    """Return the variants of a scheme: one, or one for each choice of its settings."""
    about = {
        "mount": f"/api/{scheme.name}/",
        "kinds": EVERY if scheme.refreshes else NO_REFRESH,
        "side": scheme.side,
        "carrier": scheme.carrier,
        "needs_csrf": scheme.needs_csrf,
        "keeps": kept_by(scheme),
    }
    if scheme.name not in CHOICES:
        return [Variant(scheme.name, f"ours: {scheme.title}", ends_at_once=scheme.ends_at_once, **about)]
    variable, (first, *others) = CHOICES[scheme.name]
    return [
        Variant(
            scheme.name if choice == first else f"{scheme.name}-{choice}",
            f"ours: {scheme.title}, {choice}",
            # A signed cookie is valid until it expires: the server keeps nothing that could end it.
            ends_at_once=scheme.ends_at_once and choice != "signed_cookies",
            environment={variable: choice},
            **about,
        )
        for choice in (first, *others)
    ]


def kept_by(scheme):
    if scheme.side == "session":
        return "session"
    if scheme.stock:
        return "outstanding token"
    return "grant" if scheme.refreshes else "opaque token"


def stock(name, title, carrier, kinds):
    is_session = carrier == "cookie"
    about = {"side": "session" if is_session else "token", "ends_at_once": is_session, "needs_csrf": is_session}
    about["keeps"] = "plain session" if is_session else ""
    return Variant(f"stock-{name}", f"stock: {title}", f"/{name}/", kinds, carrier=carrier, stock=True, **about)


def compared():
    """Return the schemes to compare: those that the API's description names, without the lab's other mounts."""
    return [scheme for scheme in schemes() if scheme.described]


VARIANTS = {
    variant.name: variant
    for variant in (
        *(variant for scheme in compared() for variant in of_scheme(scheme)),
        Variant(BASELINE, "baseline: our views without authentication", f"/api/{BASELINE}/", NO_LOGIN),
        Variant("bare", "baseline: a Django view that returns a constant", "/bare/", (READ_CART,)),
        stock("session", "DRF SessionAuthentication", "cookie", NO_REFRESH),
        stock("session-joined", "DRF SessionAuthentication, select_related", "cookie", CART),
        stock("jwt", "simplejwt JWTAuthentication", "header", EVERY),
        stock("jwt-joined", "simplejwt JWTAuthentication, select_related", "header", CART),
        # Its user has an id and nothing else, so that it cannot answer `me`; it logs in and refreshes as `stock-jwt`.
        stock("jwt-stateless", "simplejwt JWTStatelessUserAuthentication", "header", CART),
    )
}


def choose(names):
    """Return the variants of these names, all for none; raises ValueError that lists the choices."""
    return [VARIANTS[name] for name in known(names, list(VARIANTS), "variant")]


def one_for_each_lookup():
    """Return the first of our variants for each way to look a credential up, with its default settings."""
    ours = [VARIANTS[scheme.name] for scheme in compared()]
    first = {}
    for variant in ours:
        first.setdefault((variant.side, variant.ends_at_once), variant)
    return list(first.values())


def choose_kinds(names):
    """Return the names of the requests that are meant, all for none; raises ValueError that lists the choices."""
    return known(names, list(EVERY), "request")


def known(names, choices, what):
    for name in names:
        if name not in choices:
            raise ValueError(f"There is no {what} {name!r}. Choose from: {', '.join(choices)}.")
    return list(dict.fromkeys(names)) or choices
