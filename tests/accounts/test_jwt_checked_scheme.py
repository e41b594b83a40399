"""What is so for tokens that are checked on every request: one query more, and what ends a sign-in ends it at once."""

import inspect

import pytest

from accounts.jwt_checked_scheme import CheckedJwt
from accounts.jwt_scheme import Jwt
from accounts.schemes import scheme_named
from tests.clients import client_of


@pytest.fixture
def scheme():
    return scheme_named("jwt-checked")


def test_token_costs_one_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert shopper.get("me/").status_code == 200


def test_cart_costs_two_queries(shopper, django_assert_num_queries):
    with django_assert_num_queries(2):
        shopper.cart()


def test_forged_token_costs_no_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert shopper.get("me/", Authorization=f"Bearer {shopper.access}x").status_code == 401


def test_verify_checks_the_grant(shopper):
    assert shopper.post("verify/", {"token": shopper.access}).status_code == 200
    shopper.post("logout/")
    assert shopper.post("verify/", {"token": shopper.access}).status_code == 401


def test_tokens_work_at_both_mounts(shopper, new_user):
    other = client_of("jwt")
    other.log_in(new_user("bela"))
    assert shopper.get("me/", Authorization=f"Bearer {other.access}").json()["username"] == "bela"
    assert other.get("me/", Authorization=f"Bearer {shopper.access}").json()["username"] == "ada"


def test_renamed_user_has_the_new_name(shopper):
    shopper.user.username = "lovelace"
    shopper.user.save()
    assert shopper.get("me/").json()["username"] == "lovelace"


def test_scheme_differs_in_two_methods():
    methods = {name for name, value in vars(CheckedJwt).items() if inspect.isfunction(value)}
    assert methods == {"authenticate", "user_of"}
    assert issubclass(CheckedJwt, Jwt)
