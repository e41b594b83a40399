"""The endpoint of the checks: whatever it is sent, it answers politely and keeps nothing."""

import logging

import pytest
from django.test import Client

from tests.lab.inspector.asking import CHECK, PAGE, ask, failing

BODIES = ["", "{", "[]", "null", "1", '"token"', "{}", '{"token": 1}', '{"token": null}', '{"token": ["x"]}', "\x00"]
BODIES += ["[" * 60000, '{"token":' * 6000, "9" * 60000, b"\xff\xfe", '{"token": NaN}']


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_body_without_a_token_is_refused(db, body):
    response = ask(body)
    assert response.status_code == 400
    assert response.json() == {"detail": 'Send JSON: {"token": "…"}.', "code": "invalid"}


@pytest.mark.parametrize("token", ["\x00", "\ud800.\udfff.\x00", "\u202e", "😀" * 3000, "." * 4096, "A" * 4097])
def test_odd_text_fails_a_check_and_nothing_else(db, token):
    assert failing(token) in (["three parts"], ["length"])


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", [PAGE, CHECK])
def test_megabyte_is_too_much(db, path, kind):
    client = Client()
    response = client.post(path, "token=" + "A" * 1_000_000, content_type=kind)
    assert response.status_code in ({CHECK: (413,), PAGE: (200, 413)}[path])


def test_check_needs_the_csrf_token(db):
    assert ask({"token": "x"}, **{"X-CSRFToken": "wrong"}).status_code == 403


def test_only_posts_are_checked(client):
    assert client.get(CHECK).status_code == 405


def test_nothing_is_logged(shopper, caplog, capfd):
    caplog.set_level(logging.DEBUG, "accounts")
    header, claims, _ = shopper.access.split(".")
    caplog.clear()
    for token in (shopper.access, f"{header}.{claims}.AAAA", "x"):
        ask({"token": token})
    assert caplog.messages == []
    assert capfd.readouterr() == ("", "")


def test_answer_never_repeats_the_token(shopper):
    assert shopper.access.split(".")[2] not in ask({"token": shopper.access}).content.decode()
