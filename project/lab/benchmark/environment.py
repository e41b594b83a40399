"""Where the servers of a run live: a directory, databases, a part of the cache; all of it is gone at the end."""

import json
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from project.lab.benchmark import database
from project.lab.benchmark.client import Refused
from project.lab.benchmark.servers import VariantServer, end, side_by_side


class BenchmarkEnvironment:
    """The directory, the databases and the part of the cache of one run, and the servers that use them."""

    def __init__(self, stack, databases, redis):
        self.stack = stack
        self.directory = Path(stack.enter_context(TemporaryDirectory(prefix="benchmark-")))
        self.redis = redis or ""
        self.prefix = stack.enter_context(database.own_part_of_cache(self.redis))
        self.secret_key = secrets.token_urlsafe(50)
        self.urls = stack.enter_context(database.own_databases(databases[0], self.directory, databases[1]))
        self.stock_urls, self.prepared = {}, {}

    def variables(self, name, url, **changes):
        """Return the variables of a server: the production profile; nothing of the caller's own settings."""
        var = self.directory / name
        var.mkdir(exist_ok=True)
        return {
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
            "REFRESH_GRACE": "",
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
        """Fill one of the databases and, for `stock`, the copy that the stock variants need."""
        options = [f"--users={users}", f"--accounts={accounts}", f"--stock-accounts={accounts if stock else 0}"]
        self.prepared[name] = json.loads(self.python(name, "-m", "project.lab.benchmark.prepare", *options))
        if stock:
            self.stock_urls[name] = database.for_stock(self.urls[name])

    def python(self, database_name, *arguments):
        """Run Python with the benchmark's settings on one of the databases and return its output."""
        environment = os.environ | self.variables("prepare", self.urls[database_name])
        command = [sys.executable, *arguments]
        done = subprocess.run(  # noqa: S603
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Refused(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def start(self, wanted, clients):
        """Start servers side by side and sign their clients in; return {name: VariantServer}.

        Args:
            wanted: {name: (variant, name of its database)}.
        """
        servers = {}
        self.stack.callback(lambda: end(servers.values()))
        for name, (variant, place) in wanted.items():
            url = (self.stock_urls if variant.stock else self.urls)[place]
            changes = {"DJANGO_SETTINGS_MODULE": "project.lab.benchmark.stock_settings"} if variant.stock else {}
            environment = self.variables(name, url, **changes, **variant.environment)
            servers[name] = VariantServer(name, variant, environment, self.directory / f"{name}.log")

        def get_ready(name):
            variant, place = wanted[name]
            servers[name].wait_until_it_answers()
            known = self.prepared[place]
            accounts = known["stock_accounts" if variant.stock else "accounts"]
            servers[name].sign_in(accounts, known["cart"], clients)

        side_by_side(get_ready, servers)
        return servers


@contextmanager
def benchmark_environment(given, names, redis):
    """Yield a BenchmarkEnvironment with an empty database for each of the names, beside the one at the URL `given`."""
    with ExitStack() as stack:
        yield BenchmarkEnvironment(stack, (given, names), redis)
