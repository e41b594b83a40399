"""Sign-ins that can be seen and ended, under each scheme whose server keeps them; 409 is in test_routes.py."""

import uuid
from operator import attrgetter

import pytest

from accounts import grants
from accounts.schemes import scheme_named
from tests.clients import client_of
from tests.schemes import listing_schemes


@pytest.fixture(params=listing_schemes(), ids=attrgetter("name"))
def scheme(request):
    return request.param


@pytest.fixture
def devices(logged_in, new_user):
    """Three clients of one user, each with a login of its own."""
    user = new_user()
    return [logged_in(user) for _ in range(3)]


def works(client):
    """Say whether a client's sign-in is alive, beyond the life of its access token."""
    return (client.get("me/") if client.scheme.ends_at_once else client.renew()).status_code == 200


def test_list_shows_each_sign_in(devices):
    rows = devices[0].get("sign-ins/").json()
    assert len(rows) == 3
    assert set(rows[0]) == {"id", "label", "scope", "created", "renewed", "idle_until", "expires", "current"}


def test_current_one_is_marked(devices):
    currents = [[row["id"] for row in device.get("sign-ins/").json() if row["current"]] for device in devices]
    assert [len(ids) for ids in currents] == [1, 1, 1]
    assert len({ids[0] for ids in currents}) == 3


def test_list_shows_no_credential(devices):
    shown = devices[0].get("sign-ins/").content.decode()
    for device in devices:
        assert device.secrets()
        for secret in device.secrets():
            assert secret not in shown


def test_one_can_be_ended(devices):
    mine, other, _ = devices
    [doomed] = [row["id"] for row in other.get("sign-ins/").json() if row["current"]]
    assert mine.delete(f"sign-ins/{doomed}/").status_code == 204
    assert [works(device) for device in devices] == [True, False, True]
    assert mine.delete(f"sign-ins/{doomed}/").status_code == 404


def test_all_others_can_be_ended(devices):
    assert devices[1].delete("sign-ins/").status_code == 204
    assert [works(device) for device in devices] == [False, True, False]
    assert len(devices[1].get("sign-ins/").json()) == 1


def test_other_users_sign_in_is_404(devices, logged_in, new_user):
    [row] = [row for row in devices[0].get("sign-ins/").json() if row["current"]]
    stranger = logged_in(new_user("bela"))
    theirs = stranger.delete(f"sign-ins/{row['id']}/")
    nobodys = stranger.delete(f"sign-ins/{uuid.uuid4()}/")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    stranger.delete("sign-ins/")
    assert all(works(device) for device in devices)


@pytest.mark.parametrize("name", ["1", "x", "None", "0" * 32])
def test_invalid_id_is_404(devices, name):
    assert devices[0].delete(f"sign-ins/{name}/").status_code == 404


def test_other_schemes_are_not_listed(new_user):
    user = new_user()
    by_cookie, by_token = client_of("session"), client_of("jwt")
    by_cookie.log_in(user)
    by_token.log_in(user)
    [session], [grant] = by_cookie.get("sign-ins/").json(), by_token.get("sign-ins/").json()
    assert by_cookie.delete(f"sign-ins/{grant['id']}/").status_code == 404
    assert by_token.delete(f"sign-ins/{session['id']}/").status_code == 404


def test_list_costs_the_same_for_many(devices, logged_in, django_assert_max_num_queries):
    for _ in range(5):
        logged_in(devices[0].user)
    with django_assert_max_num_queries(3):  # session: its row, its user's, the list
        devices[0].get("sign-ins/")


def test_store_without_users_is_409(settings, new_user):
    settings.SESSION_ENGINE, settings.SESSION_STORE = "django.contrib.sessions.backends.cache", "cache"
    mine, other = client_of("session"), client_of("session")
    mine.log_in(new_user())
    other.log_in(mine.user)
    for response in (mine.get("sign-ins/"), mine.delete("sign-ins/"), mine.delete(f"sign-ins/{uuid.uuid4()}/")):
        assert response.status_code == 409
        assert response.json()["code"] == "store_cannot_tell"
    assert works(other)
    assert mine.http.get("/accounts/security/").status_code == 200


def test_ended_session_leaves_the_cache(settings, new_user):
    settings.SESSION_ENGINE, settings.SESSION_STORE = "accounts.session_stores.cached_db", "cached_db"
    mine, other = client_of("session"), client_of("session")
    mine.log_in(new_user())
    other.log_in(mine.user)
    assert works(other)
    mine.delete("sign-ins/")
    assert [works(mine), works(other)] == [True, False]


def test_list_shows_at_most_100(new_user, django_assert_max_num_queries):
    user = new_user()
    for _ in range(101):
        grants.open_grant(user, "")
    assert len(scheme_named("jwt").sign_ins(user.id)) == 100
