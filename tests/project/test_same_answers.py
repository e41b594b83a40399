"""The schemes answer alike, byte for byte, where the design says so."""

import pytest

from shop.models import Order, OrderLine
from tests.clients import client_of
from tests.schemes import described_schemes


@pytest.fixture
def clients(new_user):
    """One client a scheme, all logged in as the same user."""
    user, clients = new_user(), [client_of(scheme) for scheme in described_schemes()]
    for number, client in enumerate(clients):
        client.come_from(f"192.0.2.{number}")  # so that failed logins lock nobody out
        client.log_in(user)
    return clients


@pytest.fixture
def history(clients, new_product):
    """Twenty-one orders, and a cart with two lines of which one cannot be had any more."""
    pears, apples = new_product("Pears", stock=1000), new_product("Apples", stock=30)
    orders = Order.objects.bulk_create([Order(user=clients[0].user) for _ in range(21)])
    line = {"product": pears, "name": pears.name, "unit_price": pears.price, "quantity": 1}
    OrderLine.objects.bulk_create([OrderLine(order=order, **line) for order in orders])
    clients[0].add(pears, 2)
    clients[0].add(apples, 3)
    return {"pears": pears.id, "order": clients[0].get("orders/").json()["results"][0]["id"]}


REQUESTS = [
    ("GET", "cart/", None),
    ("GET", "orders/{order}/", None),
    ("GET", "orders/424242/", None),
    ("GET", "orders/?page=77", None),
    ("POST", "cart/items/", {"product": 424242, "quantity": 1}),
    ("POST", "cart/items/", {"product": 1, "quantity": "many", "colour": "red"}),
    ("POST", "cart/items/", "{"),
    ("PUT", "cart/items/{pears}/", {"quantity": 99}),
    ("PUT", "cart/items/424242/", {"quantity": 1}),
    ("DELETE", "cart/items/424242/", None),
    ("PATCH", "products/{pears}/", {"stock": 1}),
    ("DELETE", "users/1/", None),
    ("POST", "orders/", {"colour": "red"}),
    ("POST", "login/", {"username": "ada", "password": "wrong"}),
    ("POST", "login/", {}),
    ("PATCH", "cart/", None),
    ("GET", "nowhere/", None),
]


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_same_request_same_answer(clients, history, method, path, body):
    if path == "login/":
        clients = [client for client in clients if not client.scheme.stock]
    answers = [client.request(method, path.format(**history), body) for client in clients]
    assert len({answer.status_code for answer in answers}) == 1
    assert len({answer.content for answer in answers}) == 1


def test_order_lists_differ_in_addresses(clients, history):
    for path in ("orders/", "orders/?page=2"):
        pages = [client.get(path).content.decode().replace(client.mount, "/api/") for client in clients]
        assert len(set(pages)) == 1


def test_order_is_replayed_everywhere(clients, product):
    clients[0].add(product)
    answers = [client.post("orders/", {}, **{"Idempotency-Key": "k-1"}) for client in clients]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
