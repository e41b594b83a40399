"""Every route, with every method, for everyone: one table, the same under each scheme."""

import re

import pytest
from django.urls import get_resolver

from tests.clients import CLIENTS

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
OPEN_TO_ALL = ("login/", "logout/")
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


def expected(route, method, who):
    """Return the body to send and the status to expect."""
    if method in TABLE[route]:
        body, *statuses = TABLE[route][method]
        return body, statuses[("anonymous", "customer", "manager").index(who)]
    if who == "anonymous" and route not in OPEN_TO_ALL:
        return None, 401
    # Who may not use a route does not learn its methods either.
    return None, 403 if who == "customer" and route in ("products/1/", "users/1/") else 405


@pytest.mark.parametrize("who", ["anonymous", "customer", "manager"])
@pytest.mark.parametrize("route", TABLE)
def test_route_answers_as_in_the_table(new_user, logged_in, anonymous, stocked, route, who):
    client = anonymous if who == "anonymous" else logged_in(new_user("ada", role=who))
    ids = stocked(client)
    thing = "user" if "users" in route else "order" if "orders" in route else "product"
    for method in METHODS:
        body, status = expected(route, method, who)
        if body and "product" in body:
            body = {**body, "product": ids["product"]}
        response = client.request(method, route.replace("/1/", f"/{ids[thing]}/"), body)
        assert (method, response.status_code) == (method, status)
        if status in CODES:
            assert response.json()["code"] in CODES[status]
            assert set(response.json()) == {"detail", "code"}


def test_table_has_every_shared_route():
    mounted = {
        scheme: {str(route.pattern) for route in patterns} for scheme, patterns in routes_of_each_scheme().items()
    }
    shared = set.intersection(*mounted.values())
    assert {re.sub("<[^>]+>", "1", route) for route in shared} == {re.sub(NOBODYS, "1", route) for route in TABLE}
    assert mounted["session"] - shared == {"csrf/"}
    assert mounted["jwt"] == mounted["jwt-checked"]
    assert mounted["jwt"] - shared == {"refresh/", "verify/", "delegate/", "revoke/"}


def routes_of_each_scheme():
    mounts = get_resolver().url_patterns
    return {mount.namespace: mount.url_patterns for mount in mounts if getattr(mount, "namespace", None) in CLIENTS}


def test_each_view_has_one_authenticator():
    for patterns in routes_of_each_scheme().values():
        for route in patterns:
            assert len(route.callback.initkwargs["authentication_classes"]) == 1
            assert route.callback.initkwargs["permission_classes"]
