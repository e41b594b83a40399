"""Every variant answers the same cart. Those that differ in settings alone are served in this process."""

import json
import os
from copy import copy

import pytest
from django.conf import settings

from accounts.models import User
from project.lab.benchmark import load
from project.lab.benchmark.client import PASSWORD, Refused, set_cookies, sign_in
from project.lab.benchmark.environment import benchmark_environment
from project.lab.benchmark.kinds import KINDS, PRODUCTS, QUANTITY, READ_CART
from project.lab.benchmark.variants import STORE, VARIANTS
from shop.cart import read_cart
from shop.models import CartItem, Product
from shop.outputs import cart_out
from tests.lab.benchmark.in_process import InProcess

OURS = [name for name, variant in VARIANTS.items() if not variant.stock]
DATABASE = os.environ.get("DATABASE_URL", "") if "postgresql" in settings.DATABASES["default"]["ENGINE"] else ""
# One of ours and one of the stock variants: those of a kind have the same addresses. EVERY_SERVER=1 starts all.
SERVED = list(VARIANTS) if os.environ.get("EVERY_SERVER") else ["session", "stock-session"]


@pytest.fixture
def account(db):
    """Return the account of a shopper, `[id, username]`, and the cart that is loaded for it."""
    user = User(username="shopper1")
    user.set_password(PASSWORD)
    user.save()
    for id in PRODUCTS:
        Product.objects.create(id=id, name=f"Product {id}", emoji="🎧", price=id, stock=2_000)
        CartItem.objects.create(user=user, product_id=id, quantity=QUANTITY)
    return [user.id, user.username], cart_out(read_cart(user))


@pytest.fixture
def http(settings, tmp_path):
    """Return a client of the benchmark's addresses."""
    settings.ROOT_URLCONF = "project.lab.benchmark.urls"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SESSION_FILE_PATH = tmp_path
    return InProcess()


@pytest.mark.parametrize("name", OURS)
def test_each_variant_answers(name, account, http, settings):
    variant = VARIANTS[name]
    for variable, value in variant.environment.items():
        setattr(settings, variable.replace(STORE, "SESSION_STORE"), value)
    settings.SESSION_ENGINE = settings.SESSION_STORES[settings.SESSION_STORE]
    known = sign_in(http, variant, *account)
    for kind in map(KINDS.get, variant.kinds):
        for turn in range(2):  # the second refresh has what the first answered
            path, headers, body = kind.make(known, variant.mount, turn)
            response, text = http.ask("GET" if body is None else "POST", path, headers, body, kind.status)
            assert kind.right(known, text, set_cookies(response)), text


@pytest.mark.parametrize("name", [name for name in OURS if VARIANTS[name].carrier])
def test_credential_is_needed(name, account, http):
    _, text = http.ask("GET", f"{VARIANTS[name].mount}cart/", status=401)
    assert json.loads(text)["detail"] == "Authentication credentials were not provided."


@pytest.mark.servers
def test_wrong_answer_stops_the_run():
    with benchmark_environment(DATABASE, ["main"], settings.REDIS_URL) as environment:
        environment.prepare("main", users=16, accounts=1)
        servers = environment.start({name: (VARIANTS[name], "main") for name in SERVED}, clients=1)
        for server in [one for started in servers.values() for one in all_at(started, environment)]:
            server.reset()
            path, headers, _ = KINDS[READ_CART].make(server.sign_ins[0][0], server.variant.mount, 0)
            _, body = server.http.ask("GET", path, headers, status=200)
            assert json.loads(body) == environment.prepared["main"]["cart"], server.name
            for name in server.variant.kinds:
                assert load.run(server, KINDS[name], 0.001).requests >= 1
        processes = [server.server.process for server in servers.values()]
        directory = environment.directory
        server.sign_ins[0][0].headers = []  # of the last one
        with pytest.raises(Refused, match=r"read cart at .*: 401"):
            load.run(server, KINDS[READ_CART], 0.01)
    assert all(process.poll() is not None for process in processes)
    assert not directory.exists()


def all_at(started, environment):
    """Return the server once for each variant that it answers without other settings, signed in."""
    same = [
        variant
        for variant in VARIANTS.values()
        if variant.stock == started.variant.stock and (not variant.environment or variant.name in ("session", "jwt"))
    ]
    for variant in [started.variant] if len(SERVED) > 2 else same:
        server = copy(started)
        server.name, server.variant = variant.name, variant
        known = environment.prepared["main"]
        server.sign_in(known["stock_accounts" if variant.stock else "accounts"], known["cart"], 1)
        yield server
