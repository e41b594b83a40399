"""What the recorder costs a cart request, as ratios of CPU time in one run.

`python -m tests.lab.recorder.recorder_cost`

In turn and in random order: without the recorder, with it, without it again (the noise), and with the whole trace.
Then what the signals of one request cost without a receiver.
"""

import os
import random
import statistics
import tempfile
import time

os.environ |= {"VAR_DIR": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "project.settings", "ALLOWED_HOSTS": "*"}
os.environ |= {"DATABASE_URL": "", "REDIS_URL": ""}  # a database of its own, and nobody else's

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.dispatch import Signal  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from accounts import grants  # noqa: E402
from accounts.models import User  # noqa: E402
from project.lab.demo.seed import seed  # noqa: E402
from shop import cart  # noqa: E402

ROUNDS, REQUESTS = 60, 50


def client(middleware, **headers):
    """Return a function that reads the cart REQUESTS times and returns the seconds of CPU it took."""
    with override_settings(MIDDLEWARE=middleware):
        http = Client(headers=headers)
        assert http.get("/api/jwt/cart/").status_code == 200  # from here on it has its middleware

    def read_carts():
        started = time.process_time()
        for _ in range(REQUESTS):
            http.get("/api/jwt/cart/")
        return time.process_time() - started

    return read_carts


def main():
    call_command("migrate", verbosity=0)
    seed("open-sesame", "open-sesame")
    alice = User.objects.get(username="alice")
    for product in (1, 2, 3):
        cart.add_item(alice, product, 2)
    bearer = {"Authorization": f"Bearer {grants.tokens(grants.open_grant(alice, ''))['access']}"}
    without = [name for name in settings.MIDDLEWARE if "recorder" not in name]
    clients = {
        "without": client(without, **bearer),
        "with the recorder": client(settings.MIDDLEWARE, **bearer),
        "without, again": client(without, **bearer),
        "with the whole trace": client(settings.MIDDLEWARE, **bearer, **{"Lab-Trace": "full"}),
    }
    seconds = {name: [] for name in clients}
    for _ in range(ROUNDS):
        for name in random.sample(list(clients), len(clients)):
            seconds[name].append(clients[name]())
    for name, took in seconds.items():
        least, middle = (f(took) / f(seconds["without"]) for f in (min, statistics.median))
        print(f"{name:22} {least:.3f} by the least disturbed round, {middle:.3f} by the median")  # noqa: T201
    silent = signals_of_a_request()
    share = silent / (statistics.median(seconds["without"]) / REQUESTS)
    print(f"signals without a receiver: {1e6 * silent:.1f} µs a request, {100 * share:.2f} % of it")  # noqa: T201


def signals_of_a_request():
    """Return the seconds that the signals of reading a cart with a token take where nobody has connected a receiver."""
    credential_read, signature_verified, user_found = (
        Signal(),
        Signal(),
        Signal(),
    )  # those of the shop have the recorder
    calls = 20_000
    started = time.process_time()
    for _ in range(calls):
        credential_read.send(None)
        signature_verified.send(None)
        user_found.send(None, user=None, auth=None)
    return (time.process_time() - started) / calls


if __name__ == "__main__":
    main()
