"""The OpenAPI description is true: schemathesis derives requests from it, good and bad, and checks every answer."""

import re

import pytest
import schemathesis
from django.db import connection
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests

from accounts.models import User
from accounts.schemes import scheme_named, schemes
from project.api.openapi import mounted
from project.wsgi import application
from shop.models import CartItem, Order
from tests.clients import CLIENTS, PASSWORD

PUBLISHED = SchemaGenerator().get_schema(public=True)  # the routes once, below the server `/api/{scheme}`
GENERATED = ("session", "jwt", "jwt-cookie", "opaque")  # the schemes for which input is made up


BODIES = {  # what differs by scheme: the published description offers a choice
    "/logout/": lambda scheme: scheme.SignOut.__name__,
    "/refresh/": lambda scheme: "NothingToSay" if scheme.carrier == "cookie" else "Refresh",
}


def with_body(operation, component):
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{component}"}}}
    return operation | {
        "requestBody": operation["requestBody"] | {"content": content, "required": component == "Refresh"}
    }


def expanded(published, schemes):
    """Return the description with the server's variable filled in: each route below each mount that has it."""
    paths = {}
    for path, methods in published["paths"].items():
        for method, operation in methods.items():
            below = [scheme.name for scheme in mounted[path, method.upper()]]
            names = [name for name in schemes if name in below] if below else [""]
            for name in names:
                place = f"/api/{name}{path}" if name else path
                if path in BODIES and name:
                    operation = with_body(operation, BODIES[path](scheme_named(name)))
                paths.setdefault(place, {})[method] = operation | {"operationId": f"{method}{place}", "servers": []}
    return published | {"servers": [{"url": "/"}], "paths": paths}


DESCRIPTION = expanded(PUBLISHED, [scheme.name for scheme in schemes() if scheme.name in CLIENTS])
OPERATIONS = [
    f"{method.upper()} {path}"
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
    if path.split("/")[2] in GENERATED or path.split("/")[2] not in CLIENTS
]
MOUNTED = [operation for operation in OPERATIONS if operation.split("/")[2] in CLIENTS]
# The same cases on every run, so that none fails by bad luck: those at the limits of each field, and some made up.
GENERATION = {"deterministic": True, "database": "none", "max-examples": 10}


def describe(**generation):
    """Return the description, as schemathesis reads it, of an application in this process."""
    config = SchemathesisConfig.from_dict({"seed": 1, "generation": GENERATION | generation})
    description = schemathesis.openapi.from_dict(DESCRIPTION, config=config)
    description.app = application
    return description


def send_all(operation, send, **generation):
    """Call `send` with each case that follows from the description of an operation."""
    method, path = operation.split()
    one = describe(**generation).include(method=method, path=path)
    [result] = get_all_tests(schema=one, test_func=send, settings=None, given_kwargs=None)
    _, test = result.ok()
    test()


def credential(client, method):
    """Return what a request must carry, as arguments for schemathesis."""
    headers = client.credential(method)
    cookies = {name: cookie.value for name, cookie in client.http.cookies.items()}
    if cookies:  # said twice: the one is sent, in the other schemathesis sees that it is not made up
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"headers": headers, "cookies": cookies}


