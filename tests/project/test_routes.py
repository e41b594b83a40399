"""Every route, with every method, for everyone: one table, the same under each scheme."""

import re

import pytest
from django.urls import get_resolver

from tests.schemes import described_schemes

NOBODYS = "00000000-0000-0000-0000-000000000000"

# route -> method -> (body, status for an anonymous client, a customer, a manager)
TABLE = {
    "login/": {"POST": ({"username": "nobody", "password": "x"}, 401, 401, 401)},
    "logout/": {"POST": (None, 204, 204, 204)},
    "me/": {"GET": (None, 401, 200, 200)},
    "cart/": {"GET": (None, 401, 200, 200), "DELETE": (None, 401, 204, 204)},
    "cart/items/": {"POST": ({"product": 1, "quantity": 1}, 401, 201, 201)},
    "cart/items/1/": {"PUT": ({"quantity": 2}, 401, 200, 200), "DELETE": (None, 401, 204, 204)},
    "orders/": {"GET": (None, 401, 200, 200), "POST": (None, 401, 201, 201)},
    "orders/1/": {"GET": (None, 401, 200, 200)},
    "products/1/": {"PATCH": ({"price": "2.00"}, 401, 403, 200)},
    "sign-ins/": {"GET": (None, 401, 200, 200), "DELETE": (None, 401, 204, 204)},
    f"sign-ins/{NOBODYS}/": {"DELETE": (None, 401, 404, 404)},
    "users/1/": {"DELETE": (None, 401, 403, 204)},
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OPEN = ("login/", "logout/")
CODES = {401: ("not_authenticated", "invalid_credentials"), 403: ("permission_denied",), 405: ("method_not_allowed",)}


@pytest.fixture
def stocked(new_user, new_product):
    """Return ids that fit the table: a product, a cart with it, an order and a user to be closed."""

    def stocked(client):
        product = new_product()
        ids = {"product": product.id, "user": new_user("leaving").id, "order": 0}
        if client.user:
            client.add(product)
            ids["order"] = client.post("orders/").json()["id"]
            client.add(product)
        return ids

    return stocked


# The login and the logout of a library are its own.
ROUTES = [(scheme, route) for scheme in described_schemes() for route in TABLE if not (scheme.stock and route in OPEN)]


def expected(scheme, route, method, who):
    """Return the body to send and the status to expect."""
    if method in TABLE[route]:
        body, *statuses = TABLE[route][method]
        cannot = route.startswith("sign-ins/") and not scheme.lists_sign_ins and who != "anonymous"
        return body, 409 if cannot else statuses[("anonymous", "customer", "manager").index(who)]
    if who == "anonymous" and route not in OPEN:
        return None, 401
    # Who may not use a route does not learn its methods either.
    return None, 403 if who == "customer" and route in ("products/1/", "users/1/") else 405


@pytest.mark.parametrize("who", ["anonymous", "customer", "manager"])
@pytest.mark.parametrize(("scheme", "route"), ROUTES, ids=lambda value: getattr(value, "name", value))
def test_route_answers_as_the_table(new_user, logged_in, anonymous, stocked, scheme, route, who):
    client = anonymous if who == "anonymous" else logged_in(new_user("ada", role=who))
    ids = stocked(client)
    thing = "user" if "users" in route else "order" if "orders" in route else "product"
    for method in METHODS:
        body, status = expected(scheme, route, method, who)
        if body and "product" in body:
            body = {**body, "product": ids["product"]}
        response = client.request(method, route.replace("/1/", f"/{ids[thing]}/"), body)
        assert (method, response.status_code) == (method, status)
        if status in CODES and not (scheme.stock and status == 401):
            assert response.json()["code"] in CODES[status]
            assert set(response.json()) == {"detail", "code"}


def test_table_has_every_shared_route():
    shared = set.intersection(*(routes_of(scheme) for scheme in described_schemes()))
    assert shared == {re.sub(NOBODYS, "1", route) for route in TABLE}


def test_own_routes_follow_the_scheme(scheme):
    expected = {
        "csrf/": scheme.needs_csrf,
        "refresh/": scheme.refreshes,
        "revoke/": scheme.carrier == "header" and (hasattr(scheme, "revoke") or scheme.stock),
        "verify/": scheme.carrier == "header" and scheme.refreshes,
        "delegate/": scheme.carrier == "header" and scheme.refreshes,
    }
    own = routes_of(scheme) - {re.sub(NOBODYS, "1", route) for route in TABLE}
    assert own == {route for route, there in expected.items() if there}


def routes_of(scheme):
    return {re.sub("<[^>]+>", "1", str(route.pattern)) for route in patterns_of(scheme)}


def patterns_of(scheme):
    mounts = get_resolver().url_patterns
    [mount] = [mount for mount in mounts if getattr(mount, "namespace", None) == scheme.name]
    return mount.url_patterns


def test_view_has_one_authenticator(scheme):
    for route in patterns_of(scheme):
        view = route.callback.view_class(**route.callback.initkwargs)
        librarys = scheme.stock and not route.callback.initkwargs  # a view of its own: nobody is authenticated there
        assert list(view.authentication_classes) == ([] if librarys else [type(scheme)])
        assert view.permission_classes or librarys
