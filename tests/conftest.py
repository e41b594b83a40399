"""What the tests share. Every test of the cart runs under each scheme: see the fixture `scheme`."""

import logging
import os
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from shop.models import Product
from tests.at_once import PATIENCE
from tests.clients import PASSWORD, SECRETS, client_of
from tests.missing_packages import pytest_exception_interact  # noqa: F401 - pytest calls it
from tests.schemes import described_schemes

audit_log = logging.getLogger("accounts")
audit_log.handlers.clear()  # the tests' sign-ins are not for the audit log of this checkout
if pool := settings.DATABASES["default"]["OPTIONS"].get("pool"):
    pool["timeout"] = PATIENCE  # the threads of a race share a few connections


def pytest_terminal_summary(terminalreporter):
    """Say what was not tested, and how it could be."""
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        terminalreporter.section("not tested: PostgreSQL and Redis")
        terminalreporter.line("apt-get install postgresql redis-server, then name them and run the suite again:")
        terminalreporter.line("DATABASE_URL=postgres://… REDIS_URL=redis://… .venv/bin/pytest -n auto -q")


def pytest_collection_modifyitems(config, items):
    """Mark the browser's tests, and end a test that hangs: after ten minutes, if the plugin is installed."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
        if config.pluginmanager.hasplugin("timeout"):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(autouse=True)
def quick_and_clean(settings, tmp_path, monkeypatch):
    """Hash passwords cheaply, write to a directory of the test's own, use a part of the cache of its own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VAR_DIR = tmp_path
    settings.WHITENOISE_USE_FINDERS = False  # else each new client looks for all static files
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex},
        "runs": {**settings.CACHES["runs"], "LOCATION": tmp_path / "runs"},
    }
    monkeypatch.setattr(AxesProxyHandler, "implementation", None)  # it keeps the first cache it sees


@pytest.fixture(autouse=True)
def logs_hold_no_secret(caplog):
    """Fail the test, whichever it is, if a log line holds a password, cookie, token or key that was used in it."""
    SECRETS.intersection_update({PASSWORD})
    audit_log.addHandler(caplog.handler)
    yield
    audit_log.removeHandler(caplog.handler)
    records = caplog.get_records("setup") + caplog.get_records("call")
    lines = [record.getMessage() + (record.exc_text or "") for record in records]
    for secret in SECRETS | {settings.SECRET_KEY}:
        assert not any(secret in line for line in lines)


@pytest.fixture
def pass_time(monkeypatch):
    """Stop the clock that the shop reads; return a function that moves it on."""
    clock = {"now": datetime.now(UTC).replace(microsecond=0)}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])
    monkeypatch.setattr(time, "time", lambda: clock["now"].timestamp())

    def pass_time(**duration):
        clock["now"] += timedelta(**duration)

    return pass_time


@pytest.fixture(params=described_schemes(), ids=lambda scheme: scheme.name)
def scheme(request):
    """Each scheme that keeps the contract. Tests of `accounts/` leave out those whose login is a library's."""
    return request.param


@pytest.fixture
def new_user(db):
    def new_user(username="ada", **fields):
        return User.objects.create_user(username, password=PASSWORD, **fields)

    return new_user


@pytest.fixture
def new_product(db):
    def new_product(name="Bananas", price="0.25", stock=1000, emoji="🍌", **fields):
        return Product.objects.create(name=name, price=Decimal(price), stock=stock, emoji=emoji, **fields)

    return new_product


@pytest.fixture
def product(new_product):
    return new_product()


@pytest.fixture
def anonymous(scheme, db):
    """A client of the scheme that has not logged in."""
    return client_of(scheme)


@pytest.fixture
def logged_in(scheme):
    """Return a function that logs a user in, through the real endpoint, on a new client of the scheme."""

    def logged_in(user):
        client = client_of(scheme)
        assert client.log_in(user).status_code == 200
        return client

    return logged_in


@pytest.fixture
def shopper(logged_in, new_user):
    """A customer who has logged in."""
    return logged_in(new_user())


@pytest.fixture
def manager(logged_in, new_user):
    """A manager who has logged in."""
    return logged_in(new_user("mona", role="manager"))
