"""Clients of the API. Each does what its scheme says of itself: a test never asks which one it drives."""

import copy
import json

from django.test import Client

from accounts.schemes import scheme_named

PASSWORD = "correct-horse-battery"  # of every account in the tests
SECRETS = {PASSWORD}  # what no log may hold: the credentials that the clients of a test were given


def client_of(scheme):
    """Return a new client of a scheme, which is given as itself or by its name."""
    scheme = scheme_named(scheme) if isinstance(scheme, str) else scheme
    return {"cookie": CookieClient, "header": HeaderClient}[scheme.carrier](scheme)


class ApiClient:
    """Speaks JSON to `/api/<scheme>/`, and remembers what its scheme makes a client remember."""

    def __init__(self, scheme):
        self.scheme, self.mount = scheme, f"/api/{scheme.name}/"
        self.http = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.user = None

    def copied(self):
        """Return what a thief has who copied all that this client keeps."""
        thief = copy.copy(self)
        thief.http = Client(enforce_csrf_checks=True, raise_request_exception=False)
        thief.http.cookies = copy.deepcopy(self.http.cookies)
        return thief

    def come_from(self, address):
        """Send all requests from this address."""
        self.http.defaults["REMOTE_ADDR"] = address

    def request(self, method, path, body=None, **headers):
        """Send a request below the scheme's mount; a body of str or bytes goes out as it is."""
        data = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        headers = self.credential(method) | headers
        return self.http.generic(method, self.mount + path, data, content_type="application/json", headers=headers)

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


class CookieClient(ApiClient):
    """Keeps cookies, which go with every request, and sends the CSRF token with each write."""

    def credential(self, method):
        """Return the headers that a request needs beside its cookies."""
        if method == "GET" or not self.scheme.needs_csrf:
            return {}
        if "csrftoken" not in self.http.cookies:
            self.http.get(f"{self.mount}csrf/")
        return {"X-CSRFToken": self.http.cookies["csrftoken"].value}

    def request(self, *args, **headers):
        response = super().request(*args, **headers)
        for name in [name for name, cookie in self.http.cookies.items() if cookie["max-age"] == 0]:
            del self.http.cookies[name]  # as a browser does with a cookie that is to be deleted
        return response

    def remember(self, answer):
        """Do nothing: the cookie jar has done it."""
        SECRETS.update(self.secrets(), [self.http.cookies["csrftoken"].value])

    def secrets(self):
        """Return what a thief would want."""
        return [self.http.cookies[name].value for name in self.scheme.cookies if name in self.http.cookies]

    def plant(self, credential):
        """Send this credential from now on."""
        self.http.cookies[self.scheme.cookies[0]] = credential

    def forget(self):
        """Lose the credential, as a client does that deletes its cookies."""
        for name in self.scheme.cookies:
            self.http.cookies.pop(name, None)

    def renew(self):
        """Refresh the credential and return the answer."""
        return self.post("refresh/")


class HeaderClient(ApiClient):
    """Keeps the tokens that a login answers with, and sends one of them in the header `Authorization`."""

    access = refresh = None

    def credential(self, method):
        return {"Authorization": f"Bearer {self.access}"} if self.access else {}

    def remember(self, answer):
        self.access, self.refresh = answer["access"], answer.get("refresh")
        SECRETS.update(self.secrets(), (secret.rpartition(".")[2] for secret in self.secrets()))

    def secrets(self):
        return [token for token in (self.access, self.refresh) if token]

    def plant(self, credential):
        self.access = credential

    def forget(self):
        self.access = self.refresh = None

    def renew(self):
        response = self.post("refresh/", {"refresh": self.refresh})
        if response.status_code == 200:
            self.remember(response.json())
        return response
