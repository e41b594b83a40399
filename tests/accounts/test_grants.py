"""Refresh tokens: each can be used once, however many requests try at once."""

from collections import Counter
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import close_old_connections
from django.utils import timezone

from accounts import grants
from accounts.models import Grant
from accounts.schemes import scheme_named, schemes
from tests.at_once import PATIENCE, ROUNDS, at_once
from tests.clients import client_of


@pytest.fixture
def scheme():
    return scheme_named("jwt")


def renew(client, token=None):
    return client.post("refresh/", {"refresh": token or client.refresh})


def test_refresh_token_works_once(shopper):
    answer = renew(shopper)
    assert answer.status_code == 200
    assert renew(shopper, answer.json()["refresh"]).status_code == 200


def test_repeat_in_grace_gets_same_answer(pass_time, shopper):
    first = renew(shopper)
    pass_time(seconds=9)
    assert renew(shopper).content == first.content
    assert renew(shopper, first.json()["refresh"]).status_code == 200


def test_reuse_ends_the_grant(pass_time, shopper):
    newer = renew(shopper).json()["refresh"]
    pass_time(seconds=11)
    response = renew(shopper)
    assert response.status_code == 401
    assert response.json()["code"] == "token_reused"
    assert 'error="invalid_token"' in response["WWW-Authenticate"]
    assert renew(shopper, newer).status_code == 401
    assert Grant.objects.get().reason == "reuse"


def test_older_token_is_reuse_at_once(shopper):
    first = shopper.refresh
    second = renew(shopper).json()["refresh"]
    renew(shopper, second)
    assert renew(shopper, first).json()["code"] == "token_reused"


def test_thief_and_owner_both_lose(pass_time, shopper):
    stolen = shopper.refresh
    thiefs = renew(shopper, stolen).json()["refresh"]
    pass_time(minutes=5)
    assert renew(shopper).json()["code"] == "token_reused"
    assert renew(shopper, thiefs).status_code == 401


def test_idle_grant_ends(pass_time, shopper):
    pass_time(hours=24, seconds=1)
    assert renew(shopper).json()["code"] == "invalid_token"


def test_grant_ends_after_seven_days(pass_time, shopper):
    for _ in range(13):
        pass_time(hours=12)
        shopper.remember(renew(shopper).json())
    pass_time(hours=12)
    assert renew(shopper).status_code == 401


def test_access_token_ends_with_its_grant(pass_time, shopper):
    Grant.objects.update(expires=timezone.now() + timedelta(seconds=60))
    assert renew(shopper).json()["expires_in"] <= 60


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_closed_account_cannot_refresh(shopper, change):
    if change:
        type(shopper.user).objects.update(**change)
    else:
        shopper.user.delete()
    assert renew(shopper).status_code == 401


@pytest.mark.parametrize(
    "change", [lambda t: "", lambda t: t[:-1], lambda t: t + "A", lambda t: t.replace(".0.", ".1.")]
)
def test_forged_token_does_no_harm(shopper, change):
    assert renew(shopper, change(shopper.refresh) or "x").status_code == 401
    assert renew(shopper).status_code == 200


def test_refresh_costs_two_statements(shopper, django_assert_num_queries):
    with django_assert_num_queries(2):
        renew(shopper)


def test_label_names_the_device(new_user):
    client = client_of("jwt")
    client.http.defaults["HTTP_USER_AGENT"] = "x" * 5000
    client.log_in(new_user())
    assert Grant.objects.get().label == "x" * 200


def test_stale_lookup_is_noticed(shopper, monkeypatch):
    """Between its read and its write others have refreshed twice: the conditional UPDATE notices."""
    first, look = shopper.refresh, grants.refreshable
    outdated = look(Grant.objects.get().id, timezone.now())
    second = renew(shopper, first).json()["refresh"]
    renew(shopper, second)
    looks = iter([lambda *args: outdated, look])
    monkeypatch.setattr(grants, "refreshable", lambda *args: next(looks)(*args))
    assert renew(shopper, first).json()["code"] == "token_reused"
    assert Grant.objects.get().generation == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_100_refreshes_make_one_token(shopper, settings):
    """Each round all are answered with one and the same next token, which is exchanged in the next round."""
    settings.REFRESH_GRACE = timedelta(minutes=10)  # a round may take long where other work keeps the machine busy
    history, answers = [shopper.refresh], []

    def settle_round():
        [answer] = set(answers)
        history.append(answer)
        answers.clear()

    end_of_round = Barrier(100, action=settle_round, timeout=PATIENCE)

    def refresh_in_rounds():
        for _ in range(ROUNDS):
            answers.append(grants.refresh(history[-1])[1]["refresh"])
            close_old_connections()  # as at the end of a request
            end_of_round.wait()

    at_once(*[refresh_in_rounds] * 100)
    assert len(set(history)) == ROUNDS + 1
    assert Grant.objects.get().generation == ROUNDS
    assert renew(shopper, history[-1]).status_code == 200


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["logout", "reuse", "password"])
def test_refresh_during_end_is_dead(new_user, end, settings):
    from accounts.changes import change_password

    settings.REFRESH_GRACE = timedelta(0)
    user = new_user()
    checked = next(scheme for scheme in schemes() if scheme.refreshes and scheme.ends_at_once)
    for _ in range(2 * ROUNDS):
        client = client_of(checked)
        client.log_in(user)
        old = client.refresh
        client.remember(renew(client).json())
        ending = {
            "logout": lambda c=client: c.post("logout/", {"refresh": c.refresh}),
            "reuse": lambda c=client, old=old: renew(c, old),
            "password": lambda: change_password(user, "correct-horse-battery"),
        }[end]
        *answers, _ = at_once(*[lambda c=client: renew(c)] * 4, ending)
        for answer in answers:
            if answer.status_code == 200:
                assert renew(client, answer.json()["refresh"]).status_code == 401
                bearer = {"Authorization": f"Bearer {answer.json()['access']}"}
                assert client.get("me/", **bearer).status_code == 401
        assert Counter(answer.status_code for answer in answers).keys() <= {200, 401}
