"""Fill a benchmark's database: `python -m project.lab.benchmark.prepare` runs under the benchmark's own settings.

Prints as JSON the accounts that can sign in (`accounts`, `stock_accounts`: [id, username]), the `cart` that each of
them has, and the bytes that the server keeps for one sign-in, by variant (`storage`).
"""

import argparse
import json
import pickle
import sys
from datetime import timedelta
from importlib import import_module

import django

django.setup()

from django.apps import apps  # noqa: E402 - from here on there are models
from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password  # noqa: E402
from django.contrib.sessions import models as django_sessions  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import grants, session_scheme  # noqa: E402
from accounts.models import Grant, OpaqueToken, Session, User  # noqa: E402
from project.lab.benchmark import sign_ins  # noqa: E402
from project.lab.benchmark.client import AGENT, PASSWORD  # noqa: E402
from project.lab.benchmark.kinds import PRODUCTS, QUANTITY  # noqa: E402
from project.lab.benchmark.variants import VARIANTS  # noqa: E402
from project.lab.demo.seed import PRODUCTS as ON_SALE  # noqa: E402
from project.lab.mounts.simplejwt import Login  # noqa: E402
from shop import cart, outputs  # noqa: E402
from shop.models import CartItem, Product  # noqa: E402


def prepare(users, accounts, stock_accounts):
    """Make users with a sign-in under each scheme, and carts for those accounts that shop; return what is printed."""
    call_command("migrate", verbosity=0)
    Product.objects.bulk_create(
        Product(name=name, emoji=emoji, price=price, stock=2000) for name, emoji, price, _ in ON_SALE
    )
    now = timezone.now()
    sign_ins.insert_users("shopper", users, make_password(PASSWORD), now)
    storage = storage_per_sign_in(User.objects.first(), users)
    if stock_accounts:
        sign_ins.insert_users("stock", stock_accounts, make_password(PASSWORD, hasher=PBKDF2PasswordHasher()), now)
    # The accounts that shop are spread over the whole table.
    known = [User.objects.get(username=f"shopper{1 + number * users // accounts}") for number in range(accounts)]
    stock = list(User.objects.filter(username__startswith="stock"))
    lines = [(user, product) for user in known + stock for product in PRODUCTS]
    CartItem.objects.bulk_create(CartItem(user=user, product_id=id, quantity=QUANTITY) for user, id in lines)
    sign_ins.settle()
    return {
        "accounts": [[user.id, user.username] for user in known],
        "stock_accounts": [[user.id, user.username] for user in stock],
        "cart": outputs.cart_out(cart.read_cart(known[0])),
        "storage": storage,
    }


def sample_session(user):
    """Sign a user in and return the row of the session, with its data as they are written."""
    request = RequestFactory().post("/", headers={"User-Agent": AGENT})
    request.session = import_module(settings.SESSION_STORES["db"]).SessionStore()
    session_scheme.start_session(request, user)
    request.session.save()
    return Session.objects.get(session_key=request.session.session_key)


def sample_opaque_token(user):
    """Return the row of an opaque token; its hash is made up."""
    now = timezone.now()
    moments = {"created": now, "used": now, "expires": now + settings.OPAQUE_TOKEN_LIFETIME}
    return OpaqueToken.objects.create(user=user, digest="0" * 64, label=AGENT, **moments)


def sample_outstanding_token(user):
    """Return the row that simplejwt keeps of a refresh token."""
    token = Login().get_serializer_class().get_token(user)
    return apps.get_model("token_blacklist.OutstandingToken").objects.get(jti=token["jti"])


def storage_per_sign_in(user, count):
    """Return {variant: bytes}: of a row with its share of the indexes by inserting many, of the rest by looking."""
    session = sample_session(user)
    row = sign_ins.insert_sessions(session) / count
    plain_row = sign_ins.insert_sessions(session, model=django_sessions.Session) / count
    cached = size_in_cache(session)
    kept = {
        "": 0,
        "plain session": plain_row,
        "grant": sign_ins.insert_grants(grants.open_grant(user, AGENT)) / count,
        "opaque token": sign_ins.insert_opaque_tokens(sample_opaque_token(user)) / count,
        "outstanding token": sign_ins.insert_outstanding_tokens(sample_outstanding_token(user)) / count,
    }
    by_store = {
        "db": row,
        "cached_db": row + cached,
        "cache": cached,
        "file": size_as_file(session),
        "signed_cookies": 0,
    }
    variants = [variant for variant in VARIANTS.values() if variant.side]
    return {variant.name: round(kept.get(variant.keeps, by_store.get(variant.store))) for variant in variants}


def size_in_cache(session):
    """Return the bytes of a cache entry: as Redis says, or of key and value where the cache is the process's memory."""
    data = session.get_decoded()
    if not settings.REDIS_URL:
        return len(pickle.dumps(data)) + len(cache.make_key(session.session_key))
    import redis

    cache.set(session.session_key, data)
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        return server.memory_usage(cache.make_key(session.session_key))


def size_as_file(session):
    """Return the bytes that one session takes on the disk, which gives them out by the block."""
    store = import_module(settings.SESSION_STORES["file"]).SessionStore()
    store.update(session.get_decoded())
    store.save()
    (file,) = settings.SESSION_FILE_PATH.iterdir()
    stat = file.stat()
    file.unlink()
    return 512 * stat.st_blocks if hasattr(stat, "st_blocks") else stat.st_size


def expire(count):
    """Add so many sign-ins of each scheme that have expired: what `manage.py purge` is to remove."""
    user, past = User.objects.first(), timezone.now() - timedelta(days=1)
    session, grant = Session.objects.filter(user=user).first(), Grant.objects.filter(user=user).first()
    some = sign_ins.numbers(count)
    sign_ins.insert_sessions(session, some, user=str(user.id), expires=past)
    sign_ins.insert_grants(grant, some, user=str(user.id), expires=past)
    sign_ins.settle()
    return {"expired": count}


def main():
    parser = argparse.ArgumentParser()
    for name in ("--users", "--accounts", "--stock-accounts", "--expired"):
        parser.add_argument(name, type=int, default=0)
    wanted = parser.parse_args()
    done = expire(wanted.expired) if wanted.expired else prepare(wanted.users, wanted.accounts, wanted.stock_accounts)
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main()
