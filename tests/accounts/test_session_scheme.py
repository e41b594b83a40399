"""What is so for cookie sessions alone."""

import pytest
from django.conf import settings

from accounts.models import Session
from accounts.schemes import scheme_named
from tests.clients import PASSWORD, client_of


@pytest.fixture
def scheme():
    return scheme_named("session")


def session_id(client):
    return client.http.cookies["sessionid"].value


def test_login_makes_a_row_with_its_user(shopper):
    row = Session.objects.get()
    assert row.session_key == session_id(shopper)
    assert row.user == shopper.user


def test_cookie_has_its_flags(shopper):
    cookie = shopper.http.cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 86_400
    assert not cookie["secure"]  # plain http in the demo; see test_profiles for production


def test_id_changes_at_login(shopper):
    before = session_id(shopper)
    shopper.log_in(shopper.user)
    assert session_id(shopper) != before
    assert Session.objects.count() == 1


def test_planted_id_is_replaced(new_user):
    victim, attacker = client_of("session"), client_of("session")
    planted = "a" * 32
    for client in (victim, attacker):
        client.http.cookies["sessionid"] = planted
    victim.log_in(new_user())
    assert session_id(victim) != planted
    assert attacker.get("me/").status_code == 401


@pytest.mark.parametrize(
    "invented", ["", "x", "a" * 32, "0" * 10_000, "' OR 1=1 --", "../../etc/passwd", "\x00", '"abcdefgh\\000"']
)
def test_invented_id_is_anonymous(db, invented):
    client = client_of("session")
    client.http.cookies["sessionid"] = invented
    assert client.get("me/").status_code == 401
    assert client.get("cart/").status_code == 401


def test_logout_deletes_row_and_cookie(shopper):
    thief = client_of("session")
    thief.http.cookies["sessionid"] = session_id(shopper)
    assert thief.get("me/").status_code == 200
    response = shopper.post("logout/")
    assert response.cookies["sessionid"]["max-age"] == 0
    assert not Session.objects.exists()
    assert thief.get("me/").status_code == 401


def test_logout_ends_one_device(shopper):
    other = client_of("session")
    other.log_in(shopper.user)
    shopper.post("logout/")
    assert other.get("me/").status_code == 200


WRITES = [
    ("POST", "login/", {"username": "ada", "password": PASSWORD}),
    ("POST", "logout/", None),
    ("POST", "cart/items/", {"product": 1, "quantity": 1}),
    ("PUT", "cart/items/1/", {"quantity": 1}),
    ("DELETE", "cart/items/1/", None),
    ("DELETE", "cart/", None),
    ("POST", "orders/", None),
    ("PATCH", "products/1/", {"stock": 1}),
    ("DELETE", "users/1/", None),
]


@pytest.mark.parametrize("token", [None, "", "wrong", "x" * 32])
@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_write_needs_a_csrf_token(shopper, method, path, body, token):
    shopper.credential = lambda method: {} if token is None else {"X-CSRFToken": token}
    response = shopper.request(method, path, body)
    assert response.status_code == 403
    assert response.json()["code"] == "csrf_failed"
    assert shopper.get("me/").status_code == 200


def test_cross_site_login_is_refused(db, new_user):
    client = client_of("session")
    token = client.credential("POST")
    body = {"username": new_user().username, "password": PASSWORD}
    response = client.post("login/", body, **token, Origin="https://evil.example")
    assert response.json()["code"] == "csrf_failed"


def test_csrf_route_starts_no_session(db):
    client = client_of("session")
    response = client.http.get("/api/session/csrf/")
    assert response.status_code == 204
    assert list(response.cookies) == ["csrftoken"]


def test_bearer_token_is_ignored(new_user):
    by_token = client_of("jwt")
    by_token.log_in(new_user())
    response = by_token.http.get("/api/session/me/", headers=by_token.credential("GET"))
    assert response.status_code == 401


def test_closed_account_is_401(shopper):
    shopper.user.is_active = False
    shopper.user.save()
    assert shopper.get("me/").status_code == 401


def test_new_role_counts_at_once(shopper):
    shopper.user.role = "manager"
    shopper.user.save()
    assert shopper.get("me/").json()["role"] == "manager"


def test_cart_costs_three_queries(shopper, new_product, django_assert_num_queries):
    """The session's row, the user's row, the cart; however many lines and products there are."""
    for number in range(12):
        shopper.add(new_product(f"Product {number}"))
    with django_assert_num_queries(3):
        shopper.cart()


def test_add_costs_four_queries(shopper, product, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(4):
            shopper.add(product)


def test_anonymous_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client_of("session").get("cart/")


def test_store_is_the_database_store():
    assert settings.SESSION_ENGINE == "accounts.session_stores.db"
