"""The benchmark's clients: each signs in at the real login endpoint, and keeps what it must send."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie

PASSWORD = "open-sesame"  # noqa: S105 - of accounts that exist in the benchmark's own database alone
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# What a proxy that ends TLS says; not counted as bytes on the wire, where a client would not send it.
PROXY = ["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1"]
JSON = "Content-Type: application/json"


class Refused(Exception):
    """A server gave a wrong answer: the figures of the run cannot be trusted."""


@dataclass
class SignIn:
    """One sign-in of one account: what to send, and the cart to expect."""

    user_id: int
    expected_cart: dict
    login_body: bytes
    login_headers: list = field(default_factory=lambda: [*PROXY, JSON, f"User-Agent: {AGENT}"])  # "Name: value"
    headers: list = field(default_factory=list)  # of a request that reads
    csrf_headers: list = field(default_factory=list)  # what a write needs beside them
    jar: SimpleCookie = field(default_factory=SimpleCookie)
    refresh_token: str = ""  # where the client keeps it, and not a cookie
    cart: bytes | None = None  # the cart's JSON, once it was found right

    @property
    def write_headers(self):
        return [*self.headers, JSON, *self.csrf_headers]

    @property
    def credential(self):
        """Return the bytes of the headers that say who sends a request."""
        return sum(len(f"{header}\r\n") for header in self.headers if header not in PROXY)

    def refresh(self, path):
        """Return the headers and the body of a refresh."""
        if not self.jar:
            return [*PROXY, JSON], b'{"refresh": "%s"}' % self.refresh_token.encode()
        return [*PROXY, JSON, cookie_header(self.jar, path), *self.csrf_headers], b"{}"

    def take_cookies(self, lines):
        """Keep what `Set-Cookie` headers say."""
        for line in lines:
            self.jar.load(line)


class Http:
    """A connection for what is not measured: signing in, reading the clock, counting."""

    def __init__(self, port):
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method, path, headers=(), body=None, status=None):
        """Return the answer and its body; raises Refused where its status is not `status`."""
        pairs = dict(header.split(": ", 1) for header in headers)
        self.connection.request(method, path, body, pairs)
        response = self.connection.getresponse()
        text = response.read()
        if status and response.status != status:
            raise Refused(f"{method} {path}: {response.status} instead of {status}: {text[:500].decode()}")
        return response, text

    def json(self, path):
        return json.loads(self.ask("GET", path, status=200)[1])

    def close(self):
        self.connection.close()


def sign_in(http, variant, account, cart):
    """Sign an account in, `[id, username]`, as the variant describes itself; return the SignIn."""
    user_id, username = account
    known = SignIn(user_id, cart, json.dumps({"username": username, "password": PASSWORD}).encode())
    if not variant.carrier:
        known.headers = [*PROXY, f"X-User: {user_id}"]
        return known
    if variant.needs_csrf and not variant.stock:
        get_csrf_token(http, variant, known)
    response, text = http.ask("POST", f"{variant.mount}login/", known.login_headers, known.login_body, 200)
    if variant.carrier == "header":
        answer = json.loads(text)
        known.refresh_token = answer.get("refresh", "")
        known.headers = [*PROXY, f"Authorization: Bearer {answer['access']}"]
        return known
    known.take_cookies(set_cookies(response))
    known.headers = [*PROXY, cookie_header(known.jar, f"{variant.mount}cart/")]
    known.csrf_headers = csrf_headers(http, known)
    return known


def get_csrf_token(http, variant, known):
    """Do as a browser: get the CSRF token before the login."""
    known.take_cookies(set_cookies(http.ask("GET", f"{variant.mount}csrf/", PROXY, status=204)[0]))
    known.login_headers += [*csrf_headers(http, known), cookie_header(known.jar, f"{variant.mount}login/")]


def csrf_headers(http, known):
    return [f"Origin: https://127.0.0.1:{http.port}", f"X-CSRFToken: {known.jar['csrftoken'].value}"]


def set_cookies(response):
    return response.headers.get_all("Set-Cookie", [])


def cookie_header(jar, path):
    """Return the header with the cookies that a browser sends to a path."""
    pairs = [f"{name}={one.coded_value}" for name, one in sorted(jar.items()) if path.startswith(one["path"] or "/")]
    return f"Cookie: {'; '.join(pairs)}"
