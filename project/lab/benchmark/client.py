"""The benchmark's clients: each signs in through the real door, and keeps what it must send."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie

PASSWORD = "open-sesame"  # noqa: S105 - of accounts that exist in the benchmark's own database alone
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# What a proxy that ends TLS says; not counted as bytes on the wire, where a client would not send it.
PROXY = ["X-Forwarded-Proto: https", "X-Forwarded-For: 192.0.2.1"]
JSON = "Content-Type: application/json"


class Refused(Exception):
    """A server answered other than it must: nothing that was measured can be believed."""


@dataclass
class SignIn:
    """One sign-in of one account: the headers to send, and what is expected to come back."""

    user_id: int
    expected_cart: dict
    headers: list  # of a request that reads, "Name: value"
    write_headers: list
    login_headers: list
    login_body: bytes
    refresh: str = ""
    cart: bytes | None = None  # the cart's JSON, from when it was first found right

    @property
    def json_headers(self):
        return [*PROXY, JSON]

    @property
    def credential(self):
        """Return the bytes of the headers that say who sends a request."""
        return sum(len(f"{header}\r\n") for header in self.headers if header not in PROXY)


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
    """Return a new sign-in of an account, `[id, username]`, of which `cart` is expected."""
    user_id, username = account
    login_body = json.dumps({"username": username, "password": PASSWORD}).encode()
    blank = SignIn(user_id, cart, [], [], [*PROXY, JSON, f"User-Agent: {AGENT}"], login_body)
    return SIGN_IN_BY[variant.carrier](http, variant, blank)


def nobody(http, variant, known):
    known.headers = [*PROXY, f"X-User: {known.user_id}"]
    known.write_headers = [*known.headers, JSON]
    return known


def by_cookie(http, variant, known):
    """Log in as a browser does: get the CSRF token first, say where the page comes from."""
    jar = SimpleCookie()
    origin = f"Origin: https://127.0.0.1:{http.port}"
    if not variant.stock:
        take_cookies(jar, http.ask("GET", f"{variant.mount}csrf/", PROXY, status=204)[0])
        csrf = jar["csrftoken"].value
        known.login_headers += [origin, f"X-CSRFToken: {csrf}", f"Cookie: csrftoken={csrf}"]
    response, _ = http.ask("POST", f"{variant.mount}login/", known.login_headers, known.login_body, 200)
    take_cookies(jar, response)
    cookies = "; ".join(f"{name}={cookie.coded_value}" for name, cookie in sorted(jar.items()))
    known.headers = [*PROXY, f"Cookie: {cookies}"]
    known.write_headers = [*known.headers, JSON, origin, f"X-CSRFToken: {jar['csrftoken'].value}"]
    return known


def take_cookies(jar, response):
    for line in response.headers.get_all("Set-Cookie", []):
        jar.load(line)


def by_token(http, variant, known):
    _, text = http.ask("POST", f"{variant.mount}login/", known.login_headers, known.login_body, 200)
    answer = json.loads(text)
    known.refresh = answer["refresh"]
    known.headers = [*PROXY, f"Authorization: Bearer {answer['access']}"]
    known.write_headers = [*known.headers, JSON]
    return known


SIGN_IN_BY = {"": nobody, "cookie": by_cookie, "header": by_token}
