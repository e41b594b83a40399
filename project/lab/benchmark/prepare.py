"""Fill a benchmark's database: `python -m project.lab.benchmark.prepare` runs under the benchmark's own settings.

Prints as JSON the accounts that can sign in (`accounts`, `stock_accounts`: [id, username]), the `cart` that each of
them has, and the bytes that the server keeps for one sign-in, by variant (`storage`).
"""

import argparse
import json
import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password  # noqa: E402 - there are models now
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Grant, Session, User  # noqa: E402
from project.lab.benchmark import sign_ins  # noqa: E402
from project.lab.benchmark.client import PASSWORD  # noqa: E402
from project.lab.benchmark.kinds import PRODUCTS, QUANTITY  # noqa: E402
from project.lab.benchmark.storage import bytes_per_sign_in  # noqa: E402
from project.lab.demo.seed import PRODUCTS as ON_SALE  # noqa: E402
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
    storage = bytes_per_sign_in(User.objects.first(), users)
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
