"""What the tests of the API's frame share."""

import pytest
from django.db import connection


@pytest.fixture
def one_transaction(monkeypatch):
    """Let the application run in the transaction of the test: it must not close the connection after a request."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
