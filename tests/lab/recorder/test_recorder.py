"""The recorder: what the server did for a request, in headers of its answer."""

import json
import subprocess
import sys
import time
from operator import attrgetter

import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator

from accounts.schemes import schemes
from accounts.tokens import mint, verify
from project.lab.recorder.trace import Trace
from tests.at_once import at_once
from tests.clients import PASSWORD, client_of
from tests.schemes import described_schemes, own_schemes

MOUNTS = [scheme.name for scheme in schemes() if scheme.name.startswith("session-")]
FULL = {"Lab-Trace": "full"}
# What is looked up to authenticate: by what the client presents, whether it can be ended at once, whether the views are
# a library's.
AUTHENTICATING = {
    ("session id", True, False): ["session row", "user row"],
    ("access token", False, False): [],
    ("access token", True, False): ["grant row"],
    ("opaque token", True, False): ["opaque token row"],
    ("access token", False, True): ["user row"],
}


def kind_of(scheme):
    return scheme.credential, scheme.ends_at_once, scheme.stock


def trace(response):
    return json.loads(response["Lab-Trace"])


def names(rows, phase):
    return [row["name"] for row in rows if row["phase"] == phase]


def test_server_timing_is_always_there(shopper, client):
    for response in (shopper.get("cart/"), client.get("/api/products/"), client.get("/api/nowhere/")):
        assert response["Server-Timing"].startswith("auth;dur=")
        assert "serve;dur=" in response["Server-Timing"]


def test_trace_comes_when_asked_for(shopper):
    assert "Lab-Trace" not in shopper.get("cart/")
    assert "Lab-Trace" in shopper.get("cart/", **FULL)


def test_pages_are_not_recorded(client, db):
    assert "Server-Timing" not in client.get("/", headers=FULL)


def test_each_statement_is_a_lookup(shopper):
    found = trace(shopper.get("cart/", **FULL))
    assert names(found["lookups"], "serving") == ["cart lines"]
    assert found["statements"] == {"authenticating": len(names(found["lookups"], "authenticating")), "serving": 1}
    assert found["writes"] == []


@pytest.mark.parametrize("kind", AUTHENTICATING, ids=str)
def test_each_lookup_has_its_name(new_user, kind):
    those = [scheme for scheme in described_schemes() if kind_of(scheme) == kind]
    assert those
    for client in map(client_of, those):
        client.log_in(new_user(client.scheme.name))
        found = trace(client.get("cart/", **FULL))
        assert names(found["lookups"], "authenticating") == AUTHENTICATING[kind]


# What a session in each store has looked up in order to know who is asking.
LOOKED_UP = {
    "session-db": ["session row", "user row"],
    "session-until_closed": ["session row", "user row"],
    "session-cached_db": ["cached session", "user row"],
    "session-cache": ["cached session", "user row"],
    "session-file": ["session file", "user row"],
    "session-signed_cookies": ["user row"],
}


@pytest.mark.parametrize("mount", MOUNTS)
def test_session_lookup_names_its_store(new_user, mount):
    found = trace(client_at(mount, new_user()).get("me/", **FULL))
    assert names(found["lookups"], "authenticating") == LOOKED_UP[mount]
    assert found["statements"]["authenticating"] == sum(name.endswith("row") for name in LOOKED_UP[mount])


@pytest.mark.parametrize("mount", MOUNTS)
def test_stores_answer_alike(new_user, product, mount):
    client = client_at(mount, new_user())
    assert client.get("me/").json() == {"id": client.user.id, "username": "ada", "role": "customer", "scheme": mount}
    assert client.add(product).status_code == 201
    assert client.cart()["count"] == 1
    client.credential = lambda method: {}  # without the CSRF token
    assert client.delete("cart/").json()["code"] == "csrf_failed"


def test_stores_have_all_routes():
    mounts = {mount.namespace: mount.url_patterns for mount in all_mounts(get_resolver())}
    routes = {name: [str(route.pattern) for route in patterns] for name, patterns in mounts.items()}
    assert {name for name in routes if name.startswith("session-")} == set(MOUNTS)
    assert all(routes[mount] == routes["session"] for mount in MOUNTS)


def test_stores_are_not_described():
    described = SchemaGenerator().get_schema(public=True)["servers"][0]["variables"]["scheme"]["enum"]
    assert "session" in described
    assert not set(described) & set(MOUNTS)


def client_at(mount, user):
    """Return a client that has logged in at one of the lab's mounts."""
    client = client_of(mount)
    assert client.log_in(user).status_code == 200
    return client


