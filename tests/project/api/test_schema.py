"""The OpenAPI description is true: schemathesis derives requests from it, good and bad, and checks every answer."""

import re
from operator import attrgetter

import pytest
import schemathesis
from django.db import connection
from django.urls import get_resolver
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from schemathesis.config import SchemathesisConfig
from schemathesis.pytest.lazy import get_all_tests

from accounts.models import User
from accounts.schemes import schemes
from project.api.openapi import OneAtATime
from project.wsgi import application
from shop.models import CartItem, Order
from tests.at_once import at_once
from tests.clients import PASSWORD, client_of, delegating_schemes, described_schemes, one_of_a_kind, own_schemes

DESCRIPTION = SchemaGenerator().get_schema(public=True)
# The same cases on every run, so that none fails by bad luck: those at the limits of each field, and some made up.
GENERATION = {"deterministic": True, "database": "none"}


def paths_of(scheme=None):
    """Return what is described under a scheme, by full address; without one, what belongs to none."""
    found = {}
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            public = operation.get("servers") == [{"url": "/"}]
            _, under, names = operation.get("description", "").partition("Under ")
            if not public and scheme and (not under or scheme.name in names.rstrip(".").split(", ")):
                found.setdefault(f"/api/{scheme.name}{path}", {})[method] = with_own_body(scheme, path, operation)
            if public and scheme is None:
                found.setdefault(path, {})[method] = operation
    return found


def with_own_body(scheme, path, operation):
    """Return an operation with the body that it takes under a scheme, where the description offers a choice."""
    refreshing = "NothingToSay" if scheme.carrier == "cookie" else "Refresh"
    body = {"/logout/": scheme.SignOut.__name__, "/refresh/": refreshing}.get(path)
    if body is None:
        return operation
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
    request = operation["requestBody"] | {"content": content, "required": body == "Refresh"}
    return operation | {"requestBody": request}


def operations():
    """Return (scheme, operation, number of generated examples) for each kind of credential, and for what is public.

    The views are the same under each scheme: the first one gets most of the examples.
    """
    met = set()
    for scheme in [None, *one_of_a_kind()]:
        for path, methods in paths_of(scheme).items():
            for method in methods:
                route = (method, path.removeprefix(f"/api/{scheme.name}" if scheme else ""))
                yield pytest.param(scheme, f"{method.upper()} {path}", 4 if route in met else 10, id=f"{method} {path}")
                met.add(route)


OPERATIONS = list(operations())
MOUNTED = [one for one in OPERATIONS if one.values[0]]


def describe(scheme, **generation):
    """Return the description of a scheme's routes, as schemathesis reads it, of an application in this process."""
    config = SchemathesisConfig.from_dict({"seed": 1, "generation": GENERATION | generation})
    flat = {name: value for name, value in DESCRIPTION.items() if name != "servers"} | {"paths": paths_of(scheme)}
    description = schemathesis.openapi.from_dict(flat, config=config)
    description.app = application
    return description


def send_all(scheme, operation, send, **generation):
    """Call `send` with each case that follows from the description of an operation."""
    method, path = operation.split()
    one = describe(scheme, **generation).include(method=method, path=path)
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


@pytest.fixture(params=own_schemes(), ids=attrgetter("name"))
def scheme(request):
    return request.param


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
@pytest.mark.parametrize(("scheme", "operation", "examples"), OPERATIONS)
def test_anonymous_answers_fit(number_one, scheme, operation, examples):
    def send(case):
        case.call_and_validate()

    send_all(scheme, operation, send, **{"max-examples": examples})


@pytest.mark.fuzz
@pytest.mark.parametrize(("scheme", "operation", "examples"), MOUNTED)
def test_manager_answers_fit(number_one, scheme, operation, examples):
    client = client_of(scheme)
    client.log_in(number_one)

    def send(case):
        if "logout" in operation:
            client.log_in(number_one)
        case.call_and_validate(**credential(client, case.method))

    send_all(scheme, operation, send, **{"max-examples": examples, "with-security-parameters": False})


