"""Checking out and reading orders, as every scheme serves it."""

import pytest

from shop.models import Order, Product


@pytest.fixture
def full_cart(shopper, new_product):
    """A shopper with two bananas and one guitar in the cart."""
    shopper.add(new_product("Bananas", "0.25", stock=10), 2)
    shopper.add(new_product("Guitar", "129.00", stock=1), 1)
    return shopper


def test_checking_out_turns_the_cart_into_an_order(full_cart):
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


def test_checking_out_takes_from_the_stock(full_cart):
    full_cart.post("orders/")
    assert dict(Product.objects.values_list("name", "stock")) == {"Bananas": 8, "Guitar": 0}


def test_an_empty_cart_cannot_be_checked_out(shopper):
    response = shopper.post("orders/")
    assert response.status_code == 409
    assert response.json()["code"] == "empty_cart"


def test_a_check_out_that_cannot_be_filled_changes_nothing(full_cart):
    Product.objects.filter(name="Guitar").update(stock=0)
    response = full_cart.post("orders/")
    assert response.status_code == 409
    assert response.json() == {"detail": "None left of: Guitar.", "code": "not_enough_stock"}
    assert full_cart.cart()["count"] == 3
    assert Product.objects.get(name="Bananas").stock == 10
    assert not Order.objects.exists()


def test_a_product_taken_off_the_shelf_cannot_be_checked_out(full_cart):
    Product.objects.filter(name="Guitar").update(active=False)
    assert full_cart.post("orders/").json()["code"] == "not_enough_stock"


def test_an_order_keeps_the_name_and_price_of_its_moment(full_cart):
    order = full_cart.post("orders/").json()
    Product.objects.filter(name="Guitar").update(name="Lute", price="1.00")
    assert full_cart.get(f"orders/{order['id']}/").json() == order


def test_orders_come_newest_first_and_in_pages_of_20(shopper, product):
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


def test_another_users_order_is_not_found(full_cart, logged_in, new_user):
    order = full_cart.post("orders/").json()
    other = logged_in(new_user("bela"))
    assert other.get(f"orders/{order['id']}/").status_code == 404
    assert other.get(f"orders/{order['id']}/").content == other.get("orders/424242/").content
    assert other.get("orders/").json()["results"] == []


def test_the_same_idempotency_key_buys_nothing_new(full_cart, product):
    first = full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    full_cart.add(product)
    again = full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    assert again.status_code == 201
    assert again.content == first.content
    assert full_cart.cart()["count"] == 1


def test_an_idempotency_key_with_another_body_is_refused(full_cart):
    full_cart.post("orders/", {}, **{"Idempotency-Key": "k-1"})
    response = full_cart.post("orders/", {"gift": True}, **{"Idempotency-Key": "k-1"})
    assert response.status_code == 422
    assert response.json()["code"] == "idempotency_key_reused"


def test_an_idempotency_key_belongs_to_its_user(full_cart, logged_in, new_user, product):
    full_cart.post("orders/", **{"Idempotency-Key": "k-1"})
    other = logged_in(new_user("bela"))
    other.add(product)
    assert other.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 201
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "zwölf", "two words"])
def test_an_unusable_idempotency_key_is_named(full_cart, key):
    response = full_cart.post("orders/", **{"Idempotency-Key": key})
    assert response.status_code == 400
    assert list(response.json()) == ["Idempotency-Key"]
    assert full_cart.cart()["count"] == 3


def test_a_refused_check_out_does_not_use_up_its_key(shopper, product):
    assert shopper.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 409
    shopper.add(product)
    assert shopper.post("orders/", **{"Idempotency-Key": "k-1"}).status_code == 201
