"""What piles up on the server as people log in, and who clears it away?

Source: Django documentation, "How to use sessions", section "Clearing the session store".
"""

import secrets
import uuid
from copy import copy
from datetime import timedelta

from django.utils import timezone

from accounts import grants, jwt_scheme, session_scheme
from accounts.management.commands import purge
from accounts.models import Grant, Session
from project.lab.experiments.kit.laboratory import STORES
from project.lab.experiments.kit.statement import DEPENDS, HOLDS, Statement

STATEMENTS = [
    Statement(
        37,
        "More logged-in users mean more server storage.",
        expected=DEPENDS,
        because="A session in a store is a row, a file or a cache entry per sign-in, and a grant is a row per sign-in "
        "as well. Access tokens and signed cookies cost the server nothing to keep. What takes storage is that a "
        "sign-in can be listed and ended, whatever the scheme is called.",
        settled=["Django documentation, How to use sessions, Clearing the session store"],
    ),
    Statement(
        38,
        "Expired sessions must be purged.",
        expected=HOLDS,
        because="Django does not purge by itself: to run clearsessions regularly is the operator’s job. An expired "
        "row opens nothing, but it stays, and so does the row of an expired grant. Caches drop old entries on their "
        "own, and signed cookies leave nothing to purge.",
        settled=["Django documentation, How to use sessions, Clearing the session store"],
    ),
]
NEXT_QUESTION = (
    "Run manage.py purge and read what it removed. Which rows does it leave although nobody can use them any more, "
    "and until when?"
)
DECIDED_BY = [session_scheme.start_session, jwt_scheme.Jwt.sign_in, grants.open_grant, purge.expired, purge.remove]
MANY = 2000  # sign-ins
ENDS = {"sessions": "expire_date", "grants": "expires"}
KEYS = {"session": lambda: secrets.token_hex(16), "jwt": uuid.uuid4}


def run(lab):
    account = lab.account()
    tables = {"session": Session.objects.filter(user_id=account.id), "jwt": Grant.objects.filter(user_id=account.id)}

    lab.step(f"One logs in, and then one more. In between, the rows of {MANY} others like them")
    for mount, rows in tables.items():
        lab.client("one", mount).log_in(account)
        count, size = weigh(rows)
        rows.model.objects.bulk_create(like(row, KEYS[mount]()) for row in rows.all() for _ in range(MANY))
        many, larger = weigh(rows)
        lab.note("Rows, and the bytes in them:", f"{count} and {size}, with the others {many} and {larger}")
        lab.client("one more", mount).log_in(account)
        more, _ = weigh(rows)
        seen = f"{count} row of {size} bytes; {many} rows, {larger} bytes; one login later {more} rows"
        lab.case(37, f"sign-ins at {mount}", count == 1 == more - many, seen)

    lab.step("What does the server keep of a login, in each session store, and for an access token alone?")
    for store in STORES:
        owner = lab.client("owner", f"session-{store}").log_in(account)
        kept = [name for name in owner.get("me/").lookups if name != "user row"]
        lab.case(37, f"sessions, store {store}", kept, f"of the sign-in, the server keeps: {kept or 'nothing'}")
    reader, before = lab.client("reader", "jwt"), tables["jwt"].count()
    many = [lab.token(account) for _ in range(MANY)]
    reader.credential = many[-1]
    status = reader.get("me/", what=f"the last of {MANY} tokens that were minted without a login").status
    more = tables["jwt"].count() - before
    seen = f"the last is answered {status}; rows more here: {more}, bytes elsewhere: {sum(map(len, many))}"
    lab.case(37, "access tokens minted without a login", more or status != 200, seen)

    lab.step("All of these sign-ins expire, and somebody logs in again")
    for (mount, rows), (kind, end) in zip(tables.items(), ENDS.items(), strict=True):
        owner = lab.client("owner", mount).log_in(account)
        aged = rows.update(**{end: timezone.now() - timedelta(seconds=1)})
        lab.note("Time goes by. Rows that have expired:", aged)
        ended = owner.get("me/").status if mount == "session" else owner.refresh().status
        lab.client("owner", mount).log_in(account)
        expired = purge.expired(timezone.now())[kind].filter(user_id=account.id)
        stayed = expired.count()
        lab.note("Of these are still there:", stayed)
        purge.remove(expired)
        lab.note("And after a purge:", expired.count())
        lab.note("Rows that have not expired:", rows.count())
        seen = f"answered {ended}; of {aged} expired rows {stayed} stay, after a purge {expired.count()}"
        lab.case(38, f"{kind}, kept in the database", aged == stayed > 0 and not expired.exists(), seen)


def like(row, key):
    """Return a new row that says the same under another key."""
    twin = copy(row)
    twin.pk = key
    return twin


def weigh(rows):
    """Return how many rows there are, and how many bytes their values have as text."""
    values = [str(value) for row in rows.values_list() for value in row if value is not None]
    return rows.count(), sum(len(value.encode()) for value in values)
