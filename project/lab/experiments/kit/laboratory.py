"""The laboratory of one run: throw-away accounts, clients, the transcript, the cases; and nothing of it stays."""

import json
import secrets
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.keys import key_file, keyring, make_jwk, parse_key
from accounts.models import User
from accounts.scopes import FULL_SCOPE
from accounts.secret_file import update
from accounts.tokens import TYPE
from project.lab.experiments.kit.by_hand import make, signing_with
from project.lab.experiments.kit.clients import JwtClient, NoAnswer, SessionClient
from project.lab.experiments.kit.statement import Case
from project.lab.experiments.kit.transcript import Transcript

STORES = list(settings.SESSION_STORES)
MARK = "experiment@lab.invalid"  # the address of throw-away accounts; nobody who signs up has one
KID = "experiment"  # how the names of throw-away keys begin; then comes the time when they were made
LEFT_BEHIND = timedelta(minutes=10)  # an account or a key as old as this belongs to a run that was killed


@dataclass(frozen=True)
class Account:
    id: int
    username: str
    password: str

    def __str__(self):
        return self.username


class Laboratory(Transcript):
    """A context manager: what was made in it is gone when it is left, however it is left.

    Args:
        url: where the shop is, such as http://127.0.0.1:8000. It must use this program's database and keys.
    """

    def __init__(self, url):
        super().__init__()
        self.url = url.rstrip("/")
        self.cases = {}
        self.accounts, self.clients, self.keys = [], [], []

    def __enter__(self):
        User.objects.filter(email=MARK, date_joined__lt=timezone.now() - LEFT_BEHIND).delete()
        if any(map(left_behind, keyring().by_kid)):
            update(key_file(), lambda text: without_keys(text, left_behind))
        return self

    def __exit__(self, *error):
        self.steps = []  # what follows is not for the transcript
        with ExitStack() as leaving:  # what one step of it raises does not keep the others from being done
            if self.keys:
                leaving.callback(update, key_file(), lambda text: without_keys(text, self.keys.__contains__))
            leaving.callback(User.objects.filter(id__in=[account.id for account in self.accounts]).delete)
            for someone in self.clients:
                leaving.callback(someone.leave)

    # Who takes part -------------------------------------------------------------------------------------------

    def account(self, who="owner", role="customer"):
        """Open a throw-away account."""
        username, password = f"{who}-{secrets.token_hex(4)}", secrets.token_urlsafe(12)
        user = User.objects.create_user(username, MARK, password, role=role)
        self.accounts.append(Account(user.id, username, password))
        return self.accounts[-1]

    def client(self, who, door):
        """Return a client that has not logged in. The door `session` is the one with the database store."""
        if door == "session" and settings.SESSION_STORE != "db":
            door = "session-db"
        kind = SessionClient if door.startswith("session") else JwtClient
        self.clients.append(kind(self, who, door))
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
        jwk = make_jwk(algorithm) | {"kid": f"{KID}-{int(time.time())}-{secrets.token_hex(4)}"}
        self.keys.append(jwk["kid"])
        update(key_file(), lambda text: json.dumps({"keys": [*json.loads(text)["keys"], jwk]}, indent=2))
        return parse_key(jwk)

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

    def case(self, number, condition, as_said, observed):
        """Note an observation about a statement: is it, under this condition, as the statement says?"""
        self.cases.setdefault(number, []).append(Case(condition, bool(as_said), str(observed)))


def left_behind(kid):
    """Say whether a key is a throw-away one of a run that was killed."""
    name, _, made = kid.partition("-")
    return name == KID and int(made.partition("-")[0]) < time.time() - LEFT_BEHIND.total_seconds()


def without_keys(text, unwanted):
    """Return the text of the key file without some keys, given by a function of their names."""
    keys = [jwk for jwk in json.loads(text)["keys"] if not unwanted(jwk["kid"])]
    return json.dumps({"keys": keys}, indent=2)
