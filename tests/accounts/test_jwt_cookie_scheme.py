"""What is so for a token in a cookie: two HttpOnly cookies, no lookup, and CSRF as for sessions."""

import json

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Grant
from tests.clients import PASSWORD

MOUNT = "/api/jwt-cookie/"


class Page:
    """A page of the shop's own: it repeats the CSRF token, and the browser adds the cookies."""

    def __init__(self):
        self.http = Client(enforce_csrf_checks=True)
        self.http.get(f"{MOUNT}csrf/")

    @property
    def cookies(self):
        return self.http.cookies

    def send(self, method, route, body=None, csrf=True):
        headers = {"X-CSRFToken": self.cookies["csrftoken"].value} if csrf else {}
        text = "" if body is None else json.dumps(body)
        return self.http.generic(method, f"{MOUNT}{route}", text, "application/json", headers=headers)

    def log_in(self, csrf=True):
        return self.send("POST", "login/", {"username": "ada", "password": PASSWORD}, csrf=csrf)


@pytest.fixture
def page(new_user):
    new_user()
    page = Page()
    assert page.log_in().status_code == 200
    return page


def test_login_returns_user_and_expiry(page):
    assert set(page.log_in().json()) == {"user", "expires_in"}


def test_no_token_is_in_the_body(page):
    response = page.log_in()
    for name in ("access", "refresh"):
        assert response.cookies[name].value.encode() not in response.content


@pytest.mark.parametrize("name", ["access", "refresh"])
def test_cookie_has_its_flags(page, name):
    cookie = page.log_in().cookies[name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.REFRESH_TOKEN_LIFETIME.total_seconds()


def test_refresh_cookie_has_one_path(page):
    cookies = page.log_in().cookies
    assert (cookies["access"]["path"], cookies["refresh"]["path"]) == ("/", f"{MOUNT}refresh/")


def test_reading_costs_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert page.send("GET", "cart/").status_code == 200


def test_write_needs_a_csrf_token(page, product):
    item = {"product": product.id, "quantity": 1}
    response = page.send("POST", "cart/items/", item, csrf=False)
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert page.send("POST", "cart/items/", item).status_code == 201


@pytest.mark.parametrize("route", ["refresh/", "logout/"])
def test_refresh_needs_a_csrf_token(page, route):
    assert page.send("POST", route, csrf=False).json()["code"] == "csrf_failed"
    assert page.send("GET", "me/").status_code == 200


def test_login_needs_a_csrf_token(page):
    assert page.log_in(csrf=False).json()["code"] == "csrf_failed"


def test_login_rotates_csrf_token(page):
    before = page.cookies["csrftoken"].value
    page.log_in()
    assert page.cookies["csrftoken"].value != before


def test_missing_cookie_is_401(page):
    response = Client().get(f"{MOUNT}me/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Cookie realm="api"'


def test_bad_token_is_invalid(page):
    page.cookies["access"] = "x.y.z"
    response = page.send("GET", "me/")
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert response["WWW-Authenticate"] == 'Cookie realm="api", error="invalid_token"'


def test_bearer_header_is_ignored(page):
    headers = {"Authorization": f"Bearer {page.cookies['access'].value}"}
    assert Client().get(f"{MOUNT}me/", headers=headers).status_code == 401


def test_cookie_is_ignored_elsewhere(page):
    assert page.http.get("/api/jwt/me/").status_code == 401
    assert page.http.get("/api/session/me/").status_code == 401


def test_refresh_sets_both_cookies(page):
    before = {name: page.cookies[name].value for name in ("access", "refresh")}
    response = page.send("POST", "refresh/")
    assert response.status_code == 200
    assert response.json() == {"expires_in": int(settings.ACCESS_TOKEN_LIFETIME.total_seconds())}
    assert all(page.cookies[name].value != value for name, value in before.items())
    assert page.send("GET", "me/").status_code == 200


def deleted(response):
    return {name: cookie["path"] for name, cookie in response.cookies.items() if cookie["max-age"] == 0}


def test_failed_refresh_deletes_cookies(page):
    page.cookies["refresh"] = "nonsense"
    page.cookies["refresh"]["path"] = f"{MOUNT}refresh/"
    response = page.send("POST", "refresh/")
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert deleted(response) == {"access": "/", "refresh": f"{MOUNT}refresh/"}


def test_reuse_ends_the_grant(page, pass_time):
    stolen = page.cookies["refresh"].value
    page.send("POST", "refresh/")
    pass_time(seconds=21)
    page.cookies["refresh"] = stolen
    response = page.send("POST", "refresh/")
    assert response.json()["code"] == "token_reused"
    assert Grant.objects.get().revoked


def test_logout_deletes_both_cookies(page):
    response = page.send("POST", "logout/")
    assert response.status_code == 204
    assert deleted(response) == {"access": "/", "refresh": f"{MOUNT}refresh/"}
    assert Grant.objects.get().reason == "logout"
    assert page.send("POST", "logout/").status_code == 204


def test_logout_takes_an_expired_token(page, pass_time):
    pass_time(minutes=10)
    assert page.send("GET", "me/").status_code == 401
    assert page.send("POST", "logout/").status_code == 204
    assert Grant.objects.get().revoked


def test_logout_refuses_a_forged_token(page):
    header, payload, signature = page.cookies["access"].value.split(".")
    page.cookies["access"] = f"{header}.{payload}.{signature[::-1]}"
    assert page.send("POST", "logout/").status_code == 204
    assert Grant.objects.get().revoked is None


def test_sign_ins_are_grants(page):
    [row] = page.send("GET", "sign-ins/").json()
    assert row["current"]


def test_it_cannot_delegate(page):
    for route in ("delegate/", "verify/", "revoke/"):
        assert page.send("POST", route, {}).status_code == 404
