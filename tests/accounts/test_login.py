"""Logging in, under each scheme."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.clients import PASSWORD

REFUSED = {"detail": "No open account with this username and password.", "code": "invalid_credentials"}


def test_login_returns_the_user(anonymous, new_user):
    user = new_user(role="manager")
    response = anonymous.log_in(user)
    assert response.status_code == 200
    assert response.json()["user"] == {"id": user.id, "username": "ada", "role": "manager"}


def test_me_names_user_and_scheme(shopper, scheme):
    me = {"id": shopper.user.id, "username": "ada", "role": "customer", "scheme": scheme.name}
    assert shopper.get("me/").json() == me


@pytest.mark.parametrize(
    ("username", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD), ("ADA", PASSWORD)]
)
def test_failures_look_alike(anonymous, new_user, username, password):
    new_user()
    new_user("closed", is_active=False)
    response = anonymous.post("login/", {"username": username, "password": password})
    assert response.status_code == 401
    assert response.json() == REFUSED
    assert anonymous.get("me/").status_code == 401


@pytest.mark.parametrize(
    ("username", "password"), [("ada", PASSWORD), ("ada", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)]
)
def test_login_costs_one_hash(anonymous, new_user, settings, monkeypatch, username, password):
    """The hash is what takes the time. One for each login: the clock tells nobody which names exist."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1)
    new_user()
    new_user("closed", is_active=False)
    hashes = []
    encode = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *args: hashes.append(1) or encode(*args))
    anonymous.post("login/", {"username": username, "password": password})
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, ["password", "username"]),
        ({"username": "ada"}, ["password"]),
        ({"username": 1, "password": True}, ["password", "username"]),
        ({"username": "a\0da", "password": "x"}, ["username"]),
        ({"username": "a" * 151, "password": "x"}, ["username"]),
        ({"username": "ada", "password": "x" * 4097}, ["password"]),
        ({"username": "ada", "password": "x", "role": "manager"}, ["role"]),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_invalid_fields_are_named(anonymous, body, named):
    response = anonymous.post("login/", body)
    assert response.status_code == 400
    assert sorted(response.json()) == named


def test_password_is_not_trimmed(anonymous, new_user):
    new_user()
    assert anonymous.post("login/", {"username": "ada", "password": f" {PASSWORD}"}).status_code == 401


def test_old_credential_is_ignored(anonymous, new_user):
    anonymous.plant("rotten")
    body = {"username": new_user().username, "password": PASSWORD}
    assert anonymous.post("login/", body).status_code == 200


def test_logout_twice_is_204(shopper):
    assert shopper.post("logout/").status_code == 204
    assert shopper.post("logout/").status_code == 204


def test_unknown_logout_field_is_refused(shopper):
    response = shopper.post("logout/", {"colour": "red"})
    assert response.status_code == 400
    assert response.json() == {"colour": ["Unknown field."]}


def test_anonymous_logout_is_204(anonymous):
    assert anonymous.post("logout/").status_code == 204
