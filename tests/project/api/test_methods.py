"""OPTIONS, and writes to an address without its last slash."""

import pytest
from django.test import Client

from accounts.schemes import schemes
from tests.clients import client_of
from tests.schemes import described_schemes, own_schemes


@pytest.mark.parametrize("path", ["/api/session/cart/", "/api/jwt/login/", "/api/products/", "/.well-known/jwks.json"])
def test_options_is_204(db, path):
    response = Client().options(path)
    assert response.status_code == 204
    assert "OPTIONS" in response["Allow"]
    assert response.content == b""


def test_options_names_the_methods(db):
    for scheme in schemes():
        allowed = Client().options(f"/api/{scheme.name}/cart/")["Allow"]
        assert set(allowed.split(", ")) == {"GET", "DELETE", "OPTIONS"}


def test_options_needs_an_address(db):
    assert Client().options("/api/jwt/nowhere/").status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_redirect_keeps_the_method(db, method):
    response = Client().generic(method, "/api/jwt/orders")
    assert (response.status_code, response["Location"]) == (308, "/api/jwt/orders/")


def test_page_is_redirected_too(db):
    assert Client().get("/cart").status_code == 308


@pytest.mark.parametrize("scheme", own_schemes(), ids=lambda scheme: scheme.name)
def test_401_names_the_other_credential(db, scheme):
    if scheme.carrier == "cookie":
        detail = Client().get(f"/api/{scheme.name}/me/", headers={"Authorization": "Bearer x"}).json()["detail"]
        assert detail == f"This address wants the cookie {scheme.cookies[0]}; the request has the header Authorization."
    else:
        wanted = "This address wants the header Authorization: Bearer …; the request has "
        client = client_of(scheme)
        assert client.get("me/", Authorization="Token x").json()["detail"] == f"{wanted}another one."
        client.http.cookies["sessionid"] = "x"
        assert client.get("me/").json()["detail"] == f"{wanted}cookies."


def test_401_without_credential_is_plain(db):
    details = {client_of(scheme).get("me/").json()["detail"] for scheme in described_schemes()}
    assert details == {"Authentication credentials were not provided."}


def test_401_says_that_a_session_is_unknown(db):
    client = client_of("session")
    client.http.cookies["sessionid"] = "a" * 32
    assert client.get("me/").json() == {
        "detail": "This session id is unknown, or has ended.",
        "code": "not_authenticated",
    }
