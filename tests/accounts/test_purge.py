"""`manage.py purge`: what has expired goes, in short transactions; what was revoked stays revoked."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.management.commands import purge
from accounts.models import Grant, OpaqueToken, Session
from tests.clients import client_of


@pytest.fixture
def run():
    def run():
        out = StringIO()
        call_command("purge", stdout=out)
        return out.getvalue().splitlines()

    return run


def many(user, expires, count):
    now = timezone.now()
    Grant.objects.bulk_create(
        Grant(user=user, scope="account", created=now, refreshed=now, expires=expires) for _ in range(count)
    )
    OpaqueToken.objects.bulk_create(
        OpaqueToken(user=user, digest=f"{expires:%Y%m%d}{number}", created=now, used=now, expires=expires)
        for number in range(count)
    )
    Session.objects.bulk_create(
        Session(session_key=f"{expires:%Y%m%d}{number}", expire_date=expires) for number in range(count)
    )


def test_it_removes_expired_rows(run, new_user):
    user, now = new_user(), timezone.now()
    many(user, now - timedelta(days=1), 12)
    many(user, now + timedelta(days=1), 3)
    assert run() == [
        "Removed 12 expired sessions.",
        "Removed 12 expired grants.",
        "Removed 12 expired opaque tokens.",
        "Removed 0 expired counts of failed logins.",
    ]
    assert [model.objects.count() for model in (Session, Grant, OpaqueToken)] == [3, 3, 3]
    assert run()[:2] == ["Removed 0 expired sessions.", "Removed 0 expired grants."]


def test_it_works_in_batches(run, new_user, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(purge, "BATCH", 5)
    many(new_user(), timezone.now() - timedelta(days=1), 12)
    with django_assert_num_queries(3 * (4 + 3) + 1):  # for each of three tables; a lookup in a fourth
        run()


def test_revoked_grants_stay_revoked(run, new_user):
    client = client_of("jwt")
    client.log_in(new_user())
    client.post("logout/")
    run()
    assert Grant.objects.get().reason == "logout"
    assert client.post("refresh/", {"refresh": client.refresh}).status_code == 401


def test_it_removes_failed_logins(run, new_user):
    client_of("jwt").post("login/", {"username": new_user().username, "password": "wrong"})
    run()
    left = AccessAttempt.objects.count()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    run()
    assert not AccessAttempt.objects.exists()
    assert left == (0 if "cache" in settings.AXES_HANDLER else 1)
