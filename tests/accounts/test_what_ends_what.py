"""What ends what: the table of accounts/README.md, line by line, under each scheme that can end a sign-in.

`at once` means at the next request; `at exp` means that refreshing ends at once and the access token lives on until it
expires.
"""

import re
from datetime import timedelta
from operator import attrgetter
from pathlib import Path

import pytest
from django.db.models import DateTimeField, F

from accounts import changes
from accounts.models import Session, User
from tests.clients import client_of
from tests.schemes import listing_schemes

README = Path(__file__).parents[2] / "accounts" / "README.md"
# The rows that name a user. After a login, those of the sign-in are the only ones.
OF_A_USER = {relation.name: relation.related_model for relation in User._meta.related_objects}


@pytest.fixture(params=listing_schemes(), ids=attrgetter("name"))
def scheme(request):
    return request.param


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
    put_back(timedelta(days=1, seconds=1))


def grow_old(client):
    """Let seven days go by since the login; it was used all the time."""
    put_back(timedelta(days=7, seconds=1), "expire")


def put_back(duration, start=""):
    """Move the times in the rows of sign-ins into the past: all, or those whose names start so. Tokens stay as new."""
    for model in OF_A_USER.values():
        times = [field.name for field in model._meta.get_fields() if isinstance(field, DateTimeField)]
        back = {name: F(name) - duration for name in times if name.startswith(start)}
        if back:
            model.objects.update(**back)


EVENTS = {
    "logout": log_out,
    "ended from another device": end_from_another_device,
    "password changed": change_password,
    "account closed": close_account,
    "account deleted": delete_account,
    "a day idle": be_idle,
    "seven days old": grow_old,
}
ENDS = {scheme.name: "at once" if scheme.ends_at_once else "at exp" for scheme in listing_schemes()}


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
    found = [User.objects.filter(**{f"{relation}__isnull": False}).first() for relation in OF_A_USER]
    assert [user for user in found if user] == [shopper.user]
