"""The page on which an owner allows a third party a part of their rights."""

import pytest

from accounts.models import Grant
from tests.browser_without_javascript import Browser, said, text

ASKED = {"label": "<b>Recipe app", "scope": "cart:read orders:read", "expires_in": "3600"}
ADDRESS = "/accounts/delegate/?label=%3Cb%3ERecipe+app&scope=cart:read+orders:read&expires_in=3600"


@pytest.fixture
def ada(new_user):
    browser = Browser()
    browser.log_in(new_user())
    return browser


def test_consent_page_shows_the_scope(ada):
    page = text(ada.get(ADDRESS))
    assert "&lt;b&gt;Recipe app" in page
    assert "1 hour" in page
    assert not Grant.objects.exists()


def test_allowing_shows_the_token(ada):
    page = text(ada.post("/accounts/delegate/", page=ADDRESS, allow="1", **ASKED))
    assert Grant.objects.get().scope == "cart:read orders:read"
    assert "eyJ" in page


def test_denying_makes_no_token(ada):
    response = ada.post("/accounts/delegate/", page=ADDRESS, deny="1", **ASKED)
    assert said(response) == ["You said no: nothing was given away."]
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [{}, {"scope": "account"}, {"scope": "cart:read account"}, {"expires_in": "0"}, {"label": ""}, {"label": "\x00"}],
)
def test_invalid_request_is_refused(ada, asked):
    filled = ASKED | asked if asked else {}
    response = ada.post("/accounts/delegate/", page=ADDRESS, allow="1", **filled)
    assert response.status_code == 400
    assert not Grant.objects.exists()
