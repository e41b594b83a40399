"""What ends what: the table of accounts/README.md, line by line, under each scheme.

`at once` means at the next request; `at exp` means that refreshing ends at once and the access token lives on until it
expires.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts import changes
from accounts.models import Grant, OpaqueToken, Session, User
from tests.clients import client_of
from tests.schemes import own_schemes

README = Path(__file__).parents[2] / "accounts" / "README.md"


def log_out(client):
    client.post("logout/")


def end_from_another_device(client):
    other = client_of(client.scheme)
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
    OpaqueToken.objects.update(used=past - timedelta(days=1))


def grow_old(client):
    """Let seven days go by since the login."""
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    Grant.objects.update(expires=past)
    OpaqueToken.objects.update(expires=past)


EVENTS = {
    "logout": log_out,
    "ended from another device": end_from_another_device,
    "password changed": change_password,
    "account closed": close_account,
    "account deleted": delete_account,
    "a day idle": be_idle,
    "seven days old": grow_old,
}
ENDS = {scheme.name: "at once" if scheme.ends_at_once else "at exp" for scheme in own_schemes()}
RELATIONS = ("sessions", "grants", "opaque_tokens")


@pytest.mark.parametrize("event", EVENTS)
def test_event_ends_the_sign_in(shopper, event):
    thief = shopper.copied()
    EVENTS[event](shopper)
    still_known = thief.get("me/").status_code == 200
    assert still_known == (ENDS[shopper.scheme.name] == "at exp")
    if shopper.scheme.refreshes:
        assert thief.renew().status_code == 401


def test_new_role_ends_nothing(shopper):
    change_role(shopper)
    role = shopper.get("me/").json()["role"]
    assert role == ("customer" if ENDS[shopper.scheme.name] == "at exp" else "manager")
    if shopper.scheme.refreshes:
        shopper.renew()
    assert shopper.get("me/").json()["role"] == "manager"


def test_readme_shows_this_table():
    head, _, *rows = re.search(r"^\| what happens (\|.*\|\n)+", README.read_text(), re.M)[0].splitlines()
    shown = re.findall(r"`/api/([\w-]+)/`", head)
    table = {cells[0]: dict(zip(shown, cells[1:], strict=True)) for cells in map(cells_of, rows)}
    assert table == dict.fromkeys([*EVENTS, "role changed"], ENDS)


def cells_of(row):
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_used_session_lives_seven_days(pass_time, new_user):
    client = client_of("session")
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
    found = [User.objects.filter(**{f"{relation}__isnull": False}).first() for relation in RELATIONS]
    assert sorted(found, key=bool) == [None, None, shopper.user]
