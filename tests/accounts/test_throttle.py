"""Failed logins are counted by account and address, over the session API, the JWT API and the HTML page together."""

import pytest
from axes.models import AccessAttempt

from tests.clients import PASSWORD, client_of

HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def try_at(client, db):
    """Return a function that tries to log in by one of the three logins, from an address."""

    def try_at(login, username, password, address=HOME):
        if login == "html":
            body = {"username": username, "password": password}
            return client.post("/accounts/login/", body, REMOTE_ADDR=address)
        api = client_of("session") if login == "session" else client_of("jwt")
        api.http.defaults["REMOTE_ADDR"] = address
        return api.post("login/", {"username": username, "password": password})

    return try_at


@pytest.fixture
def locked_out(try_at, new_user):
    """Ada's account, after five failures by three logins from one address; returns the answer to the fifth."""
    new_user()
    for login in ("session", "jwt", "html", "session"):
        assert try_at(login, "ada", "wrong").status_code in (200, 401)
    return try_at("jwt", "ada", "wrong")


@pytest.mark.parametrize("login", ["session", "jwt", "html"])
def test_five_failures_lock_out(locked_out, try_at, login):
    response = try_at(login, "ada", PASSWORD)
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "no-store" in response["Cache-Control"]


def test_lockout_is_answered_in_json(locked_out):
    assert locked_out.status_code == 429
    assert locked_out.json()["code"] == "too_many_attempts"
    assert "5 minutes" in locked_out.json()["detail"]


def test_other_account_is_not_locked_out(locked_out, try_at, new_user):
    new_user("bela")
    assert try_at("session", "bela", PASSWORD).status_code == 200
    assert try_at("jwt", "bela", PASSWORD).status_code == 200


def test_other_address_is_not_locked_out(locked_out, try_at):
    assert try_at("jwt", "ada", PASSWORD, ELSEWHERE).status_code == 200


def test_user_agent_does_not_matter(locked_out, new_user):
    client = client_of("jwt")
    client.http.defaults["REMOTE_ADDR"] = HOME
    response = client.post("login/", {"username": "ada", "password": PASSWORD}, **{"User-Agent": "another"})
    assert response.status_code == 429


def test_untrusted_forward_is_ignored(locked_out):
    client = client_of("jwt")
    client.http.defaults["REMOTE_ADDR"] = HOME
    response = client.post("login/", {"username": "ada", "password": PASSWORD}, **{"X-Forwarded-For": ELSEWHERE})
    assert response.status_code == 429


def test_unknown_name_is_locked_out(try_at):
    statuses = [try_at("jwt", "nobody", "wrong").status_code for _ in range(6)]
    assert statuses == [401, 401, 401, 401, 429, 429]


def test_success_resets_the_count(try_at, new_user):
    new_user()
    for _ in range(3):
        for _ in range(4):
            try_at("session", "ada", "wrong")
        assert try_at("jwt", "ada", PASSWORD).status_code == 200


def test_failures_expire(locked_out, try_at, settings):
    from datetime import timedelta

    settings.AXES_COOLOFF_TIME = timedelta(0)
    if "cache" in settings.AXES_HANDLER:
        from django.core.cache import caches

        caches["default"].clear()
    assert try_at("jwt", "ada", PASSWORD).status_code == 200


def test_typed_name_is_not_stored(try_at):
    for login in ("session", "html"):
        try_at(login, "my-password-by-mistake", "wrong")
    assert "my-password-by-mistake" not in str(list(AccessAttempt.objects.values()))
