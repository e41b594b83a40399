"""Headers that every answer must carry."""

from operator import attrgetter

import pytest

from tests.schemes import own_schemes

VARIES_ON = {"cookie": "Cookie", "header": "Authorization"}
CHALLENGE = {
    ("session", "cookie"): 'Session realm="api"',
    ("token", "cookie"): 'Cookie realm="api"',
    ("token", "header"): 'Bearer realm="api"',
}


def varies_as_it_must(response, scheme):
    return VARIES_ON[scheme.carrier] in response["Vary"].split(", ")


@pytest.mark.parametrize("path", ["me/", "cart/", "orders/", "orders/4242/", "users/1/"])
def test_own_answers_are_private(shopper, scheme, path):
    response = shopper.get(path)
    assert "no-store" in response["Cache-Control"]
    assert varies_as_it_must(response, scheme)


@pytest.mark.parametrize("scheme", own_schemes(), ids=attrgetter("name"))
def test_login_answer_is_private(anonymous, new_user, scheme):
    response = anonymous.log_in(new_user())
    assert "no-store" in response["Cache-Control"]
    assert varies_as_it_must(response, scheme)


@pytest.mark.parametrize("path", ["me/", "cart/", "orders/"])
def test_401_names_its_challenge(anonymous, scheme, path):
    response = anonymous.get(path)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == scheme.authenticate_header(None)
    assert "no-store" in response["Cache-Control"]


def test_failed_login_has_a_challenge(anonymous, new_user, scheme):
    response = anonymous.log_in(new_user(), password="wrong")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == scheme.authenticate_header(None)


def test_each_challenge_is_known(scheme):
    assert scheme.stock or scheme.authenticate_header(None) == CHALLENGE[scheme.side, scheme.carrier]


def test_bearer_sets_no_cookie(shopper, scheme, product):
    shopper.add(product)
    shopper.post("orders/")
    shopper.post("logout/")
    assert bool(shopper.http.cookies) == (scheme.carrier == "cookie")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/signup/", "/nowhere/", "/api/docs/"])
def test_pages_have_security_headers(client, path):
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_unknown_address_is_404_in_json(client):
    response = client.get("/api/nowhere/")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"
