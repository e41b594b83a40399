"""What one read of the database costs: by the ORM, by `.raw()`, by a cursor alone.

`python -m project.lab.benchmark.read_costs` measures on a SQLite database of its own: CPU time per call, the median of
rounds in which all ways have their turn in random order.
"""

import os
import random
import statistics
import tempfile
import time

CALLS, ROUNDS = 50, 40

RAW_CART = """
    SELECT shop_cartitem.*, name, price, emoji, stock, active FROM shop_cartitem
    JOIN shop_product ON shop_product.id = product_id WHERE shop_cartitem.user_id = %s ORDER BY shop_cartitem.id
"""


def ways():
    """Return {(what is read, how): function}. All functions of one `what` read the same rows."""
    from django.contrib.sessions.backends import db
    from django.utils import timezone

    from accounts import grants
    from accounts.backends import ModelBackend
    from accounts.models import Session, User
    from accounts.session_stores.db import SessionStore
    from project.lab.demo.seed import seed
    from shop import cart
    from shop.models import CartItem, Product

    seed("open-sesame", "open-sesame")
    alice = User.objects.get(username="alice")
    for product in Product.objects.order_by("id")[:3]:
        cart.add_item(alice, product.id, 2)
    grant = grants.open_grant(alice, "")
    session = SessionStore()
    session.create()
    key = session.session_key
    lines = CartItem.objects.select_related("product").order_by("id")

    def session_by_orm():
        return Session.objects.get(session_key=key, expire_date__gt=timezone.now())

    return {
        ("cart of 3 lines", "ORM"): lambda: list(lines.filter(user_id=alice.id)),
        ("cart of 3 lines", ".raw()"): lambda: list(CartItem.objects.raw(RAW_CART, [alice.id])),
        ("cart of 3 lines", "read_cart"): lambda: cart.read_cart(alice),
        ("user", "ORM"): lambda: User.objects.get(id=alice.id),
        ("user", ".raw()"): lambda: ModelBackend().get_user(alice.id),
        ("session", "ORM"): lambda: db.SessionStore.decode(session, session_by_orm().session_data),
        ("session", "one column"): lambda: SessionStore(key).load(),
        ("user of a live grant", "ORM"): lambda: grants.find_live(grant.id).user,
        ("user of a live grant", ".raw()"): lambda: grants.user_of_live(grant.id),
    }


def measure(ways, calls=CALLS, rounds=ROUNDS):
    """Return {way: microseconds of CPU per call}."""
    seconds = {way: [] for way in ways}
    for _ in range(rounds):
        for way in random.sample(list(ways), len(ways)):
            started = time.process_time()
            for _ in range(calls):
                ways[way]()
            seconds[way].append(time.process_time() - started)
    return {way: 1e6 * statistics.median(took) / calls for way, took in seconds.items()}


def table(costs):
    """Return the costs as lines of text, each with its share of what the ORM takes for the same rows."""
    rows = [f"{'what is read':22}{'how':12}{'µs':>6}{'of the ORM':>12}"]
    for (what, how), cost in costs.items():
        rows.append(f"{what:22}{how:12}{cost:6.0f}{cost / costs[what, 'ORM']:12.0%}")
    return "\n".join(rows)


def main():
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "project.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(table(measure(ways())))  # noqa: T201
        django.db.connections.close_all()


if __name__ == "__main__":
    main()
