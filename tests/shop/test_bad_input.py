"""Input that is not what it must be: each case gets its named error and changes nothing."""

import json

import pytest

from shop.models import CartItem

NOT_A_QUANTITY = ["3", 1.0, 1.5, True, None, [], {}, 0, -1, 100, 10**400]


@pytest.mark.parametrize("quantity", NOT_A_QUANTITY, ids=repr)
def test_quantity_is_an_integer_to_99(shopper, product, quantity):
    shopper.add(product, 5)
    added = shopper.post("cart/items/", {"product": product.id, "quantity": quantity})
    changed = shopper.put(f"cart/items/{product.id}/", {"quantity": quantity})
    for response in (added, changed):
        assert response.status_code == 400
        assert list(response.json()) in (["quantity"], ["detail", "code"])
    assert CartItem.objects.get().quantity == 5


@pytest.mark.parametrize("product_id", ["1", 1.0, True, None, [1], 0, -1, 2**63, 10**30], ids=repr)
def test_product_is_an_integer(shopper, product_id):
    response = shopper.post("cart/items/", {"product": product_id, "quantity": 1})
    assert response.status_code == 400
    assert list(response.json()) == ["product"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, ["product", "quantity"]),
        ({"quantity": 1}, ["product"]),
        ({"product": 1, "quantity": 1, "colour": "red"}, ["colour"]),
        ({"product": 1, "quantity": 0, "colour": "red", "size": 2}, ["colour", "quantity", "size"]),
    ],
)
def test_wrong_keys_are_named(shopper, body, named):
    response = shopper.post("cart/items/", body)
    assert response.status_code == 400
    assert sorted(response.json()) == named


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ('{"product": 1, "product": 2, "quantity": 1}', "duplicate key 'product'"),
        ('{"product": 1, "quantity": NaN}', "NaN"),
        ('{"product": 1, "quantity": -Infinity}', "-Infinity"),
        ("{'product': 1}", "JSON"),
        ('{"product": 1,', "JSON"),
        ("[" * 30_000, "nested"),
        ('{"a":' * 100 + "1" + "}" * 100, "nested"),
        (b'\xff\xfe{"product": 1}', "JSON"),
        (b'\xef\xbb\xbf{"product": 1}', "BOM"),
        ("1" * 5000, "JSON"),
        ('{"\\ud800": 1}', "JSON"),
        ('{"product": "\\ud800", "quantity": 1}', "JSON"),
        ('\\"' * 32_000, "JSON"),
        ('"' + '\\"' * 30_000, "JSON"),
        (json.dumps({str(number): 1 for number in range(5000)})[:-1] + ', "1": 1}', "duplicate key '1'"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_bad_json_is_a_parse_error(shopper, body, because):
    response = shopper.post("cart/items/", body)
    assert response.status_code == 400
    assert response.json()["code"] == "parse_error"
    assert because in response.json()["detail"]


@pytest.mark.parametrize("body", ["[]", '"text"', "3", "true", "null"])
def test_body_must_be_an_object(shopper, body):
    response = shopper.post("cart/items/", body)
    assert response.status_code == 400
    assert "code" in response.json() or set(response.json()) == {"product", "quantity"}


def test_body_needs_a_length(shopper, product):
    shopper.add(product)
    response = shopper.post("orders/", **{"Transfer-Encoding": "chunked"})
    assert response.status_code == 411
    assert response.json()["code"] == "length_required"
    assert shopper.cart()["count"] == 1


@pytest.mark.parametrize("path", ["cart/items/", "orders/", "logout/", "login/"])
def test_body_over_64_kb_is_too_large(shopper, path):
    response = shopper.post(path, json.dumps({"product": "x" * 65_536}))
    assert response.status_code == 413
    assert response.json()["code"] == "payload_too_large"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "*/*"]
)
def test_only_json_is_accepted(shopper, content_type):
    response = shopper.http.post(
        f"{shopper.mount}cart/items/",
        b"product=1&quantity=1",
        content_type=content_type,
        headers=shopper.credential("POST"),
    )
    assert response.status_code in (400, 415)
    assert not CartItem.objects.exists()


@pytest.mark.parametrize("price", ["1", "1.5", "1.234", "-1.00", "1e2", "01.00", "1000000.00", 1.5, 2, True, None, ""])
def test_price_is_a_decimal_string(manager, product, price):
    response = manager.patch(f"products/{product.id}/", {"price": price, "stock": 3})
    assert response.status_code == 400
    assert list(response.json()) == ["price"]
    product.refresh_from_db()
    assert product.stock == 1000


@pytest.mark.parametrize("stock", ["3", 1.0, True, None, -1, 1_000_001])
def test_stock_is_an_integer_to_a_million(manager, product, stock):
    response = manager.patch(f"products/{product.id}/", {"stock": stock})
    assert response.status_code == 400
    assert list(response.json()) == ["stock"]


def test_unexpected_body_is_refused(shopper):
    response = shopper.post("orders/", {"colour": "red"})
    assert response.status_code == 400
    assert response.json() == {"colour": ["Unknown field."]}
