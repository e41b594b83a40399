"""The benchmark's databases are its own: made beside the given one, and dropped at the end, also after a failure."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from project.lab.benchmark.database import beside, for_stock, own_databases
from project.lab.benchmark.environment import benchmark_environment


def make(given, directory):
    """Make two databases, see that they are there, fail, and return their URLs."""
    urls = {}
    with pytest.raises(KeyboardInterrupt), own_databases(given, directory, ["one", "two"]) as made:  # noqa: PT012
        urls |= made
        for url in made.values():
            if given:
                psycopg.connect(url.replace("postgres://", "postgresql://", 1)).close()
        raise KeyboardInterrupt
    return urls


def test_databases_are_dropped_on_failure(tmp_path):
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        for url in make(os.environ["DATABASE_URL"], tmp_path).values():
            with pytest.raises(psycopg.OperationalError, match="does not exist"):
                psycopg.connect(url.replace("postgres://", "postgresql://", 1))
    else:
        # Files go with their directory, which the run removes.
        assert {Path(url.removeprefix("sqlite:///")).parent for url in make("", tmp_path).values()} == {tmp_path}


@pytest.mark.parametrize(
    ("given", "other"),
    [
        ("postgres://me:pass@db:5432/shop?sslmode=require", "postgres://me:pass@db:5432/other?sslmode=require"),
        ("postgres:///shop", "postgres:///other"),  # the server of this machine
    ],
)
def test_options_of_the_url_are_kept(given, other):
    assert beside(given, "other") == other


def test_stock_gets_djangos_journal_mode(tmp_path):
    original = tmp_path / "shop.sqlite3"
    with closing(sqlite3.connect(original)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE kept (n)")
        connection.commit()
    with closing(sqlite3.connect(for_stock(f"sqlite:///{original}").removeprefix("sqlite:///"))) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_callers_settings_do_not_count():
    table = (settings.BASE_DIR / "project" / "README.md").read_text()
    names = {name for row in re.findall(r"^\| (`[A-Z_`, ]+)", table, re.MULTILINE) for name in re.findall(r"\w+", row)}
    of_the_demo = {"LAB_URL", "DEMO_PASSWORD", "TRACEBACKS", "CLASSROOM"}
    with benchmark_environment("", ["main"], "") as environment:
        assert names - of_the_demo <= environment.variables("session", "sqlite://").keys()
