"""The session that is shown is one's own, with no secret in it."""

import pytest
from django.test import Client

from accounts.models import Session
from project.lab.inspector import own_session
from tests.browser_without_javascript import Browser, text
from tests.lab.inspector.asking import PAGE


def test_your_own_row_is_shown_decoded(browser):
    page = text(browser.get(PAGE))
    row = Session.objects.get()
    for column in row._meta.concrete_fields:
        assert f"<code>{column.name}</code>" in page
    for shown in (str(row.sign_in), "_auth_user_id", "_auth_user_backend", f"{row.expire_date:%Y-%m-%d %H:%M:%S} UTC"):
        assert shown in page


def test_no_secret_is_on_the_page(browser):
    page = text(browser.get(PAGE))
    row = Session.objects.get()
    for secret in (row.session_key, row.session_key[:8], row.session_data, browser.http.cookies["csrftoken"].value):
        assert secret not in page
    for part in row.session_data.split(":"):
        assert part[:8] not in page or len(part) < 8
    assert row.get_decoded()["_auth_user_hash"] not in page


def test_nothing_of_another_user_is_shown(browser, new_user):
    other = Browser()
    other.log_in(new_user("grace"))
    theirs = Session.objects.get(user__username="grace")
    page = text(browser.get(PAGE))
    assert str(Session.objects.get(user__username="ada").sign_in) in page
    for fact in ("grace", str(theirs.sign_in), theirs.session_key[:4] + "…"):
        assert fact not in page


def test_another_session_of_the_user_is_not_shown(browser, new_user):
    here = text(browser.get(PAGE))
    elsewhere = Browser()
    elsewhere.post("/accounts/login/", username="ada", password="correct-horse-battery")
    ids = {str(row.sign_in) for row in Session.objects.all()}
    assert len(ids) == 2
    assert sum(sign_in in here for sign_in in ids) == sum(sign_in in text(elsewhere.get(PAGE)) for sign_in in ids) == 1


def test_anonymous_sees_no_row_but_the_way_in(browser):
    page = text(Browser().get(PAGE))
    assert 'href="/accounts/login/?next=/lab/inspector/"' in page
    assert "session_key" not in page
    assert "_auth_user" not in page


def test_made_up_session_id_shows_nothing(db):
    client = Client()
    client.cookies["sessionid"] = "z" * 32
    page = text(client.get(PAGE))
    assert "zzzz" not in page
    assert "session_key" not in page


def test_hostile_label_is_shown_as_text(new_user):
    browser = Browser()
    browser.http = Client(enforce_csrf_checks=True, headers={"User-Agent": "<img src=x onerror=alert(1)>\u202eevil"})
    browser.log_in(new_user())
    page = text(browser.get(PAGE))
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_signs_that_cannot_be_seen_are_written_out():
    assert own_session.visible("a\u202eb\x00c\ud800d\né") == r"a\u202eb\x00c\ud800d" + "\né"


@pytest.mark.parametrize(
    ("store", "said"), [("cache", "in the cache"), ("file", "in a file"), ("signed_cookies", "in your cookie itself")]
)
def test_store_without_rows_is_said_to_have_none(settings, tmp_path, new_user, store, said):
    settings.SESSION_ENGINE, settings.SESSION_FILE_PATH = settings.SESSION_STORES[store], tmp_path
    browser = Browser()
    browser.log_in(new_user())
    page = text(browser.get(PAGE))
    assert f"This server keeps sessions {said}" in page
    assert "_auth_user_backend" in page
    assert "session_key" not in page
    assert browser.http.cookies["sessionid"].value not in page


def test_store_with_a_cache_has_rows_too(settings, new_user):
    settings.SESSION_ENGINE = settings.SESSION_STORES["cached_db"]
    browser = Browser()
    browser.log_in(new_user())
    assert "session_data" in text(browser.get(PAGE))


def test_cached_session_without_a_row_is_shown(settings, new_user):
    settings.SESSION_ENGINE = settings.SESSION_STORES["cached_db"]
    browser = Browser()
    browser.log_in(new_user())
    Session.objects.all().delete()
    assert "yours has just been deleted" in text(browser.get(PAGE))
