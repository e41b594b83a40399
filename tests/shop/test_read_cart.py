"""One statement reads a cart, and reads what the ORM reads."""

from decimal import Decimal

import pytest

from shop.cart import read_cart
from shop.models import CartItem, Product


@pytest.fixture
def carts(new_user, new_product):
    """Two users' carts, of three lines and of one."""
    ada, bob = new_user(), new_user("bob")
    pears, nuts = new_product("Pears", price="3.00"), new_product('Nuts\' "%s" 🥜', price="0.50", active=False)
    rare = new_product("Rare", price="999999.99", stock=0)
    for user, product, quantity in ((ada, rare, 99), (bob, pears, 5), (ada, pears, 2), (ada, nuts, 3)):
        CartItem.objects.create(user=user, product=product, quantity=quantity)
    return ada, bob


def seen(items):
    names = ("id", "name", "price", "emoji", "available")
    return [([getattr(item.product, name) for name in names], item.quantity, item.subtotal) for item in items]


def test_it_reads_what_the_orm_reads(carts, django_assert_num_queries):
    for user in carts:
        expected = seen(CartItem.objects.filter(user_id=user.id).select_related("product").order_by("id"))
        with django_assert_num_queries(1):
            assert seen(read_cart(user).items) == expected


def test_prices_are_decimals_with_two_places(carts):
    prices = [item.product.price for item in read_cart(carts[0]).items]
    assert [str(price) for price in prices] == ["999999.99", "3.00", "0.50"]
    assert all(type(price) is Decimal for price in prices)


def test_every_price_is_read_exactly(new_user, new_product):
    user, product = new_user(), new_product()
    CartItem.objects.create(user=user, product=product, quantity=1)
    for cents in range(0, 10**8, 10**8 // 97 + 1):
        price = Decimal(cents).scaleb(-2)
        Product.objects.update(price=price)
        assert read_cart(user).items[0].product.price == price


def test_unknown_user_has_an_empty_cart(carts):
    assert read_cart(carts[0].__class__(id=424242)).items == []


def test_what_was_read_cannot_be_changed(carts):
    line = read_cart(carts[0]).items[0]
    for thing, name in ((line, "quantity"), (line.product, "price")):
        with pytest.raises(AttributeError):
            setattr(thing, name, 1)
