"""Clients that speak HTTP to a running shop: one keeps a cookie, one sends a header. Tests over HTTP use them too."""

from accounts.schemes import scheme_named
from project.lab.experiments.kit.client import Client


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

    def refresh(self):
        """Have the refresh token exchanged, where a cookie holds one, and return the answer."""
        return self.post("refresh/")

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
