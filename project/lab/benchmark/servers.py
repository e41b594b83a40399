"""The benchmark's own servers: granian with one worker, production profile, each variant in a process of its own."""

import json
import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from django.conf import settings

from project.lab.benchmark import database
from project.lab.benchmark.client import Http, Refused, sign_in
from project.lab.benchmark.meter import CLOCK, RESET
from project.lab.processes.server import free_ports

SIGN_INS = 4  # at least, that each client goes round
PATIENCE = 60  # seconds for a server to answer
# As in the README's "Run it for real", but for one worker. It has one thread: threads of one process share one
# interpreter lock, and to pass it among several costs CPU of its own that would be taken for the variant's.
# A thread keeps its connection to SQLite, so none goes home.
GRANIAN = ["--interface=wsgi", "--workers=1", "--blocking-threads=1", "--backpressure=1024", "--log-level=error"]
GRANIAN += ["--blocking-threads-idle-timeout=600", "--factory"]


class Server:
    """A running server of one variant, with clients who have signed in there."""

    def __init__(self, name, variant, port, environment, log):
        self.name, self.variant, self.port, self.log = name, variant, port, log
        self.sign_ins = []  # for each client those it goes round
        command = [sys.executable, "-m", "granian", *GRANIAN, f"--port={port}"]
        command.append(f"project.lab.benchmark.meter:{'stock' if variant.stock else 'ours'}")
        with log.open("w") as stderr:
            # A session of its own: Ctrl-C in the terminal ends the benchmark, and that ends its servers.
            self.process = subprocess.Popen(  # noqa: S603
                command, cwd=settings.BASE_DIR, env=environment, stdout=stderr, stderr=stderr, start_new_session=True
            )
        self.http = Http(port)

    def wait_until_it_answers(self):
        """Raise Refused if it ends, does not answer in time, or is not the one that was started."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with suppress(OSError, HTTPException):
                if self.http.json(CLOCK)["variant"] == self.name:
                    return
            self.http.close()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.1)
                break
        raise Refused(f"The server of {self.name} does not answer. It said:\n{self.said()}")

    def said(self):
        return self.log.read_text(errors="replace")[-2000:]

    def sign_in(self, accounts, cart, clients):
        """Sign every account in and deal the sign-ins out to the clients."""
        known = [sign_in(self.http, self.variant, account, cart) for account in accounts]
        self.sign_ins = [known[number::clients] for number in range(clients)]

    def reset(self):
        """Put what was loaded back into the carts."""
        self.http.close()  # granian ends a connection that was idle for 30 seconds; the next request opens another
        self.http.json(RESET)


def stop(servers):
    """End the servers' processes side by side, however they take it."""
    families = []
    for server in servers:
        server.http.close()
        with suppress(psutil.NoSuchProcess):
            families += psutil.Process(server.process.pid).children(recursive=True)
        server.process.terminate()
    psutil.wait_procs(families, timeout=5)
    for process in families:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    for server in servers:
        server.process.kill()
        server.process.wait()


class House:
    """Where the servers of a run live: a directory, databases, a part of the cache, all gone at the end."""

    def __init__(self, stack, databases, redis):
        self.stack = stack
        self.directory = Path(stack.enter_context(TemporaryDirectory(prefix="benchmark-")))
        self.redis = redis or ""
        self.prefix = stack.enter_context(database.own_part_of_cache(self.redis))
        self.secret_key = secrets.token_urlsafe(50)
        self.urls = stack.enter_context(database.own_databases(databases[0], self.directory, databases[1]))
        self.stock_urls, self.prepared = {}, {}

    def environment(self, name, url, **changes):
        """Return the environment of a server: the production profile; nothing of the caller's own settings."""
        var = self.directory / name
        var.mkdir(exist_ok=True)
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "project.lab.benchmark.settings",
            "SHOP_PROFILE": "production",
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": "",
            "ALLOWED_HOSTS": "127.0.0.1",
            "CSRF_TRUSTED_ORIGINS": "",
            "TRUSTED_PROXIES": "127.0.0.1",
            "DATABASE_URL": url,
            "DATABASE_POOL_SIZE": "16",
            "REDIS_URL": self.redis,
            "SESSION_STORE": "db",
            "JWT_ALGORITHM": "HS256",
            "TOKEN_ISSUER": "shop",
            "TOKEN_AUDIENCE": "shop-api",
            "LAB": "off",
            "VAR_DIR": str(var),
            "BENCHMARK_SESSION_STORE": "db",
            "BENCHMARK_PREFIX": self.prefix,
            "BENCHMARK_VARIANT": name,
            **changes,
        }

    def prepare(self, name, users, accounts, stock=True):
        """Fill one of the databases; for `stock`, one more for the stock way where it needs its own."""
        options = [f"--users={users}", f"--accounts={accounts}", f"--stock-accounts={accounts if stock else 0}"]
        self.prepared[name] = json.loads(self.python(name, "-m", "project.lab.benchmark.prepare", *options))
        if stock:
            self.stock_urls[name] = database.for_stock(self.urls[name])

    def python(self, database_name, *arguments):
        """Run Python with the benchmark's settings on one of the databases and return its output."""
        environment = self.environment("prepare", self.urls[database_name])
        command = [sys.executable, *arguments]
        done = subprocess.run(  # noqa: S603
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Refused(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def start(self, wanted, clients):
        """Start servers side by side and sign their clients in; return {name: Server}.

        Args:
            wanted: {name: (variant, name of its database)}.
        """
        servers = {}
        self.stack.callback(lambda: stop(servers.values()))
        for (name, (variant, place)), port in zip(wanted.items(), free_ports(len(wanted)), strict=True):
            url = (self.stock_urls if variant.stock else self.urls)[place]
            changes = {"DJANGO_SETTINGS_MODULE": "project.lab.benchmark.stock_settings"} if variant.stock else {}
            environment = self.environment(name, url, **changes, **variant.environment)
            servers[name] = Server(name, variant, port, environment, self.directory / f"{name}.log")

        def get_ready(name):
            variant, place = wanted[name]
            servers[name].wait_until_it_answers()
            known = self.prepared[place]
            accounts = known["stock_accounts" if variant.stock else "accounts"]
            servers[name].sign_in(accounts, known["cart"], clients)

        with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
            list(pool.map(get_ready, servers))
        return servers


@contextmanager
def house(given, names, redis):
    """Yield a House with an empty database for each of the names, beside the one at the URL `given`."""
    with ExitStack() as stack:
        yield House(stack, (given, names), redis)