@pytest.fixture(autouse=True)
def one_transaction(monkeypatch):
    """Let the application run in the transaction of the test: it must not close the connection after a request."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def number_one(new_product, new_user):
    """Let number 1 of everything exist, as in the examples of the description; return the manager who owns it."""
    mona = new_user("mona", id=77_777_777, role="manager")
    new_product(id=1)
    new_user("leaving", id=1)
    CartItem.objects.create(user=mona, product_id=1, quantity=1)
    Order.objects.create(user=mona).delete()  # on a fresh database, the next order would be number 1 too
    Order.objects.create(id=1, user=mona).lines.create(product_id=1, name="Bananas", unit_price="0.25", quantity=4)
    return mona


@pytest.mark.fuzz
@pytest.mark.parametrize("operation", OPERATIONS)
def test_anonymous_answers_fit(number_one, operation):
    def send(case):
        case.call_and_validate()

    send_all(operation, send)


@pytest.mark.fuzz
@pytest.mark.parametrize("operation", MOUNTED)
def test_manager_answers_fit(number_one, operation):
    client = CLIENTS[operation.split("/")[2]]()
    client.log_in(number_one)

    def send(case):
        if "logout" in operation:
            client.log_in(number_one)
        case.call_and_validate(**credential(client, case.method))

    send_all(operation, send, **{"with-security-parameters": False})


# What made up requests cannot reach, because it takes the right password, token or moment.


@pytest.fixture
def ask(scheme, new_product, new_user):
    """Return a function that sends one request as a customer and checks the answer; `.client` is what it sends as."""
    new_product(id=1, stock=99)
    new_user("ada")
    description = describe()

    def ask(status, method, route, body=None, headers=None, **path):
        operation = description[f"/api/{scheme}/{route}"][method]
        given = {"body": body, "media_type": "application/json"} if body is not None else {}
        carried = credential(ask.client, method)
        response = operation.Case(path_parameters=path, **given).call_and_validate(
            headers=carried["headers"] | (headers or {}), cookies=carried["cookies"]
        )
        assert response.status_code == status
        return response.json() if response.content else None

    ask.client = CLIENTS[scheme]()
    return ask


def test_a_visit_fits(ask):
    ask(200, "POST", "login/", {"username": "ada", "password": PASSWORD})
    ask.client.log_in(User.objects.get(username="ada"))
    ask(201, "POST", "cart/items/", {"product": 1, "quantity": 2})
    ask(409, "POST", "cart/items/", {"product": 1, "quantity": 99})
    ask(201, "POST", "orders/", {}, {"Idempotency-Key": "k"})
    ask(422, "POST", "orders/", {"another": "body"}, {"Idempotency-Key": "k"})
    ask(403, "PATCH", "products/{product}/", {"price": "0.01"}, product=1)
    other = next(row["id"] for row in ask(200, "GET", "sign-ins/") if not row["current"])
    ask(204, "DELETE", "sign-ins/{sign_in}/", sign_in=other)
    ask(204, "POST", "logout/", {})


def test_refusals_fit(ask, settings):
    wrong = {"username": "ada", "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        ask(401, "POST", "login/", wrong)
    ask(429, "POST", "login/", wrong)
    ask(413, "POST", "login/", {"username": "ada", "password": "x" * 70_000})


@pytest.mark.parametrize("scheme", ["jwt", "jwt-checked"])
def test_token_routes_fit(ask):
    tokens = ask(200, "POST", "login/", {"username": "ada", "password": PASSWORD})
    ask.client.remember(tokens)
    ask(200, "POST", "verify/", {"token": tokens["access"]})
    part = ask(200, "POST", "delegate/", {"scope": "cart:read"})
    ask(200, "GET", "cart/", headers={"Authorization": f"Bearer {part['access']}"})
    ask(403, "GET", "me/", headers={"Authorization": f"Bearer {part['access']}"})
    newer = ask(200, "POST", "refresh/", {"refresh": tokens["refresh"]})
    ask(200, "POST", "refresh/", {"refresh": newer["refresh"]})
    ask(401, "POST", "refresh/", {"refresh": tokens["refresh"]})  # reuse
    ask(200, "POST", "revoke/", {"token": newer["refresh"]})
    ask(204, "POST", "logout/", {"refresh": newer["refresh"]})


# The description itself.


def test_schema_is_valid_openapi(capsys):
    validate_schema(SchemaGenerator().get_schema(public=True))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("wanted", ["application/json", "application/vnd.oai.openapi+json", "application/yaml"])
def test_schema_comes_in_each_format(client, wanted):
    response = client.get("/api/schema/", headers={"Accept": wanted})
    assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, wanted)


def test_schema_names_every_route():
    routes = {re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes_below("/", get_resolver().url_patterns)}
    hidden = tuple(f"/api/{scheme.name}/" for scheme in schemes() if not scheme.described)
    named = set(expanded(PUBLISHED, [scheme.name for scheme in schemes()])["paths"])
    in_the_api = {route for route in routes if route.startswith(("/api/", "/.well-known/"))}
    assert {route for route in in_the_api if not route.startswith(hidden)} - {"/api/schema/", "/api/docs/"} == named


def test_schema_has_one_server_for_all_schemes():
    [server] = PUBLISHED["servers"]
    assert server["url"] == "/api/{scheme}"
    assert server["variables"]["scheme"]["enum"] == [scheme.name for scheme in schemes() if scheme.described]
    assert PUBLISHED["paths"]["/api/products/"]["get"]["servers"] == [{"url": "/"}]


def test_schema_says_where_a_route_is_not_under_every_scheme():
    assert "jwt" in PUBLISHED["paths"]["/verify/"]["post"]["description"]
    assert "opaque" not in PUBLISHED["paths"]["/verify/"]["post"]["description"]


def routes_below(prefix, patterns):
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        yield from routes_below(route, pattern.url_patterns) if hasattr(pattern, "url_patterns") else [route]


def test_schema_describes_each_credential():
    credentials = PUBLISHED["components"]["securitySchemes"]
    cookies = {scheme.name: scheme.cookies[0] for scheme in schemes() if scheme.described and scheme.cookies}
    assert set(credentials) == {*cookies, "csrf", "bearer"}
    for name, cookie in cookies.items():
        assert (credentials[name]["in"], credentials[name]["name"]) == ("cookie", cookie)
    assert (credentials["csrf"]["in"], credentials["csrf"]["name"]) == ("header", "X-CSRFToken")
    assert (credentials["bearer"]["type"], credentials["bearer"]["scheme"]) == ("http", "bearer")


def test_cart_takes_the_credential_of_any_scheme():
    cart = PUBLISHED["paths"]["/cart/"]
    assert {"session": []} in cart["get"]["security"]
    assert {"session": [], "csrf": []} in cart["delete"]["security"]
    assert {"bearer": []} in cart["delete"]["security"]


def test_statuses_are_the_same_everywhere():
    def statuses(path):
        return {method: list(operation["responses"]) for method, operation in DESCRIPTION["paths"][path].items()}

    shared = [path for path in DESCRIPTION["paths"] if path.replace("/jwt/", "/session/") in DESCRIPTION["paths"]]
    for path in shared:
        assert statuses(path) == statuses(path.replace("/jwt/", "/session/"))
        assert statuses(path) == statuses(path.replace("/jwt/", "/jwt-checked/"))


def test_docs_load_from_this_server_only(client):
    page = client.get("/api/docs/").content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 4
    assert all(re.match(r"/[^/]", address) for address in addresses)
    assert "<style" not in page
    assert not re.search(r"<script>|style=|\son\w+=", page)
