"""What must always be true, whatever runs at the same time: on a real database, through the API, under all schemes."""

import copy
from collections import Counter
from itertools import cycle, islice

import pytest

from shop.models import CartItem, Order, OrderLine, Product
from tests.at_once import ROUNDS, at_once
from tests.clients import client_of
from tests.schemes import described_schemes

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clients_of():
    """Return a function that logs a user in under each scheme and hands out `n` clients, one scheme after the other."""

    def clients_of(user, n):
        logged_in = []
        for client in map(client_of, described_schemes()):
            assert client.log_in(user).status_code == 200
            client.credential("POST")
            logged_in.append(client)
        return [copy.copy(client) for client in islice(cycle(logged_in), n)]

    return clients_of


def statuses(responses):
    return Counter(response.status_code for response in responses)


def test_200_adds_lose_nothing(clients_of, new_user, product):
    clients = clients_of(new_user(), 200)
    found = statuses(at_once(*[lambda c=client: c.add(product) for client in clients]))
    assert found == {201: 99, 409: 101}  # a line holds 99
    assert CartItem.objects.get().quantity == 99


def test_50_first_adds_make_one_line(clients_of, new_user, product):
    for name in ("ada", "bela", "cleo"):
        user = new_user(name)
        found = statuses(at_once(*[lambda c=client: c.add(product) for client in clients_of(user, 50)]))
        assert found == {201: 50}
        assert CartItem.objects.get(user=user).quantity == 50


def test_20_buyers_and_one_last_piece(clients_of, new_user, new_product):
    buyers = [clients_of(new_user(f"buyer{number}"), 20)[number] for number in range(20)]
    for round_number in range(ROUNDS):
        last = new_product(f"Last of round {round_number}", stock=1)
        for buyer in buyers:
            assert buyer.add(last).status_code == 201
        found = statuses(at_once(*[lambda b=buyer: b.post("orders/") for buyer in buyers]))
        assert found == {201: 1, 409: 19}
        assert Product.objects.get(id=last.id).stock == 0
        for buyer in buyers:
            buyer.delete("cart/")


def test_50_check_outs_make_one_order(clients_of, new_user, product):
    clients = clients_of(new_user(), 50)
    clients[0].add(product, 3)
    found = statuses(at_once(*[lambda c=client: c.post("orders/") for client in clients]))
    assert found == {201: 1, 409: 49}
    assert Product.objects.get(id=product.id).stock == 997


def test_one_key_makes_one_order(clients_of, new_user, product):
    clients = clients_of(new_user(), 30)
    clients[0].add(product, 3)
    key = {"Idempotency-Key": "k-1"}
    responses = at_once(*[lambda c=client: c.post("orders/", {}, **key) for client in clients])
    assert set(statuses(responses)) <= {201, 409}
    orders = {response.content for response in responses if response.status_code == 201}
    assert len(orders) == 1
    assert Order.objects.count() == 1


def test_adds_during_check_out_are_kept(clients_of, new_user, product):
    for round_number in range(5):
        user = new_user(f"user{round_number}")
        clients = clients_of(user, 20)
        clients[0].add(product)
        calls = [lambda c=client: c.add(product) for client in clients[1:]]
        calls.insert(10, lambda c=clients[0]: c.post("orders/"))
        found = statuses(at_once(*calls))
        assert found == {201: 20}
        bought = OrderLine.objects.get(order__user=user).quantity
        left = sum(CartItem.objects.filter(user=user).values_list("quantity", flat=True))
        assert bought + left == 20


def test_emptying_during_check_out(clients_of, new_user, new_product):
    products = [new_product(name, stock=500) for name in "abcdefgh"]
    user = new_user()
    clients = clients_of(user, 8)
    for _ in range(5):
        for item in reversed(products):
            clients[0].add(item)
        calls = [lambda c=c, n=n: c.delete("cart/") if n % 2 else c.post("orders/") for n, c in enumerate(clients)]
        assert set(statuses(at_once(*calls))) <= {201, 204, 409}
        assert not CartItem.objects.exists()


def test_opposite_carts_do_not_deadlock(clients_of, new_user, new_product):
    products = [new_product(name, stock=500) for name in ("Pears", "Apples", "Quinces")]
    buyers = [clients_of(new_user(f"buyer{number}"), 1)[0] for number in range(10)]
    for number, buyer in enumerate(buyers):
        for item in products if number % 2 else reversed(products):
            assert buyer.add(item).status_code == 201
    assert statuses(at_once(*[lambda b=buyer: b.post("orders/") for buyer in buyers])) == {201: 10}
    assert set(Product.objects.values_list("stock", flat=True)) == {490}
