"""Headers that every answer must carry."""

import pytest

BEARER = 'Bearer realm="api"'
VARIES_ON = {"session": "Cookie", "jwt": "Authorization", "jwt-checked": "Authorization"}
CHALLENGE = {"session": 'Session realm="api"', "jwt": BEARER, "jwt-checked": BEARER}


@pytest.mark.parametrize("path", ["me/", "cart/", "orders/", "orders/4242/", "users/1/"])
def test_credentialed_answers_are_private(shopper, scheme, path):
    response = shopper.get(path)
    assert "no-store" in response["Cache-Control"]
    assert VARIES_ON[scheme] in response["Vary"].split(", ")


def test_login_answer_is_private(anonymous, new_user, scheme):
    response = anonymous.log_in(new_user())
    assert "no-store" in response["Cache-Control"]
    assert VARIES_ON[scheme] in response["Vary"].split(", ")


@pytest.mark.parametrize("path", ["me/", "cart/", "orders/"])
def test_a_401_names_its_challenge(anonymous, scheme, path):
    response = anonymous.get(path)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == CHALLENGE[scheme]
    assert "no-store" in response["Cache-Control"]


def test_failed_login_names_its_challenge(anonymous, new_user, scheme):
    response = anonymous.log_in(new_user(), password="wrong")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == CHALLENGE[scheme]


def test_jwt_sets_no_cookie(new_user, product):
    from tests.clients import JwtClient

    client = JwtClient()
    client.log_in(new_user())
    client.add(product)
    client.post("orders/")
    client.post("logout/")
    assert not client.http.cookies


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
