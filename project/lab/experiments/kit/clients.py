"""Clients that speak HTTP to a running shop: one keeps a cookie, one sends a header. Tests over HTTP use them too."""

import json
from dataclasses import dataclass, field

import requests

from accounts.schemes import scheme_named

SENT = ("Authorization", "Cookie", "X-CSRFToken", "Idempotency-Key")  # headers that a transcript shows
RECEIVED = ("WWW-Authenticate", "Set-Cookie", "Cache-Control", "Vary", "Retry-After")
SECONDS = 120  # that a client waits for an answer: a class may keep the server busy


class NoAnswer(Exception):
    """The shop cannot be reached, or does not share this program's database."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: object  # decoded JSON, or None
    headers: dict  # in which the case of a name does not matter
    cookies: list = field(default_factory=list)  # the Set-Cookie lines
    trace: dict = field(default_factory=dict)  # what the server did, as the recorder tells it
    text: str = ""  # a page of the shop, where it is no JSON

    @property
    def code(self):
        """The error's code, as the shop names it."""
        return self.body.get("code", "") if isinstance(self.body, dict) else ""

    @property
    def lookups(self):
        """What the server looked up in order to know who is asking."""
        return [row["name"] for row in self.trace["lookups"] if row["phase"] == "authenticating"]


class Client:
    """One client of one scheme, such as the owner at `session` or a thief at `jwt`.

    Args:
        url: where the shop is, such as http://127.0.0.1:8000.
        mount: the name of the scheme: its routes are served below /api/<mount>/.
        who: what a transcript calls the client.
        record: is called with each exchange, see `request`.
    """

    def __init__(self, url, mount, who="client", record=lambda exchange: None):
        self.url, self.mount, self.who, self.record = url, mount, who, record
        self.copies = []
        self.http = requests.Session()
        self.http.trust_env = False  # no proxy and no .netrc between us and the shop
        self.http.headers = {"User-Agent": f"{who} of an experiment", "Accept": "application/json"}

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, body, **options)

    def put(self, path, body=None, **options):
        return self.request("PUT", path, body, **options)

    def patch(self, path, body=None, **options):
        return self.request("PATCH", path, body, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)

    def request(self, method, path, body=None, headers=None, url=None, form=None, what="", aside=False):
        """Send a request and return the answer.

        Args:
            path: below the mount; `url` is an address of the shop instead.
            form: the fields of an HTML form, where the body is not JSON.
            what: what is special about the request, for the transcript.
            aside: it is needed, but not what the experiment is about.
        """
        path, shown = url or f"/api/{self.mount}/{path}", {*SENT, *(headers or {})}
        headers = {"Lab-Trace": "full"} | self.credential_headers(method) | (headers or {})
        content = {"json": body} if form is None else {"data": form}
        try:
            response = self.http.request(
                method, self.url + path, headers=headers, allow_redirects=False, timeout=SECONDS, **content
            )
        except requests.RequestException as error:
            raise NoAnswer(f"{self.url} does not answer: {type(error).__name__}.") from error
        answer = read(response)
        sent = {name: value for name, value in response.request.headers.items() if name in shown}
        received = {name: answer.headers[name] for name in RECEIVED if name in answer.headers}
        exchange = {"who": self.who, "scheme": self.mount, "what": what, "aside": aside}
        exchange |= {"method": method, "path": path, "sent": sent, "body": body if form is None else form}
        exchange |= {"status": answer.status, "received": received, "answer": answer.body, "trace": answer.trace}
        self.record(exchange)
        return answer

    def log_in(self, account):
        """Log in with an account's name and password and return self."""
        answer = self.post("login/", {"username": account.username, "password": account.password})
        if answer.status != 200:
            raise NoAnswer(
                f"{self.url} answers {answer.status} to {account}, so it has another database than this program."
            )
        self.keep(answer.body)
        return self

    def log_out(self):
        """Log out at the server and return the answer."""
        return self.post("logout/")

    def copy(self, who):
        """Return another client that holds the same: what a thief has after copying it."""
        twin = type(self)(self.url, self.mount, who, self.record)
        twin.take(self)
        self.copies.append(twin)
        return twin

    def with_copies(self):
        """Return this client and all that were copied from it."""
        return [self, *[each for twin in self.copies for each in twin.with_copies()]]

    def close(self):
        """Close the connections of this client and of its copies."""
        for each in self.with_copies():
            each.http.close()


class CookieClient(Client):
    """Keeps cookies. The CSRF token goes into a header of what writes, as a page's script would put it there."""

    @property
    def name(self):
        """The name of the cookie that is the scheme's credential."""
        return scheme_named(self.mount).cookies[0]

    @property
    def credential(self):
        """The value of that cookie, or None."""
        return self.http.cookies.get(self.name)

    @credential.setter
    def credential(self, value):
        self.http.cookies.pop(self.name, None)
        if value is not None:
            self.http.cookies.set(self.name, value)

    def credential_headers(self, method):
        if method == "GET":
            return {}
        if "csrftoken" not in self.http.cookies:
            self.get("csrf/", aside=True)
        return {"X-CSRFToken": self.http.cookies["csrftoken"]}

    def keep(self, body):
        """Do nothing: the cookie jar has done it."""

    def take(self, other):
        self.http.cookies.update(other.http.cookies)

    def plant(self, value):
        """Have the browser hold a credential as if the shop had set it; what the shop sets next replaces it."""
        self.get("csrf/")
        domain = next(cookie.domain for cookie in self.http.cookies)
        self.http.cookies.set(self.name, value, domain=domain)

    def close_browser(self):
        """Forget the cookies that have no Max-Age."""
        self.http.cookies.clear_session_cookies()


class HeaderClient(Client):
    """Keeps an access token, which it sends, and a refresh token, which it exchanges for the next ones."""

    access = refresh_token = None

    @property
    def credential(self):
        """The access token, or None."""
        return self.access

    @credential.setter
    def credential(self, value):
        self.access = value

    def credential_headers(self, method):
        return {"Authorization": f"Bearer {self.access}"} if self.access else {}

    def keep(self, body):
        self.access, self.refresh_token = body["access"], body.get("refresh")

    def log_out(self):
        """Log out at the server and return the answer. A library's own logout takes the refresh token."""
        return self.post("logout/", {"refresh": self.refresh_token} if scheme_named(self.mount).stock else None)

    def take(self, other):
        self.access, self.refresh_token = other.access, other.refresh_token

    def refresh(self):
        """Exchange the refresh token, keep what comes, and return the answer."""
        answer = self.post("refresh/", {"refresh": self.refresh_token})
        if answer.status == 200:
            self.keep(answer.body)
        return answer


def client(url, mount, *args):
    """Return a client that has not logged in: of the kind that the scheme's credential is carried by."""
    kind = {"cookie": CookieClient, "header": HeaderClient}[scheme_named(mount).carrier]
    return kind(url, mount, *args)


def read(response):
    try:
        body = response.json()
    except ValueError:
        body = None
    cookies = response.raw.headers.getlist("Set-Cookie")
    trace = json.loads(response.headers.get("Lab-Trace", "{}"))
    return Answer(response.status_code, body, response.headers, cookies, trace, response.text if body is None else "")
