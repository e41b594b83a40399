"""The clients of an experiment: they speak HTTP to the shop like anyone, and keep what their scheme has them keep."""

import json
from contextlib import suppress
from dataclasses import dataclass, field

import requests

from accounts.schemes import scheme_named

SENT = ("Authorization", "Cookie", "X-CSRFToken", "Idempotency-Key")  # headers that a transcript shows
RECEIVED = ("WWW-Authenticate", "Set-Cookie", "Cache-Control", "Vary", "Retry-After")
SECONDS = 30  # that a client waits for an answer


class NoAnswer(Exception):
    """The shop cannot be reached, or is not the one that the experiment can look into."""


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
    """One client at one door, such as the owner at `session` or a thief at `jwt-checked`.

    Args:
        lab: the run; each request goes into its transcript.
        who: what the transcript calls the client.
        door: the mount: `session`, `session-<store>`, `jwt`, `jwt-checked`.
    """

    def __init__(self, lab, who, door):
        self.lab, self.who, self.door = lab, who, door
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
            path: below the door; `url` is an address of the shop instead.
            form: the fields of an HTML form, where the body is not JSON.
            what: what is special about the request, for the transcript.
            aside: it is needed, but not what the experiment is about.
        """
        url, shown = url or f"/api/{self.door}/{path}", {*SENT, *(headers or {})}
        headers = {"Lab-Trace": "full"} | self.credential_headers(method) | (headers or {})
        content = {"json": body} if form is None else {"data": form}
        try:
            response = self.http.request(
                method, self.lab.url + url, headers=headers, allow_redirects=False, timeout=SECONDS, **content
            )
        except requests.RequestException as error:
            raise NoAnswer(f"{self.lab.url} does not answer: {type(error).__name__}.") from error
        answer = read(response)
        sent = {name: value for name, value in response.request.headers.items() if name in shown}
        received = {name: answer.headers[name] for name in RECEIVED if name in answer.headers}
        exchange = {"who": self.who, "door": self.door, "what": what, "aside": aside}
        exchange |= {"method": method, "path": url, "sent": sent, "body": body if form is None else form}
        exchange |= {"status": answer.status, "received": received, "answer": answer.body, "trace": answer.trace}
        self.lab.record(exchange)
        return answer

    def log_in(self, account):
        """Log in with an account's name and password and return self."""
        answer = self.post("login/", {"username": account.username, "password": account.password})
        if answer.status != 200:
            raise NoAnswer(
                f"{self.lab.url} answers {answer.status} to {account}, so it has another database than this program."
            )
        self.keep(answer.body)
        return self

    def copy(self, who):
        """Return another client that holds the same: what a thief has after copying it."""
        twin = self.lab.client(who, self.door)
        twin.take(self)
        return twin


class SessionClient(Client):
    """Keeps cookies. The CSRF token goes into a header of what writes, as a page's script would put it there."""

    @property
    def credential(self):
        """The value of the session cookie, or None."""
        return self.http.cookies.get("sessionid")

    @credential.setter
    def credential(self, value):
        self.http.cookies.pop("sessionid", None)
        if value is not None:
            self.http.cookies.set("sessionid", value)

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
        """Have the browser hold a session cookie as if the shop had set it; what the shop sets next replaces it."""
        self.get("csrf/")
        domain = next(cookie.domain for cookie in self.http.cookies)
        self.http.cookies.set("sessionid", value, domain=domain)

    def leave(self):
        """Go, and leave no session where deleting the account does not delete it."""
        store = self.door.removeprefix("session-")
        if store in ("cache", "cached_db", "file") and self.credential:
            with suppress(NoAnswer):
                self.post("logout/")
            # Where the account was closed, a logout ends nothing.
            scheme_named(self.door).session_store(self.credential).delete()
        self.http.close()

    def close_browser(self):
        """Forget the cookies that have no Max-Age."""
        self.http.cookies.clear_session_cookies()


class JwtClient(Client):
    """Keeps an access token, which it sends, and a refresh token, which buys the next."""

    access = refresh = None

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
        self.access, self.refresh = body["access"], body.get("refresh")

    def take(self, other):
        self.access, self.refresh = other.access, other.refresh

    def leave(self):
        """Go. What the shop keeps of a token is deleted with the account."""
        self.http.close()

    def buy(self):
        """Refresh, keep what comes, and return the answer."""
        answer = self.post("refresh/", {"refresh": self.refresh})
        if answer.status == 200:
            self.keep(answer.body)
        return answer


def read(response):
    try:
        body = response.json()
    except ValueError:
        body = None
    cookies = response.raw.headers.getlist("Set-Cookie")
    trace = json.loads(response.headers.get("Lab-Trace", "{}"))
    return Answer(response.status_code, body, response.headers, cookies, trace, response.text if body is None else "")
