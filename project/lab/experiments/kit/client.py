"""What every client of an experiment can do, whatever carries its credential. See clients.py for the two kinds."""

import requests

from project.lab.experiments.kit.answer import NoAnswer, read

SENT = ("Authorization", "Cookie", "X-CSRFToken", "Idempotency-Key")  # headers that a transcript shows
RECEIVED = ("WWW-Authenticate", "Set-Cookie", "Cache-Control", "Vary", "Retry-After")
SECONDS = 30  # that a client waits for an answer


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
