"""The audit log: who, what, when, scheme, address; never a secret."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.browser_without_javascript import Browser
from tests.clients import PASSWORD, client_of


@pytest.fixture
def log(caplog):
    """Return a function that returns what the audit log says, as dictionaries."""

    def log():
        lines = [json.loads(record.message) for record in caplog.records if record.name == "accounts"]
        assert all(line.pop("at") for line in lines)
        return lines

    return log


def test_login_and_logout_are_logged(log, anonymous, new_user, scheme):
    anonymous.log_in(new_user())
    anonymous.post("logout/")
    common = {"user": "ada", "scheme": scheme.name, "address": "127.0.0.1"}
    ended = [{"event": "logout", **common}] if scheme.lists_sign_ins else []  # else no sign-in is kept, and none ends
    assert log() == [{"event": "login", **common}, *ended]


def test_unknown_names_are_not_logged(log, anonymous, new_user):
    new_user()
    anonymous.post("login/", {"username": "ada", "password": "wrong"})
    anonymous.post("login/", {"username": PASSWORD, "password": "wrong"})
    assert [(line["event"], line["user"]) for line in log()] == [("login failed", "ada"), ("login failed", None)]


def test_pages_are_logged(log, new_user):
    browser = Browser()
    browser.post("/accounts/login/", username=new_user().username, password="wrong")
    browser.log_in(new_user("bela"))
    browser.post("/accounts/logout/")
    assert [(line["event"], line["user"], line["scheme"]) for line in log()] == [
        ("login failed", "ada", "html"),
        ("login", "bela", "html"),
        ("logout", "bela", "html"),
    ]


def test_token_events_are_logged(log, new_user, settings):
    client = client_of("jwt")
    client.log_in(new_user())
    client.post("delegate/", {"scope": "cart:read"})
    first = client.refresh
    client.remember(client.post("refresh/", {"refresh": first}).json())
    client.remember(client.post("refresh/", {"refresh": client.refresh}).json())
    client.post("refresh/", {"refresh": first})
    events = [line["event"] for line in log()]
    assert events == ["login", "delegated", "refresh", "refresh", "refresh token reused"]


def test_lockout_is_logged(log, new_user):
    new_user()
    for _ in range(6):
        client_of("jwt").post("login/", {"username": "ada", "password": "wrong"})
    assert log()[-1]["because"] == "too many attempts"


def test_closed_account_is_logged(log, manager, new_user):
    manager.delete(f"users/{new_user('cleo').id}/")
    assert log()[-1]["event"] == "account closed"
    assert (log()[-1]["user"], log()[-1]["by"]) == ("cleo", "mona")


def test_new_role_is_logged(log, new_user):
    new_user()
    call_command("role", "ada", "manager")
    assert log() == [{"event": "role changed", "user": "ada", "role": "manager"}]
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("role", "nobody", "manager")


def test_control_characters_are_escaped(caplog, rf):
    from accounts import audit

    audit.record(None, "role changed", 'x\r\n{"event": "login"}\x1b[31m\u2028\u202e')
    [record] = caplog.records
    assert record.message.isprintable()
    assert record.message.isascii()
