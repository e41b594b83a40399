"""The doors that the lab adds: the shop's routes once more, with sessions in each store."""

import pytest

from project.lab.mounts.session_stores import MOUNTS
from tests.clients import SessionClient


@pytest.fixture
def new_client(settings, tmp_path, monkeypatch):
    """Return a function that makes a client of a door."""
    monkeypatch.setattr(MOUNTS["session-file"], "_storage_path", str(tmp_path), raising=False)

    def new_client(door):
        client = SessionClient()
        client.scheme = door
        return client

    return new_client


@pytest.mark.parametrize("door", MOUNTS)
def test_each_serves_the_same_cart(new_client, new_user, product, door):
    client = new_client(door)
    assert client.log_in(new_user()).status_code == 200
    assert client.add(product, 2).status_code == 201
    assert client.cart()["count"] == 2
    assert client.get("me/").json()["scheme"] == door


@pytest.mark.parametrize("door", ["session-db", "session-cached_db"])
def test_what_is_ended_at_a_door_is_dead_there(new_client, new_user, door):
    user = new_user()
    here, elsewhere = new_client(door), new_client(door)
    for client in (here, elsewhere):
        client.log_in(user)
        assert client.get("me/").status_code == 200
    assert here.delete("sign-ins/").status_code == 204
    assert (here.get("me/").status_code, elsewhere.get("me/").status_code) == (200, 401)


@pytest.mark.parametrize("door", MOUNTS)
def test_a_look_at_a_door_drops_no_cookie_of_another(new_client, new_user, door):
    client = new_client("session")
    client.log_in(new_user())
    client.scheme = door
    client.get("me/")
    client.scheme = "session"
    assert client.get("me/").status_code == 200


@pytest.mark.parametrize("cookie", ["x" * 300, "a" * 31, "'", "../../etc/passwd", "\x01"])
@pytest.mark.parametrize("door", MOUNTS)
def test_what_cannot_be_a_key_is_nobodys(new_client, db, door, cookie, recwarn):
    client = new_client(door)
    client.http.cookies["sessionid"] = cookie
    assert client.get("me/").status_code == 401
    assert not recwarn.list
