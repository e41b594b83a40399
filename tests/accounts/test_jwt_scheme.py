"""What is so for bearer tokens alone."""

import json
import time
from base64 import urlsafe_b64decode

import pytest
from django.apps import apps

from accounts.models import Grant
from accounts.schemes import scheme_named
from accounts.tokens import mint, verify
from tests.clients import client_of


@pytest.fixture
def scheme():
    return scheme_named("jwt")


def part(token, number):
    text = token.split(".")[number]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_login_returns_two_tokens(new_user):
    answer = client_of("jwt").log_in(new_user()).json()
    assert list(answer) == ["access", "refresh", "token_type", "expires_in", "user"]
    assert answer["token_type"] == "Bearer"
    assert answer["expires_in"] == 300


def test_token_follows_rfc_9068(shopper):
    header, claims = part(shopper.access, 0), part(shopper.access, 1)
    assert header["typ"] == "at+jwt"
    assert header["alg"] == "HS256"
    assert set(header) == {"typ", "alg", "kid"}
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "jti", "sid", "name", "role", "scope"}
    assert claims["sub"] == str(shopper.user.id)
    assert claims["sid"] == str(Grant.objects.get().id)
    assert claims["exp"] - claims["iat"] == 300
    assert (claims["name"], claims["role"]) == ("ada", "customer")


def test_no_token_is_stored(shopper):
    kept = str([list(model.objects.values()) for model in apps.get_models()])
    assert str(Grant.objects.get().id) in kept
    for token in (shopper.access, shopper.refresh):
        assert token not in kept
        assert token.rsplit(".", 1)[1] not in kept


@pytest.mark.parametrize("algorithm", ["HS256", "RS256", "Ed25519"])
def test_each_algorithm_works(settings, new_user, algorithm):
    settings.JWT_ALGORITHM = algorithm
    client = client_of("jwt")
    client.log_in(new_user())
    assert part(client.access, 0)["alg"] == {"Ed25519": "EdDSA"}.get(algorithm, algorithm)
    assert client.get("me/").status_code == 200


@pytest.mark.parametrize("word", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_bearer_ignores_case(shopper, word):
    assert shopper.get("me/", Authorization=f"{word} {shopper.access}").status_code == 200


@pytest.mark.parametrize(
    "header", ["Basic YWRhOmFkYQ==", "Token {}", "{}", "Bearer{}", "JWT {}", ""], ids=lambda header: header[:6]
)
def test_other_header_is_ignored(shopper, header):
    response = shopper.get("me/", Authorization=header.format(shopper.access))
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer x", "Bearer {0} {0}", "Bearer {0}, Basic x", "Bearer ä"]
)
def test_garbage_is_invalid_token(shopper, header):
    response = shopper.get("me/", Authorization=header.format(shopper.access))
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert response.json() == {"detail": "The token is invalid or has expired.", "code": "invalid_token"}


def test_token_elsewhere_is_ignored(shopper):
    token, client = shopper.access, client_of("jwt")
    for name in ("access", "access_token", "token", "sessionid"):
        client.http.cookies[name] = token
    assert client.get(f"me/?access_token={token}").status_code == 401
    assert client.post("orders/", {"access_token": token}).status_code == 401


def test_cookie_cannot_help_bad_token(new_user):
    client = client_of("session")
    client.log_in(new_user())
    for headers in ({}, {"Authorization": "Bearer rotten"}):
        for scheme in ("jwt", "session"):
            expected = 200 if scheme == "session" else 401
            assert client.http.get(f"/api/{scheme}/me/", headers=headers).status_code == expected


def test_token_kinds_do_not_mix(shopper):
    assert shopper.get("me/", Authorization=f"Bearer {shopper.refresh}").status_code == 401
    assert shopper.post("refresh/", {"refresh": shopper.access}).status_code == 401


def test_expired_token_is_refused(shopper):
    now = int(time.time())
    claims = part(shopper.access, 1) | {"iat": now - 301, "exp": now - 1}
    assert shopper.get("me/", Authorization=f"Bearer {mint(claims)}").status_code == 401


def test_verify_returns_the_claims(shopper):
    response = shopper.post("verify/", {"token": shopper.access})
    assert response.status_code == 200
    assert response.json() == verify(shopper.access)
    assert shopper.post("verify/", {"token": "rotten"}).status_code == 401


def test_refresh_returns_new_tokens(shopper):
    answer = shopper.post("refresh/", {"refresh": shopper.refresh}).json()
    assert set(answer) == {"access", "refresh", "token_type", "expires_in"}
    assert answer["refresh"] != shopper.refresh
    shopper.remember(answer)
    assert shopper.get("me/").status_code == 200


def test_access_token_outlives_logout(shopper):
    assert shopper.post("logout/").status_code == 204
    assert shopper.post("refresh/", {"refresh": shopper.refresh}).status_code == 401
    assert shopper.get("me/").status_code == 200  # until `exp`: the price of no lookup


def test_logout_takes_a_refresh_token(shopper):
    refresh = shopper.refresh
    shopper.access = "expired"
    assert shopper.post("logout/", {"refresh": refresh}).status_code == 204
    assert shopper.post("logout/", {"refresh": refresh}).status_code == 204
    assert shopper.post("refresh/", {"refresh": refresh}).status_code == 401


def test_logout_with_bad_token_is_401(shopper):
    shopper.access = "rotten"
    assert shopper.post("logout/").status_code == 401


def test_role_counts_until_refresh(shopper, product):
    shopper.user.role = "manager"
    shopper.user.save()
    assert shopper.get("me/").json()["role"] == "customer"
    shopper.remember(shopper.post("refresh/", {"refresh": shopper.refresh}).json())
    assert shopper.get("me/").json()["role"] == "manager"


def test_cart_costs_one_query(shopper, new_product, django_assert_num_queries):
    """The cart; the token costs none, however many lines and products there are."""
    for number in range(12):
        shopper.add(new_product(f"Product {number}"))
    with django_assert_num_queries(1):
        shopper.cart()


def test_add_costs_two_queries(shopper, product, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(2):
            shopper.add(product)


def test_token_costs_no_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert shopper.get("me/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_token_outlives_its_account(shopper, product):
    shopper.user.delete()
    assert shopper.get("me/").status_code == 200
    assert shopper.cart()["items"] == []
    assert shopper.add(product).json()["code"] == "account_gone"
    assert shopper.post("orders/").json()["code"] == "empty_cart"
    assert shopper.post("refresh/", {"refresh": shopper.refresh}).status_code == 401
