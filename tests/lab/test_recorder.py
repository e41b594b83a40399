"""The recorder: what the server did for a request, in headers of its answer."""

import json
import time

import pytest

from accounts.tokens import mint, verify
from tests.clients import JwtClient, SessionClient

FULL = {"Lab-Trace": "full"}
AUTHENTICATING = {"session": ["session row", "user row"], "jwt": [], "jwt-checked": ["grant row"]}


def trace(response):
    return json.loads(response["Lab-Trace"])


def names(rows, phase):
    return [row["name"] for row in rows if row["phase"] == phase]


def test_every_answer_carries_server_timing(shopper, client):
    for response in (shopper.get("cart/"), client.get("/api/products/"), client.get("/api/nowhere/")):
        assert response["Server-Timing"].startswith("auth;dur=")
        assert "serve;dur=" in response["Server-Timing"]


def test_the_trace_comes_only_when_asked_for(shopper):
    assert "Lab-Trace" not in shopper.get("cart/")
    assert "Lab-Trace" in shopper.get("cart/", **FULL)


def test_pages_are_not_recorded(client, db):
    assert "Server-Timing" not in client.get("/", headers=FULL)


def test_each_look_up_has_its_name(shopper, scheme):
    found = trace(shopper.get("cart/", **FULL))
    assert names(found["lookups"], "authenticating") == AUTHENTICATING[scheme]
    assert names(found["lookups"], "serving") == ["cart lines"]
    assert found["statements"] == {"authenticating": len(AUTHENTICATING[scheme]), "serving": 1}
    assert found["writes"] == []


def test_writes_are_told_from_look_ups(shopper, product):
    found = trace(shopper.post("cart/items/", {"product": product.id, "quantity": 1}, **FULL))
    assert names(found["writes"], "serving") == ["cart lines"]


def test_signatures_are_counted(shopper, scheme):
    assert trace(shopper.get("me/", **FULL))["signatures"] == (0 if scheme == "session" else 1)


def test_the_credential_is_described_and_not_shown(shopper, scheme):
    response = shopper.get("me/", **FULL)
    described = trace(response)["credential"]
    secret = shopper.access if scheme != "session" else shopper.http.cookies["sessionid"].value
    assert described["kind"] == ("session id" if scheme == "session" else "access token")
    assert described["bytes"] == len(secret)
    for piece in (secret, secret[:8], secret[-8:]):
        assert piece not in response["Lab-Trace"] + response["Server-Timing"]


def test_what_the_credential_said_is_shown(new_user):
    by_cookie, by_token = SessionClient(), JwtClient()
    by_cookie.log_in(new_user())
    by_token.log_in(by_cookie.user)
    assert "says nothing" in trace(by_cookie.get("me/", **FULL))["read"]["note"]
    assert trace(by_token.get("me/", **FULL))["read"] == verify(by_token.access)


def test_times_and_bytes_add_up(shopper):
    response = shopper.get("cart/", **FULL)
    found = trace(response)
    assert found["ms"]["total"] == pytest.approx(found["ms"]["authenticating"] + found["ms"]["serving"], abs=0.01)
    assert found["bytes"]["response"] > len(response.content)
    assert found["bytes"]["request"] > 0


def rule(response):
    return trace(response)["rule"]


def test_the_rule_is_said_in_words_at_both_doors(shopper, anonymous, product):
    assert rule(anonymous.get("me/", **FULL)) == "no credential"
    assert rule(shopper.patch(f"products/{product.id}/", {"stock": 1}, **FULL)) == "role customer may not"
    assert rule(shopper.post("orders/", **FULL)) == "The cart is empty."
    assert rule(shopper.post("cart/items/", {"colour": 1}, **FULL)) == "bad input: colour, product, quantity"
    assert rule(shopper.get("orders/424242/", **FULL)) == "No Order matches the given query."
    wrong = anonymous.post("login/", {"username": "ada", "password": "wrong"}, **FULL)
    assert rule(wrong).startswith("unknown name, wrong password or closed account")


def test_the_rules_of_the_session_door(new_user):
    client = SessionClient()
    client.http.cookies["sessionid"] = "invented"
    assert rule(client.get("me/", **FULL)) == "no live session has this id"
    client.log_in(new_user())
    client.credential = lambda method: {}
    assert rule(client.delete("cart/", **FULL)) == "CSRF token missing."


def test_the_rules_of_the_jwt_door(new_user):
    client = JwtClient()
    client.log_in(new_user())
    assert rule(client.get("me/", Authorization=f"Bearer {client.access}x", **FULL)) != ""
    flipped = client.access[:-10] + ("A" if client.access[-10] != "A" else "B") + client.access[-9:]
    assert rule(client.get("me/", Authorization=f"Bearer {flipped}", **FULL)) == "the signature does not match"
    now = int(time.time())
    expired = mint(verify(client.access) | {"iat": now - 312, "exp": now - 12})
    assert rule(client.get("me/", Authorization=f"Bearer {expired}", **FULL)) in (
        "expired 12 s ago",
        "expired 13 s ago",
    )


def test_nothing_a_client_sends_breaks_the_header(shopper, client, db):
    for value in ("full", "full\t", "ful\u00e4"):
        assert client.get("/api/jwt/me/?x=%0d%0aSet-Cookie:y", headers={"Lab-Trace": value}).status_code == 401
    response = client.get("/api/jwt/me/", headers={"Authorization": "Bearer ä\x7f€".encode().decode("latin-1"), **FULL})
    assert response["Lab-Trace"].isascii()


def test_without_the_lab_nothing_is_recorded(settings, client, db):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "lab" not in name]
    response = client.get("/api/products/", headers=FULL)
    assert "Server-Timing" not in response
    assert "Lab-Trace" not in response
