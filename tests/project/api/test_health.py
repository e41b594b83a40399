"""What the shop says when something it needs is away."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.fixture
def client():
    """A client that is shown the answer to an exception, as a browser is."""
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away(db):
    """Return a context in which no query is answered."""

    def refuse(*query):
        raise OperationalError("server closed the connection unexpectedly: host db-7, user shop")

    return connection.execute_wrapper(refuse)


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")  # pytest-django refuses queries in a test that has not asked for a database
    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_is_200(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ready": True})


def assert_not_ready(response, failing):
    assert response.status_code == 503
    assert response.json() == {"ready": False, "failing": failing}
    assert int(response["Retry-After"]) > 0


def test_readyz_names_the_database(client, database_away):
    with database_away:
        assert_not_ready(client.get("/readyz"), ["database", "migrations"])


def test_readyz_names_migrations(client, db):
    MigrationRecorder(connection).record_unapplied(*MigrationLoader(connection).graph.leaf_nodes("shop")[0])
    assert_not_ready(client.get("/readyz"), ["migrations"])


def test_readyz_names_the_cache(client, db, settings):
    nobody_listens = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nobody_listens}
    }
    assert_not_ready(client.get("/readyz"), ["cache"])


def test_api_answers_503_in_json(shopper, database_away):
    with database_away:
        for response in (shopper.get("cart/"), shopper.post("orders/")):
            assert response.status_code == 503
            assert response.json()["code"] == "unavailable"
            assert int(response["Retry-After"]) > 0
            assert b"db-7" not in response.content


@pytest.mark.parametrize("path", ["/", "/cart/", "/accounts/login/"])
def test_page_answers_503_in_html(client, new_user, database_away, path):
    client.force_login(new_user())
    with database_away:
        response = client.get(path)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"].startswith("text/html")
    assert b"db-7" not in response.content


@pytest.fixture
def shop_with_a_bug(monkeypatch):
    def bug():
        raise RuntimeError("a detail for nobody's eyes")

    monkeypatch.setattr("shop.products.on_sale", bug)


def test_api_answers_500_in_json(client, shop_with_a_bug):
    response = client.get("/api/products/")
    assert response.status_code == 500
    assert response.json() == {"detail": "Something went wrong on the server.", "code": "server_error"}


def test_page_answers_500_in_html(client, shop_with_a_bug):
    response = client.get("/")
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
    assert b"Something went wrong on the server." in response.content
    assert b"a detail for" not in response.content