def all_mounts(resolver):
    """Return what is mounted under a name, however deep."""
    for mount in getattr(resolver, "url_patterns", []):
        if getattr(mount, "namespace", None):
            yield mount
        yield from all_mounts(mount)


def test_writes_and_reads_are_apart(shopper, product):
    found = trace(shopper.post("cart/items/", {"product": product.id, "quantity": 1}, **FULL))
    assert names(found["writes"], "serving") == ["cart lines"]


def test_signatures_are_counted(shopper, scheme):
    assert trace(shopper.get("me/", **FULL))["signatures"] == (scheme.credential == "access token")


def test_credential_is_not_shown(shopper, scheme):
    response = shopper.get("me/", **FULL)
    described = trace(response)["credential"]
    secret = shopper.secrets()[0]
    assert described["kind"] == scheme.credential
    assert described["bytes"] == len(secret)
    for piece in (secret, secret[:8], secret[-8:]):
        assert piece not in response["Lab-Trace"] + response["Server-Timing"]


def test_claims_are_shown(new_user):
    by_cookie, by_token = client_of("session"), client_of("jwt")
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


@pytest.mark.parametrize("scheme", own_schemes(), ids=attrgetter("name"))
def test_rule_is_said_in_words(shopper, anonymous, product):
    assert rule(anonymous.get("me/", **FULL)) == "no credential"
    assert rule(shopper.patch(f"products/{product.id}/", {"stock": 1}, **FULL)) == "role customer may not"
    assert rule(shopper.post("orders/", **FULL)) == "The cart is empty."
    assert rule(shopper.post("cart/items/", {"colour": 1}, **FULL)) == "bad input: colour, product, quantity"
    assert rule(shopper.get("orders/424242/", **FULL)) == "there is no such thing, or it is somebody else's"
    assert rule(shopper.delete(f"cart/items/{product.id}/", **FULL)) == "This product is not in the cart."
    wrong = anonymous.post("login/", {"username": "ada", "password": "wrong"}, **FULL)
    assert rule(wrong).startswith("unknown name, wrong password or closed account")


def test_rules_of_sessions(new_user):
    client = client_of("session")
    client.http.cookies["sessionid"] = "invented"
    assert rule(client.get("me/", **FULL)) == "no live session has this id"
    client.log_in(new_user())
    client.credential = lambda method: {}
    assert rule(client.delete("cart/", **FULL)) == "CSRF token missing."


def test_rules_of_jwts(new_user):
    client = client_of("jwt")
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


def test_refresh_has_its_own_rule(new_user):
    client = client_of("jwt")
    client.log_in(new_user())
    response = client.post("refresh/", {"refresh": client.refresh}, **FULL)
    assert rule(response) == "the refresh token is the latest of a live grant"
    assert trace(response)["signatures"] == 1


@pytest.mark.parametrize("scheme", own_schemes(), ids=attrgetter("name"))
def test_password_check_is_authenticating(anonymous, new_user):
    body = {"username": new_user().username, "password": PASSWORD}
    found = trace(anonymous.post("login/", body, **FULL))
    assert "user row" in names(found["lookups"], "authenticating")
    assert found["rule"] == "name and password are right"
    assert all("accounts_" not in row["name"] and "axes_" not in row["name"] for row in found["lookups"])


def test_cookie_values_are_not_shown(new_user):
    client = client_of("session")
    body = {"username": new_user().username, "password": PASSWORD}
    response = client.post("login/", body, **FULL)
    cookies = {cookie["name"]: cookie["attributes"] for cookie in trace(response)["cookies"]}
    assert "HttpOnly" in cookies["sessionid"]
    assert client.http.cookies["sessionid"].value not in response["Lab-Trace"]


def test_unused_cookie_is_marked(new_user):
    client = client_of("session")
    client.log_in(new_user())
    found = trace(client.http.get("/api/products/", headers=FULL))
    assert found["credential"]["used"] is False
    assert "Nobody looked" in found["read"]["note"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "because"),
    [
        ("GET", "cart", {}, 308, "the address ends with a slash"),
        ("GET", "nowhere/", {}, 404, "there is nothing at this address"),
        ("POST", "login/", {"Transfer-Encoding": "chunked"}, 411, "the body does not say how long it is"),
        ("GET", "me/", {"Accept": "text/html"}, 200, None),
        ("PATCH", "cart/", {}, 405, 'Method "PATCH" not allowed.'),
        ("GET", "me/", {"Content-Length": "abc"}, 200, None),
    ],
)
def test_recording_changes_no_answer(shopper, method, path, headers, status, because):
    plain = shopper.request(method, path, **headers)
    traced = shopper.request(method, path, **headers, **FULL)
    assert (plain.status_code, plain.content) == (traced.status_code, traced.content)
    assert traced.status_code == status
    assert because is None or rule(traced) == because


