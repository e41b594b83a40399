"""What is so for tokens that are checked on every request: one query more, and what ends a sign-in ends it at once."""

import inspect

import pytest

from accounts import jwt_checked_scheme, jwt_scheme
from tests.clients import JwtCheckedClient, JwtClient


@pytest.fixture
def shopper(new_user):
    client = JwtCheckedClient()
    client.log_in(new_user())
    return client


def test_a_token_costs_one_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert shopper.get("me/").status_code == 200


def test_reading_the_cart_costs_two_queries(shopper, django_assert_num_queries):
    with django_assert_num_queries(2):
        shopper.cart()


def test_a_token_we_did_not_sign_costs_no_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert shopper.get("me/", Authorization=f"Bearer {shopper.access}x").status_code == 401


def test_verifying_says_what_this_door_would_say(shopper):
    assert shopper.post("verify/", {"token": shopper.access}).status_code == 200
    shopper.post("logout/")
    assert shopper.post("verify/", {"token": shopper.access}).status_code == 401


def test_a_token_of_the_other_door_opens_this_one_and_the_other_way_round(shopper, new_user):
    other = JwtClient()
    other.log_in(new_user("bela"))
    assert shopper.get("me/", Authorization=f"Bearer {other.access}").json()["username"] == "bela"
    assert other.get("me/", Authorization=f"Bearer {shopper.access}").json()["username"] == "ada"


def test_a_renamed_user_is_known_by_the_new_name(shopper):
    shopper.user.username = "lovelace"
    shopper.user.save()
    assert shopper.get("me/").json()["username"] == "lovelace"


def test_the_scheme_is_the_jwt_scheme_but_for_one_class():
    names = [
        name
        for name, value in vars(jwt_scheme).items()
        if inspect.isfunction(value) and value.__module__ == jwt_scheme.__name__
    ]
    assert len(names) >= 6
    for name in names:
        assert getattr(jwt_checked_scheme, name) is getattr(jwt_scheme, name)
    assert issubclass(jwt_checked_scheme.Authentication, jwt_scheme.Authentication)
