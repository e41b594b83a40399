"""`/api/simplejwt/`: the library as tutorials use it, on the shop's routes."""

import json

import pytest
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.changes import change_password
from tests.clients import PASSWORD


@pytest.fixture
def ask(client, new_user):
    """Return a function that sends a request as ada, who has logged in; `.tokens` are hers."""
    new_user()

    def ask(method, route, body=None, access=None, **headers):
        token = access or ask.tokens.get("access")
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        return client.generic(
            method,
            f"/api/simplejwt/{route}",
            "" if body is None else json.dumps(body),
            "application/json",
            headers=headers,
        )

    ask.tokens = {}
    ask.tokens = ask("POST", "login/", {"username": "ada", "password": PASSWORD}).json()
    return ask


def test_login_returns_a_pair(ask):
    assert set(ask.tokens) == {"access", "refresh"}


def test_it_serves_the_same_cart(ask, product):
    assert ask("POST", "cart/items/", {"product": product.id, "quantity": 2}).status_code == 201
    assert ask("GET", "cart/").json()["count"] == 2
    assert ask("GET", "me/").json()["scheme"] == "simplejwt"


def test_bad_token_gets_its_own_401(ask):
    response = ask("GET", "cart/", access="x.y.z")
    assert response.status_code == 401
    assert response.json()["code"] == "token_not_valid"
    assert response.json()["messages"]
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("words", ["Bearer", "Bearer a b"])
def test_bad_header_can_be_traced(client, db, words):
    response = client.get("/api/simplejwt/me/", headers={"Authorization": words, "Lab-Trace": "full"})
    assert response.status_code == 401
    assert json.loads(response["Lab-Trace"])["credential"] is None


def test_missing_token_gets_its_own_401(client, db):
    response = client.get("/api/simplejwt/cart/")
    assert response.status_code == 401
    assert response.json() == {"detail": "Authentication credentials were not provided."}


def test_wrong_password_gets_its_own_401(ask):
    response = ask("POST", "login/", {"username": "ada", "password": "wrong"})
    assert response.status_code == 401
    assert response.json()["detail"] == "No active account found with the given credentials"


def test_failed_logins_share_the_limit(ask, client, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        last = ask("POST", "login/", {"username": "ada", "password": "wrong"})
    assert last.status_code == 429
    other = {"username": "ada", "password": PASSWORD}
    assert client.post("/api/jwt/login/", other, "application/json").status_code == 429


def test_logins_are_in_the_audit_log(ask, caplog):
    for name in ("ada", PASSWORD):
        ask("POST", "login/", {"username": name, "password": "wrong"})
    ask("POST", "login/", {"username": "ada", "password": PASSWORD})
    lines = [json.loads(record.message) for record in caplog.records if record.name == "accounts"]
    said = [(line["event"], line["user"], line["scheme"]) for line in lines]
    failed = [("login failed", "ada", "simplejwt"), ("login failed", None, "simplejwt")]
    assert said == [*failed, ("login", "ada", "simplejwt")]


def test_refresh_rotates_tokens(ask):
    first = ask.tokens["refresh"]
    assert set(ask("POST", "refresh/", {"refresh": first}).json()) == {"access", "refresh"}
    assert ask("POST", "refresh/", {"refresh": first}).status_code == 401
    assert BlacklistedToken.objects.count() == 1


def test_deleted_account_is_refused(ask, django_user_model):
    django_user_model.objects.get().delete()
    response = ask("POST", "refresh/", {"refresh": ask.tokens["refresh"]})
    assert (response.status_code, response.json()["detail"]) == (401, "User not found")
    assert ask("GET", "me/").status_code == 401


def test_logout_blacklists_its_token(ask):
    assert ask("POST", "logout/", {"refresh": ask.tokens["refresh"]}).status_code == 200
    assert ask("POST", "refresh/", {"refresh": ask.tokens["refresh"]}).status_code == 401
    assert ask("GET", "me/").status_code == 200  # the access token lives on


def test_verify_is_the_librarys(ask):
    assert ask("POST", "verify/", {"token": ask.tokens["access"]}).json() == {}
    assert ask("POST", "verify/", {"token": "x"}).status_code == 401


@pytest.mark.parametrize(("method", "route"), [("GET", "sign-ins/"), ("DELETE", "sign-ins/"), ("POST", "delegate/")])
def test_other_routes_are_409(ask, method, route):
    response = ask(method, route)
    assert (response.status_code, response.json()["code"]) == (409, "scheme_cannot")


def test_it_cannot_revoke(client, db):
    response = client.post("/api/simplejwt/revoke/", {"token": "x"}, "application/json")
    assert (response.status_code, response.json()["code"]) == (409, "scheme_cannot")


def test_token_outlives_new_password(ask, django_user_model):
    change_password(django_user_model.objects.get(), "another-long-password")
    assert ask("GET", "me/").status_code == 200
    assert ask("POST", "refresh/", {"refresh": ask.tokens["refresh"]}).status_code == 200


def test_security_page_names_its_limits(ask, client, django_user_model):
    client.force_login(django_user_model.objects.get(), "accounts.backends.ModelBackend")
    page = " ".join(client.get("/accounts/security/").content.decode().split())
    assert "its tokens outlive ending all sign-ins and a new password" in page


def test_each_token_leaves_a_row(ask):
    assert OutstandingToken.objects.count() == 1
    ask("POST", "refresh/", {"refresh": ask.tokens["refresh"]})
    assert OutstandingToken.objects.count() == 2


def test_token_opens_no_other_mount(ask, client):
    headers = {"Authorization": f"Bearer {ask.tokens['access']}"}
    for mount in ("jwt", "opaque"):
        assert client.get(f"/api/{mount}/me/", headers=headers).status_code == 401
