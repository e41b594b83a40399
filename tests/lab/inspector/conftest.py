"""Somebody who looks into the inspector: a client with a token, a browser with a session."""

import pytest

from tests.browser_without_javascript import Browser
from tests.clients import client_of


@pytest.fixture
def shopper(new_user):
    client = client_of("jwt")
    client.log_in(new_user())
    return client


@pytest.fixture
def browser(new_user):
    """Somebody who has logged in on the HTML pages."""
    browser = Browser()
    browser.log_in(new_user())
    return browser
