"""What is so for a token in a cookie: two HttpOnly cookies, no lookup, and CSRF as for sessions."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Grant
from accounts.schemes import scheme_named

MOUNT = "/api/jwt-cookie/"


@pytest.fixture
def scheme():
    return scheme_named("jwt-cookie")


def without_csrf(client):
    """Return a client with the same cookies, which sends no CSRF token: a page of another site."""
    copy = client.copied()
    copy.credential = lambda method: {}
    return copy


def test_login_returns_user_and_expiry(shopper):
    assert set(shopper.log_in(shopper.user).json()) == {"user", "expires_in"}


def test_no_token_is_in_the_body(shopper):
    response = shopper.log_in(shopper.user)
    for name in ("access", "refresh"):
        assert response.cookies[name].value.encode() not in response.content


@pytest.mark.parametrize("name", ["access", "refresh"])
def test_cookie_has_its_flags(shopper, name):
    cookie = shopper.log_in(shopper.user).cookies[name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.REFRESH_TOKEN_LIFETIME.total_seconds()


def test_refresh_cookie_has_one_path(shopper):
    cookies = shopper.log_in(shopper.user).cookies
    assert (cookies["access"]["path"], cookies["refresh"]["path"]) == ("/", f"{MOUNT}refresh/")


def test_reading_costs_one_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert shopper.get("cart/").status_code == 200


def test_write_needs_a_csrf_token(shopper, product):
    item = {"product": product.id, "quantity": 1}
    response = without_csrf(shopper).post("cart/items/", item)
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert shopper.post("cart/items/", item).status_code == 201


@pytest.mark.parametrize("route", ["refresh/", "logout/"])
def test_refresh_needs_a_csrf_token(shopper, route):
    assert without_csrf(shopper).post(route).json()["code"] == "csrf_failed"
    assert shopper.get("me/").status_code == 200


def test_login_needs_a_csrf_token(shopper):
    assert without_csrf(shopper).log_in(shopper.user).json()["code"] == "csrf_failed"


def test_login_rotates_csrf_token(shopper):
    before = shopper.http.cookies["csrftoken"].value
    shopper.log_in(shopper.user)
    assert shopper.http.cookies["csrftoken"].value != before


def test_missing_cookie_is_401(shopper):
    response = Client().get(f"{MOUNT}me/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Cookie realm="api"'


def test_bad_token_is_invalid(shopper):
    shopper.http.cookies["access"] = "x.y.z"
    response = shopper.get("me/")
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert response["WWW-Authenticate"] == 'Cookie realm="api", error="invalid_token"'


def test_bearer_header_is_ignored(shopper):
    headers = {"Authorization": f"Bearer {shopper.http.cookies['access'].value}"}
    assert Client().get(f"{MOUNT}me/", headers=headers).status_code == 401


def test_cookie_is_ignored_elsewhere(shopper):
    assert shopper.http.get("/api/jwt/me/").status_code == 401
    assert shopper.http.get("/api/session/me/").status_code == 401


def test_refresh_sets_both_cookies(shopper):
    before = {name: shopper.http.cookies[name].value for name in ("access", "refresh")}
    response = shopper.post("refresh/")
    assert response.status_code == 200
    assert response.json() == {"expires_in": int(settings.ACCESS_TOKEN_LIFETIME.total_seconds())}
    assert all(shopper.http.cookies[name].value != value for name, value in before.items())
    assert shopper.get("me/").status_code == 200


def deleted(response):
    return {name: cookie["path"] for name, cookie in response.cookies.items() if cookie["max-age"] == 0}


def test_failed_refresh_deletes_cookies(shopper):
    shopper.http.cookies["refresh"] = "nonsense"
    shopper.http.cookies["refresh"]["path"] = f"{MOUNT}refresh/"
    response = shopper.post("refresh/")
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")
    assert deleted(response) == {"access": "/", "refresh": f"{MOUNT}refresh/"}


def test_reuse_ends_the_grant(pass_time, shopper):
    stolen = shopper.http.cookies["refresh"].value
    shopper.post("refresh/")
    pass_time(seconds=21)
    shopper.http.cookies["refresh"] = stolen
    response = shopper.post("refresh/")
    assert response.json()["code"] == "token_reused"
    assert Grant.objects.get().revoked


def test_logout_deletes_both_cookies(shopper):
    response = shopper.post("logout/")
    assert response.status_code == 204
    assert deleted(response) == {"access": "/", "refresh": f"{MOUNT}refresh/"}
    assert Grant.objects.get().reason == "logout"
    assert shopper.post("logout/").status_code == 204


def test_logout_without_access_deletes_cookies(shopper):
    del shopper.http.cookies["access"]
    response = shopper.post("logout/")
    assert response.status_code == 204
    assert deleted(response) == {"access": "/", "refresh": f"{MOUNT}refresh/"}


def test_logout_takes_an_expired_token(pass_time, shopper):
    pass_time(minutes=10)
    assert shopper.get("me/").status_code == 401
    assert shopper.post("logout/").status_code == 204
    assert Grant.objects.get().revoked


def test_logout_refuses_a_forged_token(shopper):
    header, payload, signature = shopper.http.cookies["access"].value.split(".")
    shopper.http.cookies["access"] = f"{header}.{payload}.{signature[::-1]}"
    assert shopper.post("logout/").status_code == 204
    assert Grant.objects.get().revoked is None


def test_sign_ins_are_grants(shopper):
    [row] = shopper.get("sign-ins/").json()
    assert row["current"]


def test_it_cannot_delegate(shopper):
    for route in ("delegate/", "verify/", "revoke/"):
        assert shopper.post(route, {}).status_code == 404
