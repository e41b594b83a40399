"""The laboratory of one run: throw-away accounts, clients, keys, the transcript, the cases; nothing of it stays."""

import secrets
import time
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.keys import keyring
from accounts.models import User
from accounts.schemes import scheme_named, schemes
from accounts.scopes import FULL_SCOPE
from accounts.tokens import TYPE
from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.kit.by_hand import make, signing_with
from project.lab.experiments.kit.clients import client
from project.lab.experiments.kit.statement import Case
from project.lab.experiments.kit.throw_away_keys import add_key, remove_keys, remove_keys_older_than
from project.lab.experiments.kit.transcript import Transcript
from project.lab.mounts.simplejwt import forget

STORES = list(settings.SESSION_STORES)
SCHEMES = [scheme.name for scheme in schemes() if scheme.described]  # what experiments compare: none for an exercise
OUTLIVES_ITS_ACCOUNT = ("session-cache", "session-cached_db", "session-file")  # mounts whose sessions are no rows alone
MARK = "experiment@lab.invalid"  # the address of throw-away accounts; nobody who signs up has one
LEFT_BEHIND = timedelta(minutes=10)  # an account or a key as old as this belongs to a run that was killed


@dataclass(frozen=True)
class Account:
    id: int
    username: str
    password: str

    def __str__(self):
        return self.username


class Laboratory:
    """A context manager: what was made in it is gone when it is left, however it is left.

    Args:
        url: where the shop is, such as http://127.0.0.1:8000. It must use this program's database and keys.
    """

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.transcript, self.cases = Transcript(), {}
        self.accounts, self.clients, self.keys = [], [], []

    def __enter__(self):
        User.objects.filter(email=MARK, date_joined__lt=timezone.now() - LEFT_BEHIND).delete()
        remove_keys_older_than(LEFT_BEHIND)
        return self

    def __exit__(self, *error):
        self.transcript = Transcript()  # what follows is not for the one that was handed out
        with ExitStack() as leaving:  # an error in one of these does not keep the others from being done
            leaving.callback(remove_keys, [key.kid for key in self.keys])
            leaving.callback(delete_accounts, [account.id for account in self.accounts])
            for someone in self.clients:
                leaving.callback(someone.close)
                for each in someone.with_copies():
                    leaving.callback(delete_session, each)

    # Who takes part -------------------------------------------------------------------------------------------

    def account(self, who="owner", role="customer"):
        """Open a throw-away account."""
        username, password = f"{who}-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
        user = User.objects.create_user(username, MARK, password, role=role)
        self.accounts.append(Account(user.id, username, password))
        return self.accounts[-1]

    def client(self, who, mount):
        """Return a client that has not logged in. The mount `session` is the one with the database store."""
        if mount == "session" and settings.SESSION_STORE != "db":
            mount = "session-db"
        self.clients.append(client(self.url, mount, who, self.record))
        return self.clients[-1]

    def product(self):
        """Return the id of a product that is on sale."""
        products = self.client("visitor", "jwt").get("", url="/api/products/", aside=True).body
        plenty = max(products, key=lambda product: product["stock"], default=None)
        if not plenty or plenty["stock"] < 10:
            raise NoAnswer("The shop is sold out: these experiments need a product of which there are ten.")
        return plenty["id"]

    # Keys and tokens ------------------------------------------------------------------------------------------

    def key(self, algorithm):
        """Give the shop one more key, HS256, RS256 or Ed25519, that verifies tokens until the run ends; return it."""
        self.keys.append(add_key(algorithm))
        return self.keys[-1]

    def header(self, key=None):
        """Return the header of an access token under a key; under the shop's own by default."""
        key = key or keyring().signing()
        return {"typ": TYPE, "alg": key.alg, "kid": key.kid}

    def claims(self, account, **changes):
        """Return what an access token of the shop would say of an account, if the shop had just made it."""
        now = int(time.time())
        return {
            "iss": settings.TOKEN_ISSUER,
            "aud": settings.TOKEN_AUDIENCE,
            "sub": str(account.id),
            "iat": now,
            "exp": now + int(settings.ACCESS_TOKEN_LIFETIME.total_seconds()),
            "jti": uuid.uuid4().hex,
            "sid": str(uuid.uuid4()),
            "name": account.username,
            "role": "customer",
            "scope": FULL_SCOPE,
        } | changes

    def token(self, account, key=None, **changes):
        """Make an access token as the shop makes it, with other claims where that is wanted. No row is written."""
        key = key or keyring().signing()
        return make(self.header(key), self.claims(account, **changes), signing_with(key))

    # What comes of it ----------------------------------------------------------------------------------------

    def step(self, title):
        """Begin a step of the transcript."""
        self.transcript.step(title)

    def note(self, text, value=""):
        """Note what was done or computed without a request."""
        self.transcript.note(text, value)

    def record(self, exchange):
        """Note a request of a client, with its answer."""
        self.transcript.record(exchange)

    def case(self, number, condition, as_said, observed):
        """Note an observation about a statement: is it, under this condition, as the statement says?"""
        self.cases.setdefault(number, []).append(Case(condition, bool(as_said), str(observed)))


def delete_accounts(ids):
    """Delete accounts, and with them all that the shop keeps of them in rows."""
    forget(ids)
    User.objects.filter(id__in=ids).delete()


def delete_session(client):
    """Delete a client's session where deleting the account does not delete it."""
    if client.mount in OUTLIVES_ITS_ACCOUNT and client.credential:
        with suppress(NoAnswer):
            client.post("logout/")
        # Where the account was closed, a logout ends nothing.
        scheme_named(client.mount).session_store(client.credential).delete()
