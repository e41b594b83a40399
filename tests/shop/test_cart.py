"""The cart, as every scheme serves it."""

import pytest

from shop.models import CartItem
from tests.clients import client_of
from tests.schemes import described_schemes


def test_new_cart_is_empty(shopper):
    assert shopper.cart() == {"items": [], "count": 0, "total": "0.00"}


def test_add_returns_the_cart(shopper, product):
    response = shopper.post("cart/items/", {"product": product.id, "quantity": 3})
    assert response.status_code == 201
    assert response.json() == {
        "items": [
            {
                "product": {"id": product.id, "name": "Bananas", "price": "0.25", "emoji": "🍌", "stock": 1000},
                "quantity": 3,
                "subtotal": "0.75",
            }
        ],
        "count": 3,
        "total": "0.75",
    }
    assert shopper.cart() == response.json()


def test_it_adds_up_quantities(shopper, product):
    shopper.add(product, 2)
    cart = shopper.add(product, 3).json()
    assert [item["quantity"] for item in cart["items"]] == [5]


def test_lines_keep_their_order(shopper, new_product):
    for name in ("Pears", "Apples", "Quinces"):
        shopper.add(new_product(name))
    assert [item["product"]["name"] for item in shopper.cart()["items"]] == ["Pears", "Apples", "Quinces"]


def test_set_quantity_returns_the_cart(shopper, product):
    shopper.add(product, 2)
    response = shopper.put(f"cart/items/{product.id}/", {"quantity": 7})
    assert response.status_code == 200
    assert response.json()["count"] == 7


def test_it_removes_one_line(shopper, new_product):
    pears, apples = new_product("Pears"), new_product("Apples")
    shopper.add(pears)
    shopper.add(apples)
    assert shopper.delete(f"cart/items/{pears.id}/").status_code == 204
    assert [item["product"]["id"] for item in shopper.cart()["items"]] == [apples.id]


def test_it_removes_all_lines(shopper, product):
    shopper.add(product)
    assert shopper.delete("cart/").status_code == 204
    assert shopper.cart()["items"] == []


@pytest.mark.parametrize("method", ["put", "delete"])
def test_product_not_in_cart_is_404(shopper, product, method):
    body = {"body": {"quantity": 1}} if method == "put" else {}
    response = getattr(shopper, method)(f"cart/items/{product.id}/", **body)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("product_id", [0, 424242, 2**63, 10**30])
def test_unknown_product_is_404(shopper, product_id):
    assert shopper.put(f"cart/items/{product_id}/", {"quantity": 1}).status_code == 404
    assert shopper.delete(f"cart/items/{product_id}/").status_code == 404


def test_adding_unknown_product_is_404(shopper):
    assert shopper.post("cart/items/", {"product": 424242, "quantity": 1}).status_code == 404


def test_inactive_product_is_404(shopper, new_product):
    assert shopper.add(new_product(active=False)).status_code == 404


def test_line_holds_at_most_99(shopper, product):
    shopper.add(product, 90)
    response = shopper.add(product, 10)
    assert response.status_code == 409
    assert response.json() == {"detail": "A cart holds at most 99 of one product.", "code": "quantity_limit"}
    assert shopper.cart()["count"] == 90


def test_add_stops_at_the_stock(shopper, new_product):
    scarce = new_product("Ticket", stock=3)
    assert shopper.add(scarce, 4).status_code == 409
    shopper.add(scarce, 2)
    response = shopper.add(scarce, 2)
    assert response.json() == {"detail": "Only 3 left of: Ticket.", "code": "not_enough_stock"}
    assert shopper.cart()["count"] == 2


def test_set_quantity_stops_at_the_stock(shopper, new_product):
    scarce = new_product("Ticket", stock=3)
    shopper.add(scarce)
    assert shopper.put(f"cart/items/{scarce.id}/", {"quantity": 4}).json()["code"] == "not_enough_stock"
    assert shopper.cart()["count"] == 1


def test_cart_has_one_owner(shopper, logged_in, new_user, product):
    shopper.add(product, 2)
    other = logged_in(new_user("bela"))
    assert other.cart()["items"] == []
    assert other.put(f"cart/items/{product.id}/", {"quantity": 1}).status_code == 404
    assert other.delete(f"cart/items/{product.id}/").status_code == 404
    other.delete("cart/")
    assert shopper.cart()["count"] == 2


def test_all_schemes_share_a_cart(new_user, product):
    user, clients = new_user(), [client_of(scheme) for scheme in described_schemes()]
    for client in clients:
        client.log_in(user)
        client.add(product, 2)
    assert len({client.get("cart/").content for client in clients}) == 1
    assert CartItem.objects.get().quantity == 2 * len(clients)
