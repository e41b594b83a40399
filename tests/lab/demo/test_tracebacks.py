"""What a 500 shows: where it was raised, to students who edit the code on their own machine; nothing to anyone else."""

import pytest
from django.db import OperationalError

from tests.project.test_profiles import COMPLETE, settings_of

SECRET = "a detail for a student's eyes"


@pytest.fixture(autouse=True)
def on_loopback(settings):
    settings.TRACEBACKS = True


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def break_shop(monkeypatch):
    def break_shop(error):
        def bug():
            raise error

        monkeypatch.setattr("shop.products.on_sale", bug)

    return break_shop


def test_page_shows_the_traceback(client, break_shop):
    break_shop(RuntimeError(SECRET))
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "RuntimeError: a detail" in page
    assert "shop/pages.py, line" in page
    assert "Traceback (most recent call last)" in page
    assert page.count("raise error") == 1


def test_api_answers_the_place_in_json(client, break_shop):
    break_shop(RuntimeError(SECRET))
    response = client.get("/api/products/")
    assert response.status_code == 500
    assert response.json().keys() == {"detail", "code"}
    assert response.json()["code"] == "server_error"
    assert f"RuntimeError: {SECRET} (shop/" in response.json()["detail"]


def test_terminal_shows_the_traceback(client, break_shop, caplog):
    break_shop(RuntimeError(SECRET))
    client.get("/")
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert record.exc_info[1].args == (SECRET,)


def test_broken_base_template_is_shown(client, db, monkeypatch):
    def bug(*arguments):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("django.template.loader_tags.ExtendsNode.render", bug)
    response = client.get("/accounts/login/")
    assert response.status_code == 500
    assert "RuntimeError: a detail" in response.content.decode()


def test_what_is_not_an_error_looks_as_before(client, db):
    assert client.get("/nowhere/").status_code == 404
    assert "Traceback" not in client.get("/nowhere/").content.decode()
    assert client.get("/api/nowhere/").json()["code"] == "not_found"


def test_outage_stays_a_503(client, break_shop):
    break_shop(OperationalError(SECRET))
    for path in ("/", "/api/products/"):
        response = client.get(path)
        assert response.status_code == 503
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/api/products/"])
def test_without_the_setting_it_says_nothing(client, break_shop, settings, path):
    settings.TRACEBACKS = False
    break_shop(RuntimeError(SECRET))
    response = client.get(path)
    assert response.status_code == 500
    assert "a detail for" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via"])
def test_behind_a_proxy_it_says_nothing(client, break_shop, header):
    break_shop(RuntimeError(SECRET))
    assert "a detail for" not in client.get("/", headers={header: "192.0.2.1"}).content.decode()


def test_markup_in_an_error_is_text(client, break_shop):
    break_shop(RuntimeError("<script>alert(1)</script>"))
    assert "<script>" not in client.get("/").content.decode()


@pytest.mark.parametrize("profile", [COMPLETE, {"CLASSROOM": "on"}], ids=["production", "classroom"])
def test_it_cannot_be_switched_on_for_others(tmp_path, profile):
    assert not settings_of(tmp_path, TRACEBACKS="on", **profile).TRACEBACKS
