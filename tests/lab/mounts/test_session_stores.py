"""The mounts that the lab adds: the shop's routes once more, with sessions in each store."""

import pytest

from accounts import changes
from accounts.schemes import schemes
from accounts.session_stores import file
from tests.clients import client_of

MOUNTS = [scheme.name for scheme in schemes() if scheme.name.startswith("session-")]


@pytest.fixture
def new_client(settings, tmp_path, monkeypatch):
    """Return a function that makes a client of a mount."""
    monkeypatch.setattr(file.SessionStore, "_storage_path", str(tmp_path), raising=False)

    return client_of


@pytest.mark.parametrize("mount", MOUNTS)
def test_each_serves_the_same_cart(new_client, new_user, product, mount):
    client = new_client(mount)
    assert client.log_in(new_user()).status_code == 200
    assert client.add(product, 2).status_code == 201
    assert client.cart()["count"] == 2
    assert client.get("me/").json()["scheme"] == mount


@pytest.mark.parametrize("mount", ["session-db", "session-cached_db"])
def test_ended_sign_in_is_refused(new_client, new_user, mount):
    user = new_user()
    here, elsewhere = new_client(mount), new_client(mount)
    for client in (here, elsewhere):
        client.log_in(user)
        assert client.get("me/").status_code == 200
    assert here.delete("sign-ins/").status_code == 204
    assert (here.get("me/").status_code, elsewhere.get("me/").status_code) == (200, 401)


def end_all(client, user):
    changes.end_all_sign_ins(user.id, "ended elsewhere")


def end_elsewhere(client, user):
    other = client_of("session")
    other.log_in(user)
    other.delete("sign-ins/")


def log_out_elsewhere(client, user):
    other = client_of("session")
    other.http.cookies = client.http.cookies
    assert other.post("logout/").status_code == 204


@pytest.mark.parametrize("end", [end_all, end_elsewhere, log_out_elsewhere])
@pytest.mark.parametrize("mount", ["session-db", "session-cached_db"])
def test_it_ends_here_too(new_client, new_user, django_capture_on_commit_callbacks, mount, end):
    user, client = new_user(), new_client(mount)
    client.log_in(user)
    thief = new_client(mount)
    thief.http.cookies["sessionid"] = client.http.cookies["sessionid"].value
    assert thief.get("me/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        end(client, user)
    assert thief.get("me/").status_code == 401


@pytest.mark.parametrize("mount", MOUNTS)
def test_reading_keeps_other_cookies(new_client, new_user, mount):
    client = new_client("session")
    client.log_in(new_user())
    client.http.get(f"/api/{mount}/me/")
    assert client.get("me/").status_code == 200


@pytest.mark.parametrize("cookie", ["x" * 300, "a" * 31, "'", "../../etc/passwd", "\x01"])
@pytest.mark.parametrize("mount", MOUNTS)
def test_invalid_key_is_anonymous(new_client, db, mount, cookie, recwarn):
    client = new_client(mount)
    client.http.cookies["sessionid"] = cookie
    assert client.get("me/").status_code == 401
    assert not recwarn.list
