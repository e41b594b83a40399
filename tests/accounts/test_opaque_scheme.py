"""What is so for an opaque token: only its hash is kept, one query finds it, and it ends at once."""

import hashlib

import pytest
from django.conf import settings
from django.test import Client

from accounts.changes import change_password, close_account
from accounts.models import OpaqueToken, User
from tests.clients import PASSWORD

MOUNT = "/api/opaque/"


class Bearer:
    def __init__(self):
        self.http = Client()
        self.token = None

    def send(self, method, route, body=None, token=None):
        token = token or self.token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        kind = {"content_type": "application/json"} if body is not None else {}
        return getattr(self.http, method)(f"{MOUNT}{route}", body, headers=headers, **kind)

    def log_in(self):
        response = self.send("post", "login/", {"username": "ada", "password": PASSWORD})
        self.token = response.json()["access"]
        return response


@pytest.fixture
def bearer(new_user):
    new_user()
    bearer = Bearer()
    bearer.log_in()
    return bearer


def test_login_answers_a_token(bearer):
    answer = bearer.log_in().json()
    assert set(answer) == {"access", "token_type", "expires_in", "user"}
    assert answer["expires_in"] == settings.OPAQUE_TOKEN_IDLE.total_seconds()


def test_tokens_are_long_and_random(bearer):
    tokens = {bearer.log_in().json()["access"] for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 22  # 128 bits in base64url


def test_only_the_hash_is_kept(bearer):
    row = OpaqueToken.objects.get()
    assert row.digest == hashlib.sha256(bearer.token.encode()).hexdigest()
    assert bearer.token not in str(vars(row))


def test_token_costs_one_query(bearer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert bearer.send("get", "me/").status_code == 200


def test_cart_costs_two_queries(bearer, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert bearer.send("get", "cart/").status_code == 200


def test_hash_opens_nothing(bearer):
    assert bearer.send("get", "me/", token=OpaqueToken.objects.get().digest).status_code == 401


@pytest.mark.parametrize("token", ["x", "x" * 5000, "ä", "' OR 1=1 --"])
def test_unknown_token_is_invalid(bearer, token):
    response = bearer.send("get", "me/", token=token.encode().decode("latin-1"))
    assert (response.status_code, response.json()["code"]) == (401, "invalid_token")


def test_logout_ends_it_at_once(bearer):
    assert bearer.send("post", "logout/", {}).status_code == 204
    assert bearer.send("get", "me/").status_code == 401
    assert bearer.send("post", "logout/", {}).status_code == 204


def test_new_password_ends_it(bearer):
    change_password(User.objects.get(), "another-long-password")
    assert bearer.send("get", "me/").status_code == 401


def test_closed_account_ends_it(bearer):
    close_account(User.objects.get().id)
    assert bearer.send("get", "me/").status_code == 401


def test_inactive_user_is_refused(bearer):
    User.objects.update(is_active=False)
    assert bearer.send("get", "me/").status_code == 401


def test_it_ends_after_an_idle_day(bearer, pass_time):
    pass_time(days=1, seconds=1)
    assert bearer.send("get", "me/").status_code == 401


def test_use_extends_it_to_seven_days(bearer, pass_time):
    for _ in range(13):
        pass_time(hours=12)
        assert bearer.send("get", "me/").status_code == 200
    pass_time(hours=12, seconds=1)
    assert bearer.send("get", "me/").status_code == 401


def test_use_is_noted_once_an_hour(bearer, pass_time, django_assert_num_queries):
    pass_time(minutes=59)
    with django_assert_num_queries(1):
        bearer.send("get", "me/")
    pass_time(minutes=2)
    with django_assert_num_queries(2):
        bearer.send("get", "me/")
    with django_assert_num_queries(1):
        bearer.send("get", "me/")


def test_holder_can_revoke_it(bearer):
    assert bearer.send("post", "revoke/", {"token": bearer.token}).status_code == 200
    assert bearer.send("get", "me/").status_code == 401
    assert bearer.send("post", "revoke/", {"token": "unknown"}).status_code == 200


@pytest.mark.parametrize("route", ["refresh/", "verify/", "delegate/"])
def test_it_has_no_refresh_or_verify(bearer, route):
    assert bearer.send("post", route, {}).status_code == 404


def test_it_lists_sign_ins(bearer):
    first = bearer.token
    bearer.log_in()
    rows = bearer.send("get", "sign-ins/").json()
    assert [row["current"] for row in rows] == [True, False]
    assert bearer.send("delete", f"sign-ins/{rows[1]['id']}/").status_code == 204
    assert bearer.send("get", "me/", token=first).status_code == 401
    assert bearer.send("get", "me/").status_code == 200


def test_other_users_sign_in_is_404(bearer, new_user):
    [row] = bearer.send("get", "sign-ins/").json()
    new_user("eve")
    eve = Bearer()
    response = eve.send("post", "login/", {"username": "eve", "password": PASSWORD})
    eve.token = response.json()["access"]
    assert eve.send("delete", f"sign-ins/{row['id']}/").status_code == 404
