"""Queries that are compiled once give what the ORM gives."""

from functools import partial

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Grant, User
from project.prepared import Prepared
from shop.cart import lines_of
from shop.models import CartItem, Product
from tests.at_once import at_once

products = Prepared(
    lambda stock, name: Product.objects.filter(Q(name=name) | Q(stock__gt=stock), active=True).order_by("id"),
    Product._meta.get_field("stock"),
    Product._meta.get_field("name"),
)


@pytest.fixture
def carts(new_user, new_product):
    """Two users' carts, of two lines and of one."""
    ada, bob, pears, apples = new_user(), new_user("bob"), new_product("Pears"), new_product("Apples", price="1.10")
    for user, product, quantity in ((ada, pears, 2), (bob, pears, 5), (ada, apples, 3)):
        CartItem.objects.create(user=user, product=product, quantity=quantity)
    return ada, bob


def seen(lines):
    return [(line.id, line.user_id, line.product.name, line.product.price, line.subtotal) for line in lines]


def test_the_same_objects_come_of_it(carts, django_assert_num_queries):
    for user in carts:
        expected = seen(CartItem.objects.filter(user_id=user.id).select_related("product").order_by("id"))
        with django_assert_num_queries(1):
            assert seen(lines_of(user.id)) == expected


def test_nothing_found_is_an_empty_list(db):
    assert lines_of(424242) == []


def test_parameters_and_constants_go_where_they_belong(new_product):
    pears, _, _ = (
        new_product("Pears", stock=1),
        new_product("Old pears", stock=9, active=False),
        new_product("Nuts", stock=2),
    )
    apples = new_product("Apples", stock=7)
    assert products(5, "Pears") == [pears, apples]
    assert products(9, "Pears") == [pears]
    assert products(9, "it's ' OR 1=1 --") == []


def test_values_are_converted_both_ways(new_user):
    user, now = new_user(), timezone.now()
    times = {"created": now, "refreshed": now, "expires": now}
    grant = Grant.objects.create(user=user, scope="cart:read", **times)
    by_id = Prepared(lambda id_, time: Grant.objects.filter(id=id_, expires__lte=time), *fields(Grant, "id", "expires"))
    assert by_id(grant.id, now) == by_id(str(grant.id), now) == [grant]
    assert by_id(grant.id, now)[0].expires == now


def fields(model, *names):
    return [model._meta.get_field(name) for name in names]


def test_a_wrong_number_of_values_is_refused(db):
    with pytest.raises(ValueError, match="zip"):
        lines_of()


def test_what_would_get_lost_is_refused(db):
    counted = Prepared(
        lambda name: User.objects.filter(username=name).annotate(n=Count("grants")), *fields(User, "username")
    )
    with pytest.raises(ValueError, match="annotations"):
        counted("bob")


def test_what_a_query_leaves_out_is_fetched_when_it_is_needed(new_user, django_assert_num_queries):
    new_user("bob", first_name="Bob")
    names = Prepared(lambda name: User.objects.filter(username=name).only("username"), *fields(User, "username"))
    (bob,) = names("bob")
    with django_assert_num_queries(1):
        assert bob.first_name == "Bob"


@pytest.mark.django_db(transaction=True)
def test_the_first_calls_may_come_at_once(new_product):
    pears = new_product("Pears")
    for _ in range(5):
        fresh = Prepared(products.build, *products.fields)
        assert at_once(*[partial(fresh, 10**6, "Pears")] * 8) == [[pears]] * 8
