"""A shop that answers over real HTTP, in threads of the test's own process: what a test patches, it obeys."""

import pytest
from django.contrib.sessions.backends import file

from accounts.keys import keyring
from project.lab.benchmark import short
from project.lab.experiments.f_scale import speed
from shop.models import Product
from tests.clients import client_of
from tests.lab.benchmark import measurement


@pytest.fixture(autouse=True)
def nothing_is_measured(monkeypatch):
    """Let the experiment `speed` start no servers: what they cost is made up."""
    monkeypatch.setattr(short, "compare", measurement.compare)
    monkeypatch.setattr(speed, "latest", {})


@pytest.fixture
def shop_url(transactional_db, live_server, settings, tmp_path, monkeypatch, new_product):
    """Return the address of a shop that sells something and has not been visited yet."""
    settings.SESSION_FILE_PATH = tmp_path / "sessions"
    settings.SESSION_FILE_PATH.mkdir()
    # The file store looks at the setting once.
    monkeypatch.setattr(file.SessionStore, "_storage_path", str(settings.SESSION_FILE_PATH), raising=False)
    keyring()  # so that there is one
    new_product(stock=10**6)
    return live_server.url.replace("localhost", "127.0.0.1")


@pytest.fixture
def student(shop_url, new_user):
    """Somebody who shops while experiments run: logged in under both schemes, with something in the cart."""
    student = new_user("student")
    for client in (client_of("session"), client_of("jwt")):
        client.log_in(student)
        client.add(Product.objects.get(), 3)
    return student
