"""What piles up on the server as people log in, and who clears it away?

Source: Django documentation, "How to use sessions", section "Clearing the session store".
"""

import secrets
import uuid
from copy import copy
from datetime import timedelta

from django.utils import timezone

from accounts import grants, jwt_auth, session_auth
from accounts.management.commands import purge
from accounts.models import Grant, Session
from project.lab.experiments.laboratory import STORES

STATEMENTS = {
    37: "More logged-in users mean more server storage.",
    38: "Expired sessions must be purged.",
}
DECIDED_BY = [session_auth.sign_in, jwt_auth.sign_in, grants.open_grant, purge.expired, purge.remove]
MANY = 2000  # sign-ins
KEYS = {"session": lambda: secrets.token_hex(16), "jwt": uuid.uuid4}


def run(lab):
    account = lab.account()
    tables = {"session": Session.objects.filter(user_id=account.id), "jwt": Grant.objects.filter(user_id=account.id)}

    for door, rows in tables.items():
        lab.step(f"A real login, then its row {MANY} times more, as if so many had logged in. Door: {door}")
        lab.client("owner", door).log_in(account)
        row, (count, size) = rows.get(), weigh(rows)
        rows.model.objects.bulk_create(like(row, KEYS[door]()) for _ in range(MANY))
        more, larger = weigh(rows)
        grown = f"{count} row of {size} bytes, then {more} rows of {larger} bytes"
        lab.case(37, f"sign-ins at {door}", more > count and larger > size, grown)

    lab.step(f"{MANY} access tokens, minted without a login")
    reader, before = lab.client("reader", "jwt"), weigh(tables["jwt"])
    many = [lab.token(account) for _ in range(MANY)]
    reader.credential = many[-1]
    status, after = reader.get("me/").status, weigh(tables["jwt"])
    held = (
        f"the last is answered {status}; {after[0] - before[0]} rows more here, {sum(map(len, many))} bytes elsewhere"
    )
    lab.case(37, "access tokens alone", after > before or status != 200, held)

    lab.step("What the server has kept of a login shows when it looks for it. Session stores compared")
    for store in STORES:
        owner = lab.client("owner", f"session-{store}").log_in(account)
        kept = [name for name in owner.get("me/").lookups if name != "user row"]
        lab.case(37, f"sessions, store {store}", kept, f"of the sign-in, the server keeps: {kept or 'nothing'}")

    for door, rows in tables.items():
        lab.step(f"Time goes by, all of these sign-ins expire, and somebody logs in anew. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        past = timezone.now() - timedelta(seconds=1)
        aged = rows.update(**{"expire_date" if door == "session" else "expires": past})
        ended = owner.get("sign-ins/").status if door == "session" else owner.buy().status
        lab.client("owner", door).log_in(account)
        expired = purge.expired(timezone.now())["sessions" if door == "session" else "grants"].filter(
            user_id=account.id
        )
        stayed = expired.count()
        purge.remove(expired)
        seen = f"answered {ended}; of {aged} expired rows {stayed} stay, after a purge {expired.count()}"
        lab.case(38, f"rows of {door}", stayed == aged and not expired.exists(), seen)
        lab.note("Rows of those who are still logged in:", rows.count())


def like(row, key):
    """Return a new row that says the same under another key."""
    twin = copy(row)
    twin.pk = key
    return twin


def weigh(rows):
    """Return how many rows there are, and how many bytes their values have as text."""
    values = [str(value) for row in rows.values_list() for value in row if value is not None]
    return rows.count(), sum(len(value.encode()) for value in values)