# What made up requests cannot reach, because it takes the right password, token or moment.


@pytest.fixture
def ask(scheme, new_product, new_user):
    """Return a function that sends one request as a customer and checks the answer; `.client` is what it sends as."""
    new_product(id=1, stock=99)
    new_user("ada")
    description = describe(scheme)

    def ask(status, method, route, body=None, headers=None, **path):
        operation = description[f"/api/{scheme.name}/{route}"][method]
        given = {"body": body, "media_type": "application/json"} if body is not None else {}
        carried = credential(ask.client, method)
        response = operation.Case(path_parameters=path, **given).call_and_validate(
            headers=carried["headers"] | (headers or {}), cookies=carried["cookies"]
        )
        assert response.status_code == status
        return response.json() if response.content else None

    ask.client = client_of(scheme)
    return ask


def test_visit_fits(ask):
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


@pytest.mark.parametrize("scheme", delegating_schemes(), ids=attrgetter("name"))
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


def test_it_is_written_once_at_a_time():
    writing, most = [], []

    class Watched(OneAtATime):
        def parse(self, *args):
            writing.append(self)
            most.append(len(writing))
            try:
                return super().parse(*args)
            finally:
                writing.pop()

    answers = at_once(*[lambda: Watched().get_schema(public=True)] * 3)
    assert answers == [DESCRIPTION] * 3
    assert most == [1, 1, 1]


def test_schema_names_every_route():
    routes = {re.sub(r"<\w+:(\w+)>", r"{\1}", route) for route in routes_below("/", get_resolver().url_patterns)}
    hidden = tuple(f"/api/{scheme.name}/" for scheme in schemes() if not scheme.described)
    in_the_api = {route for route in routes if route.startswith(("/api/", "/.well-known/"))}
    named = set().union(*map(paths_of, [None, *described_schemes()]))
    assert {route for route in in_the_api if not route.startswith(hidden)} - {"/api/schema/", "/api/docs/"} == named


def routes_below(prefix, patterns):
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        yield from routes_below(route, pattern.url_patterns) if hasattr(pattern, "url_patterns") else [route]


def test_schema_has_one_server():
    [server] = DESCRIPTION["servers"]
    assert server["url"] == "/api/{scheme}"
    assert server["variables"]["scheme"]["enum"] == [scheme.name for scheme in described_schemes()]
    assert DESCRIPTION["paths"]["/api/products/"]["get"]["servers"] == [{"url": "/"}]


def test_schema_says_where_verify_is():
    verifying = [scheme.name for scheme in described_schemes() if scheme.carrier == "header" and scheme.refreshes]
    assert DESCRIPTION["paths"]["/verify/"]["post"]["description"] == f"Under {', '.join(verifying)}."


def test_schema_describes_credentials():
    credentials = DESCRIPTION["components"]["securitySchemes"]
    cookies = {scheme.name: scheme.cookies[0] for scheme in described_schemes() if scheme.carrier == "cookie"}
    assert set(credentials) == {*cookies, "csrf", "bearer"}
    for name, cookie in cookies.items():
        assert (credentials[name]["in"], credentials[name]["name"]) == ("cookie", cookie)
    assert (credentials["csrf"]["in"], credentials["csrf"]["name"]) == ("header", "X-CSRFToken")
    assert (credentials["bearer"]["type"], credentials["bearer"]["scheme"]) == ("http", "bearer")


def test_cart_takes_each_credential(scheme):
    name = scheme.name if scheme.carrier == "cookie" else "bearer"
    cart = DESCRIPTION["paths"]["/cart/"]
    assert {name: []} in cart["get"]["security"]
    assert {name: []} | ({"csrf": []} if scheme.needs_csrf else {}) in cart["delete"]["security"]
    assert {} not in cart["get"]["security"] + cart["delete"]["security"]


def test_docs_need_this_server_only(client):
    page = client.get("/api/docs/").content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 4
    assert all(re.match(r"/[^/]", address) for address in addresses)
    assert "<style" not in page
    assert not re.search(r"<script>|style=|\son\w+=", page)