def test_large_body_is_explained(shopper):
    assert rule(shopper.post("orders/", "x" * 70_000, **FULL)) == "the body is larger than 64 KB"


def test_lockout_is_explained(anonymous):
    wrong = {"username": "ada", "password": "wrong"}
    rules = [rule(anonymous.post("login/", wrong, **FULL)) for _ in range(5)]
    assert rules[-1] == "too many failed logins for this account from this address"


@pytest.mark.parametrize("error", [OperationalError("password of db-7"), ValueError("password of db-7")])
def test_server_errors_are_not_shown(shopper, monkeypatch, error):
    def fail(user):
        raise error

    monkeypatch.setattr("shop.cart.read_cart", fail)
    response = shopper.get("cart/", **FULL)
    assert response.status_code in (500, 503)
    assert "db-7" not in response["Lab-Trace"]


def test_bytes_are_those_on_the_wire(shopper):
    """Counted by hand: the line, the headers and the body, without what the recorder and the server in front add."""
    response = shopper.get("me/", **FULL)
    skipped = ("Lab-Trace", "Server-Timing")
    lines = [f"{name}: {value}" for name, value in response.items() if name not in skipped]
    lines += [f"Set-Cookie: {cookie.OutputString()}" for cookie in response.cookies.values()]
    whole = "\r\n".join(["HTTP/1.1 200 OK", *lines, "", response.content.decode()])
    assert trace(response)["bytes"]["response"] == len(whole)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_parallel_traces_do_not_mix(new_user):
    clients = [client_of("session"), client_of("jwt")] * 10
    for number, client in enumerate(clients[:2]):
        client.log_in(new_user(f"user{number}"))
    traces = [trace(response) for response in at_once(*[lambda c=c: c.get("cart/", **FULL) for c in clients])]
    for client, found in zip(clients, traces, strict=True):
        assert found["scheme"] == client.scheme.name
        expected = AUTHENTICATING[kind_of(client.scheme)]
        assert names(found["lookups"], "authenticating") == expected
        assert names(found["lookups"], "serving") == ["cart lines"]


def test_no_input_breaks_the_header(shopper, client, db):
    for value in ("full", "full\t", "ful\u00e4"):
        assert client.get("/api/jwt/me/?x=%0d%0aSet-Cookie:y", headers={"Lab-Trace": value}).status_code == 401
    response = client.get("/api/jwt/me/", headers={"Authorization": "Bearer ä\x7f€".encode().decode("latin-1"), **FULL})
    assert response["Lab-Trace"].isascii()


def test_request_reports_ten_times_at_most(shopper, product, monkeypatch):
    heard, hear = [], Trace.hear
    monkeypatch.setattr(Trace, "hear", lambda trace, signal, facts: (heard.append(signal), hear(trace, signal, facts)))
    shopper.add(product)
    assert 1 <= len(heard) <= 10


@pytest.mark.parametrize(("route", "part"), [("verify/", "token"), ("refresh/", "refresh"), ("logout/", "refresh")])
def test_simplejwt_verifies_one_signature(new_user, route, part):
    client = client_of("simplejwt")
    client.log_in(new_user())
    response = client.post(route, {part: client.refresh}, **FULL)
    assert response.status_code == 200
    assert trace(response)["signatures"] == 1
    assert trace(response)["rule"] == "the library accepts it"


def test_refused_signature_is_counted(new_user):
    client = client_of("simplejwt")
    client.log_in(new_user())
    assert trace(client.get("me/", Authorization=f"Bearer {client.access}x", **FULL))["signatures"] == 1


WITHOUT_THE_LAB = """
import django; django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
assert not any("lab" in name for name in [*settings.MIDDLEWARE, *settings.INSTALLED_APPS, *settings.SCHEMES])
try:
    resolve("/lab/")
except Resolver404:
    print("nothing")
"""


def test_lab_off_leaves_no_trace(tmp_path):
    environment = {"LAB": "off", "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "project.settings"}
    command = [sys.executable, "-c", WITHOUT_THE_LAB]
    out = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True)  # noqa: S603
    assert out == "nothing\n"
