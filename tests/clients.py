"""The two kinds of API client, with the same methods: a test never asks which one it drives."""

import json

from django.test import Client

PASSWORD = "correct-horse-battery"  # of every account in the tests
SECRETS = {PASSWORD}  # what no log may hold: the credentials that the clients of a test were given


class ApiClient:
    """Speaks JSON to `/api/<scheme>/`, and remembers what its scheme makes a client remember."""

    scheme = None

    def __init__(self):
        self.http = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.user = None

    def request(self, method, path, body=None, **headers):
        """Send a request below the scheme's mount; a body of str or bytes goes out as it is."""
        data = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        headers = self.credential(method) | headers
        return self.http.generic(
            method, f"/api/{self.scheme}/{path}", data, content_type="application/json", headers=headers
        )

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.request("POST", path, body, **headers)

    def put(self, path, body=None, **headers):
        return self.request("PUT", path, body, **headers)

    def patch(self, path, body=None, **headers):
        return self.request("PATCH", path, body, **headers)

    def delete(self, path, **headers):
        return self.request("DELETE", path, **headers)

    def log_in(self, user, password=PASSWORD):
        """Log in through the real endpoint and return its answer."""
        response = self.post("login/", {"username": user.username, "password": password})
        if response.status_code == 200:
            self.user = user
            self.remember(response.json())
        return response

    def add(self, product, quantity=1):
        return self.post("cart/items/", {"product": product.id, "quantity": quantity})

    def cart(self):
        return self.get("cart/").json()


class SessionClient(ApiClient):
    scheme = "session"

    def credential(self, method):
        """Return headers; the cookies go by themselves, the CSRF token does not."""
        if method == "GET":
            return {}
        if "csrftoken" not in self.http.cookies:
            self.http.get("/api/session/csrf/")
        return {"X-CSRFToken": self.http.cookies["csrftoken"].value}

    def remember(self, answer):
        """Do nothing: the cookie jar has done it."""
        SECRETS.update(self.http.cookies[name].value for name in ("sessionid", "csrftoken"))

    def forget(self):
        """Lose the credential, as a client does that deletes its cookies."""
        self.http.cookies.pop("sessionid", None)


class JwtClient(ApiClient):
    scheme = "jwt"
    access = refresh = None

    def credential(self, method):
        return {"Authorization": f"Bearer {self.access}"} if self.access else {}

    def remember(self, answer):
        self.access, self.refresh = answer["access"], answer["refresh"]
        SECRETS.update((self.access, self.refresh, self.access.rsplit(".")[2], self.refresh.rsplit(".")[2]))

    def forget(self):
        self.access = self.refresh = None


class JwtCheckedClient(JwtClient):
    scheme = "jwt-checked"


CLIENTS = {client.scheme: client for client in (SessionClient, JwtClient, JwtCheckedClient)}
