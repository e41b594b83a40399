"""A variable that is set is used to the letter, or refused by name."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from project.api import environment


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv("VARIABLE", value)


@pytest.mark.parametrize("value", ["$HOME", "a#b", " blank ", "50%41", "{x}", "\\$x"])
def test_text_is_used_to_the_letter(given, value):
    given(value)
    assert environment.text("VARIABLE", "default") == value


def test_empty_is_as_not_set(given):
    given("")
    assert environment.text("VARIABLE", "default") == "default"


def test_blanks_around_entries_go(given):
    given(" a.example , b.example,,")
    assert environment.entries("VARIABLE") == ["a.example", "b.example"]


@pytest.mark.parametrize("host", ["shop.example", ".example", "*", "127.0.0.1", "[::1]", "localhost", "bücher.example"])
def test_host_is_accepted(given, host):
    given(host)
    assert environment.entries("VARIABLE", [], environment.is_host) == [host]


@pytest.mark.parametrize(
    "host", ["http://shop.example", "shop.example:8000", "a b", "shop.example/", "::1", "*.example"]
)
def test_invalid_host_is_refused(given, host):
    given(host)
    with pytest.raises(ImproperlyConfigured, match=r"VARIABLE has .* which is no host name"):
        environment.entries("VARIABLE", [], environment.is_host, "host name")


@pytest.mark.parametrize("proxy", ["proxy.example", "10.0.0.0/40", "*"])
def test_invalid_network_is_refused(given, proxy):
    given(proxy)
    with pytest.raises(ImproperlyConfigured):
        environment.entries("VARIABLE", [], environment.is_network)


@pytest.mark.parametrize(("value", "meant"), [("on", True), ("Off", False), ("1", True), ("no", False)])
def test_switch_is_on_or_off(given, value, meant):
    given(value)
    assert environment.switch("VARIABLE", not meant) is meant


@pytest.mark.parametrize("value", ["maybe", "onn", "$x"])
def test_another_word_is_no_switch(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="VARIABLE"):
        environment.switch("VARIABLE", True)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "x", "1e3", "9" * 20])
def test_invalid_number_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="VARIABLE"):
        environment.number("VARIABLE", 7)


SHOW = """
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
print(settings.DATABASES["default"]["NAME"], settings.DEMO_PASSWORD)
"""


@pytest.mark.servers
@pytest.mark.parametrize("url", ["shop", "postgres://u:p@host:x/shop", "sqlite:////tmp/a#b", "postgres://u:p@host/a#b"])
def test_what_names_no_database_is_refused(given, url):
    given(url)
    with pytest.raises(ImproperlyConfigured, match="VARIABLE is no URL of a database"):
        environment.database("VARIABLE")


def test_a_password_may_have_a_hash_sign(given):
    given("postgres://shop:a#b$c@host/shop")
    assert environment.database("VARIABLE")["PASSWORD"] == "a#b$c"


@pytest.mark.parametrize("folder", ["Kurs C#", "what?", "c++ course", "100%41"])
def test_database_is_in_the_folder(tmp_path, folder):
    """And the password is what the variable says, though it begins with `$`."""
    var = tmp_path / folder
    environment = {"VAR_DIR": str(var), "DEMO_PASSWORD": "$ecret", "DJANGO_SETTINGS_MODULE": "project.settings"}
    command = [sys.executable, "-c", SHOW]
    out = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True)  # noqa: S603
    assert out == f"{var / 'db.sqlite3'} $ecret\n"
    assert (var / "db.sqlite3").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == [folder]
