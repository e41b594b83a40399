"""Queries that are written out as SQL find what the ORM finds."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import grants
from accounts.backends import ModelBackend
from accounts.models import Grant, Session
from accounts.scopes import FULL_SCOPE
from accounts.session_stores.db import SessionStore

KNOWN = ["id", "username", "password", "role", "is_active"]
NOW = timedelta(0)
GRANTS = {  # what differs from a grant that lives
    "live": {},
    "idle": {"refreshed": -timedelta(days=2)},
    "a part that is never refreshed": {"refreshed": -timedelta(days=2), "scope": "cart:read"},
    "expired": {"expires": -timedelta(seconds=1)},
    "an expired part": {"expires": -timedelta(seconds=1), "scope": "cart:read"},
    "revoked": {"revoked": NOW},
}


@pytest.fixture
def new_grant(new_user):
    def new_grant(user=None, parent=None, scope=FULL_SCOPE, refreshed=NOW, expires=timedelta(days=7), revoked=None):
        now = timezone.now()
        return Grant.objects.create(
            user=user or new_user(uuid.uuid4().hex),
            parent=parent,
            scope=scope,
            created=now,
            refreshed=now + refreshed,
            expires=now + expires,
            revoked=None if revoked is None else now + revoked,
        )

    return new_grant


def known(user):
    return user and [getattr(user, name) for name in KNOWN]


@pytest.mark.parametrize("parent", ["no parent", *GRANTS])
@pytest.mark.parametrize("state", GRANTS)
def test_user_of_a_live_grant(new_grant, state, parent, django_assert_num_queries):
    giver = None if parent == "no parent" else new_grant(**GRANTS[parent])
    grant = new_grant(parent=giver, **GRANTS[state])
    found = grants.find_live(grant.id)
    with django_assert_num_queries(1):
        user = grants.user_of_live(str(grant.id))
        assert known(user) == known(found and found.user)
    assert (user is not None) == (state in ("live", "a part that is never refreshed") and parent != "revoked")
    assert user == grants.user_of_live(grant.id)


def test_closed_account_has_no_grant(new_grant, new_user):
    grant = new_grant(new_user(is_active=False))
    assert grants.find_live(grant.id) is grants.user_of_live(grant.id) is None


def test_unknown_grant_has_no_user(db):
    assert grants.find_live(uuid.uuid4()) is grants.user_of_live(uuid.uuid4()) is None


def test_user_of_a_session(new_user, django_assert_num_queries):
    user = new_user(email="ada@example.org", first_name="Ada", role="manager")
    new_user("bob")
    with django_assert_num_queries(1):
        found = ModelBackend().get_user(user.id)
        assert known(found) == known(user)
        assert (found.email, found.get_full_name()) == ("ada@example.org", "Ada")
    with django_assert_num_queries(1):  # what the query leaves out is read when it is needed
        assert found.date_joined == user.date_joined


def test_closed_account_has_no_session(new_user):
    assert ModelBackend().get_user(new_user(is_active=False).id) is None
    assert ModelBackend().get_user(424242) is None


@pytest.fixture
def session(db):
    session = SessionStore()
    session["noted"] = "é"
    session.create()
    session.save()
    return session


def test_session_is_read_in_one_query(session, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = SessionStore(session.session_key)
        assert again["noted"] == "é"
        assert again.session_key == session.session_key
        assert not again.modified


@pytest.mark.parametrize("moment", [timedelta(0), timedelta(microseconds=-1), timedelta(days=-1)])
def test_expired_session_is_not_read(session, monkeypatch, moment):
    now = timezone.now().replace(microsecond=0)
    Session.objects.update(expire_date=now + moment)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert "noted" not in SessionStore(session.session_key)
    Session.objects.update(expire_date=now + timedelta(microseconds=1))
    assert "noted" in SessionStore(session.session_key)


def test_unknown_id_costs_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        session = SessionStore("a" * 32)
        assert "noted" not in session
        assert session.session_key is None
        assert session.is_empty()
    session["noted"] = 1
    session.save()
    assert session.session_key != "a" * 32
    assert Session.objects.get().session_key == session.session_key


def test_forgotten_id_can_be_deleted(db):
    session = SessionStore("a" * 32)
    session["noted"] = 1
    session.save()
    session.flush()
    assert not Session.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "a" * 31, "A" * 32, "a" * 33, "a" * 32 + "\n", "\x00" * 32, "é" * 32, None])
def test_impossible_id_costs_no_query(db, key, django_assert_num_queries):
    with django_assert_num_queries(0):
        session = SessionStore(key)
        assert session.session_key is None
        assert session.is_empty()
        assert "noted" not in session
