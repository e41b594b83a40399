"""The cart, as every scheme serves it."""

import pytest

from shop.models import CartItem


def test_a_new_cart_is_empty(shopper):
    assert shopper.cart() == {"items": [], "count": 0, "total": "0.00"}


def test_adding_a_product_answers_with_the_whole_cart(shopper, product):
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


def test_adding_the_same_product_twice_adds_up(shopper, product):
    shopper.add(product, 2)
    cart = shopper.add(product, 3).json()
    assert [item["quantity"] for item in cart["items"]] == [5]


def test_lines_stay_in_the_order_in_which_they_came(shopper, new_product):
    for name in ("Pears", "Apples", "Quinces"):
        shopper.add(new_product(name))
    assert [item["product"]["name"] for item in shopper.cart()["items"]] == ["Pears", "Apples", "Quinces"]


def test_setting_a_quantity_answers_with_the_whole_cart(shopper, product):
    shopper.add(product, 2)
    response = shopper.put(f"cart/items/{product.id}/", {"quantity": 7})
    assert response.status_code == 200
    assert response.json()["count"] == 7


def test_removing_a_line_leaves_the_others(shopper, new_product):
    pears, apples = new_product("Pears"), new_product("Apples")
    shopper.add(pears)
    shopper.add(apples)
    assert shopper.delete(f"cart/items/{pears.id}/").status_code == 204
    assert [item["product"]["id"] for item in shopper.cart()["items"]] == [apples.id]


def test_emptying_the_cart_removes_all_lines(shopper, product):
    shopper.add(product)
    assert shopper.delete("cart/").status_code == 204
    assert shopper.cart()["items"] == []


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_product_that_is_not_in_the_cart_is_not_found(shopper, product, method):
    body = {"body": {"quantity": 1}} if method == "put" else {}
    response = getattr(shopper, method)(f"cart/items/{product.id}/", **body)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("product_id", [0, 424242, 2**63, 10**30])
def test_a_product_that_does_not_exist_is_not_found(shopper, product_id):
    assert shopper.put(f"cart/items/{product_id}/", {"quantity": 1}).status_code == 404
    assert shopper.delete(f"cart/items/{product_id}/").status_code == 404


def test_adding_a_product_that_does_not_exist_is_not_found(shopper):
    assert shopper.post("cart/items/", {"product": 424242, "quantity": 1}).status_code == 404


def test_a_product_taken_off_the_shelf_cannot_be_added(shopper, new_product):
    assert shopper.add(new_product(active=False)).status_code == 404


def test_one_product_fills_at_most_99_places(shopper, product):
    shopper.add(product, 90)
    response = shopper.add(product, 10)
    assert response.status_code == 409
    assert response.json() == {"detail": "A cart holds at most 99 of one product.", "code": "quantity_limit"}
    assert shopper.cart()["count"] == 90


def test_more_than_the_shop_has_cannot_be_added(shopper, new_product):
    scarce = new_product("Ticket", stock=3)
    assert shopper.add(scarce, 4).status_code == 409
    shopper.add(scarce, 2)
    response = shopper.add(scarce, 2)
    assert response.json() == {"detail": "Only 3 left of: Ticket.", "code": "not_enough_stock"}
    assert shopper.cart()["count"] == 2


def test_a_quantity_cannot_be_set_beyond_what_the_shop_has(shopper, new_product):
    scarce = new_product("Ticket", stock=3)
    shopper.add(scarce)
    assert shopper.put(f"cart/items/{scarce.id}/", {"quantity": 4}).json()["code"] == "not_enough_stock"
    assert shopper.cart()["count"] == 1


def test_a_cart_belongs_to_one_user_alone(shopper, logged_in, new_user, product):
    shopper.add(product, 2)
    other = logged_in(new_user("bela"))
    assert other.cart()["items"] == []
    assert other.put(f"cart/items/{product.id}/", {"quantity": 1}).status_code == 404
    assert other.delete(f"cart/items/{product.id}/").status_code == 404
    other.delete("cart/")
    assert shopper.cart()["count"] == 2


def test_both_schemes_serve_the_same_cart(new_user, product):
    from tests.clients import JwtClient, SessionClient

    user, by_cookie, by_token = new_user(), SessionClient(), JwtClient()
    by_cookie.log_in(user)
    by_token.log_in(user)
    by_cookie.add(product, 2)
    by_token.add(product, 3)
    assert by_cookie.get("cart/").content == by_token.get("cart/").content
    assert CartItem.objects.get().quantity == 5
