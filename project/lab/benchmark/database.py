"""The benchmark's own databases: files in its temporary directory, or databases beside the one that is given."""

import secrets
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from psycopg import sql

ENGINES = ("postgres", "postgresql")


def check(url):
    """Raise ValueError unless the benchmark can make databases beside this one."""
    if url and urlsplit(url).scheme not in ENGINES:
        raise ValueError("--database takes postgres://user:password@host/name; without it SQLite is used.")


@contextmanager
def own_databases(given, directory, names):
    """Make an empty database for each of the names and yield {name: URL}; drop them at the end, and only them."""
    if not given:
        # `directory` is removed with all that is in it.
        yield {name: f"sqlite:///{(Path(directory) / name).as_posix()}.sqlite3" for name in names}
        return
    run = secrets.token_hex(4)
    made = []
    with psycopg.connect(given.replace("postgres://", "postgresql://", 1), autocommit=True) as server:
        try:
            for name in names:
                made.append(sql.Identifier(f"shop_benchmark_{run}_{name}"))
                server.execute(sql.SQL("CREATE DATABASE {}").format(made[-1]))
            yield {name: beside(given, f"shop_benchmark_{run}_{name}") for name in names}
        finally:
            for identifier in made:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier))


def beside(url, name):
    """Return the URL of another database of the same server, with the same options, such as `?sslmode=require`."""
    parts = urlsplit(url)
    options = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{options}"  # `geturl` leaves the slashes out where no host is named


def for_stock(url):
    """Return the URL of the stock servers' database, after the other is filled.

    On SQLite it is a copy in Django's default journal mode, which the file and not the connection remembers.
    """
    if not url.startswith("sqlite"):
        return url
    path = url.removeprefix("sqlite:///")
    copy = path.replace(".sqlite3", "-stock.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", [copy])
    return f"sqlite:///{copy}"


@contextmanager
def own_part_of_cache(url):
    """Yield a prefix for keys; at the end what was written under it is removed from Redis, where there is one."""
    prefix = f"benchmark-{secrets.token_hex(4)}"
    try:
        yield prefix
    finally:
        if url:
            with redis.Redis.from_url(url) as server:
                for key in server.scan_iter(f"{prefix}:*", count=1000):
                    server.unlink(key)
