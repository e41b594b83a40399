"""What ends what: the table of the README, line by line, at each door.

`at once` means at the next request; `at exp` means that refreshing ends at once and the access token lives on until it
expires by itself.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts import changes
from accounts.models import Grant, Session, User
from tests.clients import CLIENTS

README = Path(__file__).parents[2] / "README.md"


def log_out(client):
    client.post("logout/")


def end_from_another_device(client):
    other = CLIENTS[client.scheme]()
    other.log_in(client.user)
    other.delete("sign-ins/")


def change_password(client):
    changes.change_password(client.user, "another-horse-battery")


def close_account(client):
    changes.close_account(client.user.id)


def delete_account(client):
    client.user.delete()


def change_role(client):
    changes.change_role(client.user.username, "manager")


def be_idle(client):
    """Let a day go by since the last use."""
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    Grant.objects.update(refreshed=past - timedelta(days=1))


def grow_old(client):
    """Let seven days go by since the login."""
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    Grant.objects.update(expires=past)


EVENTS = {
    "logout": log_out,
    "ended from another device": end_from_another_device,
    "password changed": change_password,
    "account closed": close_account,
    "account deleted": delete_account,
    "a day idle": be_idle,
    "seven days old": grow_old,
}
ENDS = {"session": "at once", "jwt": "at exp", "jwt-checked": "at once"}


@pytest.mark.parametrize("event", EVENTS)
def test_event_ends_the_sign_in(shopper, event):
    EVENTS[event](shopper)
    still_known = shopper.get("me/").status_code == 200
    assert still_known == (ENDS[shopper.scheme] == "at exp")
    if shopper.scheme != "session":
        assert shopper.post("refresh/", {"refresh": shopper.refresh}).status_code == 401


def test_new_role_ends_nothing(shopper):
    change_role(shopper)
    role = shopper.get("me/").json()["role"]
    assert role == ("customer" if ENDS[shopper.scheme] == "at exp" else "manager")
    if shopper.scheme != "session":
        shopper.remember(shopper.post("refresh/", {"refresh": shopper.refresh}).json())
    assert shopper.get("me/").json()["role"] == "manager"


def test_readme_shows_this_table():
    rows = re.findall(
        r"^\| (.+?) \| (at once|at exp) \| (at once|at exp) \| (at once|at exp) \|", README.read_text(), re.M
    )
    table = {event: dict(zip(ENDS, when, strict=True)) for event, *when in rows}
    assert table == dict.fromkeys([*EVENTS, "role changed"], ENDS)


def test_used_session_lives_seven_days(pass_time, new_user):
    client = CLIENTS["session"]()
    client.log_in(new_user())
    ends = [Session.objects.get().expire_date]
    for hours in (1, 12, 23, 23, 23, 23, 23, 16, 13):
        pass_time(hours=hours)
        assert client.get("me/").status_code == 200
        ends.append(Session.objects.get().expire_date)
    assert ends[1] == ends[0]  # used within half a day: not worth a write
    assert ends[2] > ends[1]
    assert client.http.cookies["sessionid"]["max-age"] == 11 * 3600


def test_sign_in_row_names_its_user(shopper):
    if shopper.scheme == "session":
        assert User.objects.get(sessions__isnull=False) == shopper.user
    else:
        assert User.objects.get(grants__isnull=False) == shopper.user
