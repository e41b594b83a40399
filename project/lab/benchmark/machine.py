"""The machine and the versions that a run used."""

import os
import platform
import sqlite3
import sys
from importlib.metadata import version
from urllib.parse import urlsplit

import psutil
import psycopg
import redis

PACKAGES = ("Django", "djangorestframework", "djangorestframework-simplejwt", "PyJWT", "cryptography", "granian")


def describe():
    """Return processor, cores, memory and system in words and numbers."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
    }


def processor():
    """Return the processor's name; only Linux keeps it in a file."""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or platform.machine()


def versions(database, redis_url):
    """Return the version of each program and package that takes part."""
    found = {"Python": sys.version.split()[0], **{name: version(name) for name in PACKAGES}}
    if urlsplit(database).scheme == "sqlite":
        found["SQLite"] = sqlite3.sqlite_version
    else:
        with psycopg.connect(database.replace("postgres://", "postgresql://", 1)) as connection:
            found["PostgreSQL"] = connection.execute("SHOW server_version").fetchone()[0]
            found["psycopg"] = version("psycopg")
    if redis_url:
        with redis.Redis.from_url(redis_url) as server:
            found["Redis"] = server.info("server")["redis_version"]
    return found


class CpuLoad:
    """The load of the whole machine from now on."""

    def __init__(self):
        psutil.cpu_percent()

    def share(self):
        """Return the share of all cores that all programs used since the beginning."""
        return round(psutil.cpu_percent() / 100, 2)
