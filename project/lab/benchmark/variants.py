"""What is compared: each variant answers the same requests, on a server process of its own."""

from dataclasses import dataclass, field

EVERY = ("read cart", "add to cart", "me", "login", "refresh")
NO_REFRESH = ("read cart", "add to cart", "me", "login")
NO_LOGIN = ("read cart", "add to cart", "me")
CART = ("read cart", "add to cart")
CACHED = ("cached_db", "cache")  # session stores


@dataclass(frozen=True)
class Variant:
    """One scheme with one choice of its settings, or a baseline."""

    name: str
    title: str  # what it is, in words
    carrier: str  # of the credential: cookie, header, or "" where nobody authenticates
    mount: str  # the prefix of its addresses
    kinds: tuple  # the names of the requests that it can answer
    side: str | None = None  # session or token
    ends_at_once: bool | None = None  # whether an ended sign-in is refused at the next request
    environment: dict = field(default_factory=dict)  # of its server, where it differs from the others'
    stock: bool = False  # served with the settings of a new Django project

    def title_with(self, redis):
        """Return the title; where sessions are kept in the cache, with the cache that there is, Redis or not."""
        if self.environment.get("BENCHMARK_SESSION_STORE") not in CACHED:
            return self.title
        where = "in Redis" if redis else "in the server's own memory, as production would not have it"
        return f"{self.title}, its cache {where}"


def by_cookie(store):
    name = "session" if store == "db" else f"session-{store}"
    environment = {"BENCHMARK_SESSION_STORE": store}
    title, ends_at_once = f"ours: session, store {store}", store != "signed_cookies"
    return Variant(name, title, "cookie", "/api/session/", NO_REFRESH, "session", ends_at_once, environment)


def by_token(algorithm):
    name = "jwt" if algorithm == "HS256" else f"jwt-{algorithm}"
    environment = {"JWT_ALGORITHM": algorithm}
    return Variant(name, f"ours: jwt, {algorithm}", "header", "/api/jwt/", EVERY, "token", False, environment)


def looked_up():
    title = "ours: jwt, looked up on each request"
    return Variant("jwt-checked", title, "header", "/api/jwt-checked/", EVERY, "token", True)


def stock(name, title, carrier, kinds):
    side = "session" if carrier == "cookie" else "token"
    at_once = carrier == "cookie"
    return Variant(f"stock-{name}", f"stock: {title}", carrier, f"/{name}/", kinds, side, at_once, stock=True)


VARIANTS = {
    variant.name: variant
    for variant in (
        *map(by_cookie, ("db", "cached_db", "cache", "file", "signed_cookies")),
        *map(by_token, ("HS256", "RS256", "Ed25519")),
        looked_up(),
        Variant("no-auth", "baseline: our views without authentication", "", "/api/no-auth/", NO_LOGIN),
        Variant("bare", "baseline: a Django view that returns a constant", "", "/bare/", ("read cart",)),
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


def choose_kinds(names):
    """Return the names of the requests that are meant, all for none; raises ValueError that lists the choices."""
    return known(names, list(EVERY), "request")


def known(names, choices, what):
    for name in names:
        if name not in choices:
            raise ValueError(f"There is no {what} {name!r}. Choose from: {', '.join(choices)}.")
    return list(dict.fromkeys(names)) or choices
