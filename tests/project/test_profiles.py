"""The two profiles: what each starts with, what it refuses to start without."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings as project_settings
from django.core.management.utils import get_random_secret_key
from django.db import connection

from accounts.secret_file import read_or_create
from tests.at_once import PATIENCE, at_once
from tests.clients import client_of

COMPLETE = {
    "SHOP_PROFILE": "production",
    "SECRET_KEY": "k7#" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "shop.example",
    "DATABASE_URL": "postgres://shop@db.example/shop",
    "REDIS_URL": "redis://cache.example/0",
}
SHOW = """
import json
from project import settings as s
prefixes = ("SESSION_COOKIE", "CSRF_COOKIE", "LAB", "INSTALLED_APPS", "SECRET_KEY", "TRACEBACKS")
names = [n for n in dir(s) if n.startswith(prefixes)]
print(json.dumps({name: getattr(s, name) for name in names}))
"""


def start(var, *arguments, **environment):
    """Start Python in the project's directory, with an environment of its own."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        cwd=project_settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process):
    output, errors = process.communicate(timeout=PATIENCE)
    return SimpleNamespace(exit_code=process.returncode, output=output, errors=errors)


def settings_of(var, **environment):
    """Return the settings that a process with this environment works with."""
    process = end(start(var, "-c", SHOW, **environment))
    assert process.errors == ""
    return SimpleNamespace(**json.loads(process.output))


def refusal(var, **environment):
    """Return why a process with this environment does not start."""
    process = end(start(var, "-c", "import project.settings", **environment))
    assert process.exit_code == 1
    return process.errors.strip().splitlines()[-1]


def test_demo_needs_no_environment(tmp_path):
    process = end(start(tmp_path, "manage.py", "check"))
    assert (process.exit_code, process.errors) == (0, "")


@pytest.mark.race
def test_parallel_demos_make_one_key(tmp_path):
    processes = [start(tmp_path, "-c", SHOW) for _ in range(6)]
    keys = {json.loads(end(process).output)["SECRET_KEY"] for process in processes}
    assert keys == {(tmp_path / "secret_key").read_text()}
    assert len(keys.pop()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.race
def test_one_secret_wins(tmp_path):
    secrets = at_once(*[lambda: read_or_create(tmp_path / "secret", get_random_secret_key)] * 30)
    assert set(secrets) == {(tmp_path / "secret").read_text()}


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], "SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL"),
        (["SECRET_KEY", "DATABASE_URL"], "ALLOWED_HOSTS"),
    ],
)
def test_production_names_what_is_missing(tmp_path, given, missing):
    environment = {name: COMPLETE[name] for name in ["SHOP_PROFILE", *given]}
    assert refusal(tmp_path, **environment).endswith(f"The production profile needs: {missing}.")
    assert not list(tmp_path.iterdir())  # no key is made up either


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("SHOP_PROFILE", "demo, production"),
        ("SESSION_STORE", "db, cached_db, cache, file, signed_cookies"),
        ("JWT_ALGORITHM", "HS256, RS256, Ed25519"),
    ],
)
def test_unknown_value_is_refused(tmp_path, name, choices):
    reason = refusal(tmp_path, **{name: "none"})
    assert reason.endswith(f"{name} is 'none'; it must be one of: {choices}.")


@pytest.mark.parametrize("store", ["cache", "cached_db"])
def test_unshared_cache_is_refused(tmp_path, store):
    reason = refusal(tmp_path, **{**COMPLETE, "SESSION_STORE": store, "REDIS_URL": ""})
    assert f"SESSION_STORE={store} needs REDIS_URL" in reason


def test_deployment_check_is_clean(tmp_path):
    process = end(start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **COMPLETE))
    assert (process.exit_code, process.errors) == (0, "")
    assert "no issues (0 silenced)" in process.output


@pytest.mark.parametrize(("environment", "is_production"), [({}, False), (COMPLETE, True)], ids=["demo", "production"])
def test_production_secures_cookies(tmp_path, environment, is_production):
    settings = settings_of(tmp_path, **environment)
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_SECURE == settings.CSRF_COOKIE_SECURE == is_production
    assert settings.LAB is not is_production
    assert ("project.lab" in settings.INSTALLED_APPS) is not is_production


@pytest.mark.parametrize("secure", [False, True])
def test_cookies_carry_their_flags(new_user, settings, secure):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    client = client_of("session")
    client.log_in(new_user())
    session, csrf = client.http.cookies["sessionid"], client.http.cookies["csrftoken"]
    assert bool(session["secure"]) == bool(csrf["secure"]) == secure
    assert session["samesite"] == csrf["samesite"] == "Lax"
    assert session["httponly"]
    assert not csrf["httponly"]  # pages of this site must read it


@pytest.mark.parametrize("store", project_settings.SESSION_STORES)
def test_session_id_dies_with_logout(new_user, settings, tmp_path, store):
    settings.SESSION_ENGINE = settings.SESSION_STORES[store]
    settings.SESSION_FILE_PATH = tmp_path
    client, thief = client_of("session"), client_of("session")
    client.log_in(new_user())
    thief.http.cookies["sessionid"] = client.http.cookies["sessionid"].value
    assert client.get("me/").status_code == thief.get("me/").status_code == 200
    assert client.post("logout/").status_code == 204
    assert client.get("me/").status_code == 401
    # A signed cookie holds the session itself: there is nothing on the server that could be deleted.
    assert thief.get("me/").status_code == (200 if store == "signed_cookies" else 401)


def test_database_takes_parallel_writes(db):
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql":
        assert 1 < options["pool"]["max_size"] < 100  # PostgreSQL refuses the hundredth client
    else:
        assert pragma("journal_mode") == "wal"
        assert pragma("synchronous") == 2  # FULL
        assert pragma("busy_timeout") >= 30_000  # milliseconds
        assert options["transaction_mode"] == "IMMEDIATE"


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]
