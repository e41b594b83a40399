"""What is so for an opaque token: only its hash is kept, one query finds it, and it ends at once."""

import hashlib

import pytest
from django.conf import settings

from accounts.changes import change_password, close_account
from accounts.models import OpaqueToken, User
from accounts.schemes import scheme_named


@pytest.fixture
def scheme():
    return scheme_named("opaque")


def test_login_answers_a_token(shopper):
    answer = shopper.log_in(shopper.user).json()
    assert set(answer) == {"access", "token_type", "expires_in", "user"}
    assert answer["expires_in"] == settings.OPAQUE_TOKEN_IDLE.total_seconds()


def test_tokens_are_long_and_random(shopper):
    tokens = {shopper.log_in(shopper.user).json()["access"] for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 22  # 128 bits in base64url


def test_only_the_hash_is_kept(shopper):
    row = OpaqueToken.objects.get()
    assert row.digest == hashlib.sha256(shopper.access.encode()).hexdigest()
    assert shopper.access not in str(vars(row))


def test_token_costs_one_query(shopper, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert shopper.get("me/").status_code == 200


def test_cart_costs_two_queries(shopper, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert shopper.get("cart/").status_code == 200


def test_hash_opens_nothing(shopper):
    assert shopper.get("me/", Authorization=f"Bearer {OpaqueToken.objects.get().digest}").status_code == 401


@pytest.mark.parametrize("token", ["x", "x" * 5000, "ä", "' OR 1=1 --"])
def test_unknown_token_is_invalid(shopper, token):
    response = shopper.get("me/", Authorization=f"Bearer {token}".encode().decode("latin-1"))
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")


def test_logout_ends_it_at_once(shopper):
    assert shopper.post("logout/", {}).status_code == 204
    assert shopper.get("me/").status_code == 401
    assert shopper.post("logout/", {}).status_code == 204


def test_new_password_ends_it(shopper):
    change_password(User.objects.get(), "another-long-password")
    assert shopper.get("me/").status_code == 401


def test_closed_account_ends_it(shopper):
    close_account(User.objects.get().id)
    assert shopper.get("me/").status_code == 401


def test_inactive_user_is_refused(shopper):
    User.objects.update(is_active=False)
    assert shopper.get("me/").status_code == 401


def test_it_ends_after_an_idle_day(pass_time, shopper):
    pass_time(days=1, seconds=1)
    assert shopper.get("me/").status_code == 401


def test_use_extends_it_to_seven_days(pass_time, shopper):
    for _ in range(13):
        pass_time(hours=12)
        assert shopper.get("me/").status_code == 200
    pass_time(hours=12, seconds=1)
    assert shopper.get("me/").status_code == 401


def test_use_is_noted_once_an_hour(pass_time, shopper, django_assert_num_queries):
    pass_time(minutes=59)
    with django_assert_num_queries(1):
        shopper.get("me/")
    pass_time(minutes=2)
    with django_assert_num_queries(2):
        shopper.get("me/")
    with django_assert_num_queries(1):
        shopper.get("me/")


def test_holder_can_revoke_it(shopper):
    assert shopper.post("revoke/", {"token": shopper.access}).status_code == 200
    assert shopper.get("me/").status_code == 401
    assert shopper.post("revoke/", {"token": "unknown"}).status_code == 200


@pytest.mark.parametrize("route", ["refresh/", "verify/", "delegate/"])
def test_it_has_no_refresh_or_verify(shopper, route):
    assert shopper.post(route, {}).status_code == 404


def test_it_lists_sign_ins(shopper):
    first = shopper.access
    shopper.log_in(shopper.user)
    rows = shopper.get("sign-ins/").json()
    assert [row["current"] for row in rows] == [True, False]
    assert shopper.delete(f"sign-ins/{rows[1]['id']}/").status_code == 204
    assert shopper.get("me/", Authorization=f"Bearer {first}").status_code == 401
    assert shopper.get("me/").status_code == 200


def test_other_users_sign_in_is_404(shopper, logged_in, new_user):
    [row] = shopper.get("sign-ins/").json()
    assert logged_in(new_user("eve")).delete(f"sign-ins/{row['id']}/").status_code == 404
