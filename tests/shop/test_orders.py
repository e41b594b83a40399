"""Checking out and reading orders, as every scheme serves it."""

import pytest

from shop.models import Order, Product


@pytest.fixture
def full_cart(shopper, new_product):
    """A shopper with two bananas and one guitar in the cart."""
    shopper.add(new_product("Bananas", "0.25", stock=10), 2)
    shopper.add(new_product("Guitar", "129.00", stock=1), 1)
    return shopper


def test_check_out_makes_an_order(full_cart):
    response = full_cart.post("orders/")
    assert response.status_code == 201
    order = response.json()
    assert order["total"] == "129.50"
    assert [(line["name"], line["unit_price"], line["quantity"]) for line in order["lines"]] == [
        ("Bananas", "0.25", 2),
        ("Guitar", "129.00", 1),
    ]
    assert full_cart.cart()["items"] == []
    assert full_cart.get(f"orders/{order['id']}/").json() == order


def test_check_out_takes_from_stock(full_cart):
    full_cart.post("orders/")
    assert dict(Product.objects.values_list("name", "stock")) == {"Bananas": 8, "Guitar": 0}


def test_empty_cart_is_a_conflict(shopper):
    response = shopper.post("orders/")
    assert response.status_code == 409
    assert response.json()["code"] == "empty_cart"


def test_failed_check_out_changes_nothing(full_cart):
    Product.objects.filter(name="Guitar").update(stock=0)
    response = full_cart.post("orders/")
    assert response.status_code == 409
    assert response.json() == {"detail": "None left of: Guitar.", "code": "not_enough_stock"}
    assert full_cart.cart()["count"] == 3
    assert Product.objects.get(name="Bananas").stock == 10
    assert not Order.objects.exists()


def test_inactive_product_is_not_sold(full_cart):
    Product.objects.filter(name="Guitar").update(active=False)
    assert full_cart.post("orders/").json()["code"] == "not_enough_stock"


def test_order_keeps_name_and_price(full_cart):
    order = full_cart.post("orders/").json()
    Product.objects.filter(name="Guitar").update(name="Lute", price="1.00")
    assert full_cart.get(f"orders/{order['id']}/").json() == order


def test_list_is_newest_first_and_paged(shopper, product):
    ids = []
    for _ in range(21):
        shopper.add(product)
        ids.append(shopper.post("orders/").json()["id"])
    first = shopper.get("orders/").json()
    assert first["count"] == 21
    assert [order["id"] for order in first["results"]] == ids[:0:-1]
    second = shopper.get("orders/?page=2").json()
    assert [order["id"] for order in second["results"]] == ids[:1]
    assert second["next"] is None
    assert shopper.get("orders/?page=3").status_code == 404


def test_other_users_order_is_404(full_cart, logged_in, new_user):
    order = full_cart.post("orders/").json()
    other = logged_in(new_user("bela"))
    assert other.get(f"orders/{order['id']}/").status_code == 404
    assert other.get(f"orders/{order['id']}/").content == other.get("orders/424242/").content
    assert other.get("orders/").json()["results"] == []


def test_same_key_makes_no_new_order(full_cart, product):
    first = full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    full_cart.add(product)
    again = full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    assert again.status_code == 201
    assert again.content == first.content
    assert full_cart.cart()["count"] == 1


def test_key_with_other_body_is_refused(full_cart):
    full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    response = full_cart.post("orders/", {"gift": True}, **{"Idempotency-Key": "k-1"})
    assert response.status_code == 422
    assert response.json()["code"] == "idempotency_key_reused"


def test_key_belongs_to_its_user(full_cart, logged_in, new_user, product):
    full_cart.post("orders/", **{"Idempotency-Key": "k-1"})
    other = logged_in(new_user("bela"))
    other.add(product)
    assert other.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 201
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "zwölf", "two words"])
def test_invalid_key_is_rejected(full_cart, key):
    response = full_cart.post("orders/", **{"Idempotency-Key": key})
    assert response.status_code == 400
    assert list(response.json()) == ["Idempotency-Key"]
    assert full_cart.cart()["count"] == 3


def test_failed_check_out_keeps_its_key(shopper, product):
    assert shopper.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 409
    shopper.add(product)
    assert shopper.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 201
