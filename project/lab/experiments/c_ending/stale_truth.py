"""Who is right when something has changed: the token, the client's own copy, or the database?

Source: OWASP ASVS 5.0, V7.4.2 (a closed account's sessions end) and V8.3.2 (changes of what decides on rights are
applied immediately, which self-contained tokens cannot do); RFC 9068 section 6 (clients must not read access tokens).
"""

import secrets
import time

from accounts import changes, jwt_checked_scheme, jwt_scheme, permissions, session_scheme
from accounts.models import User
from project.lab.experiments.kit.by_hand import claims_of
from project.lab.experiments.kit.laboratory import SCHEMES
from project.lab.experiments.kit.statement import DEPENDS, Statement

STATEMENTS = [
    Statement(
        35,
        "The role in the token decides what you may do.",
        expected=DEPENDS,
        because="A claim says what was so when the token was made. A server that takes it as so learns of a change "
        "from the next token; one that looks up the user, by session or by grant, learns of it at the next request. "
        "OWASP ASVS 5.0 V8.3.2 wants such changes to count at once, or, with self-contained tokens, something that "
        "makes up for it.",
        settled=["OWASP ASVS 5.0 V8.3.2", "OWASP ASVS 5.0 V7.4.2"],
    ),
    Statement(
        36,
        "The client can use its own copy of the data and ask the server less.",
        expected=DEPENDS,
        because="A client that keeps what it was told asks less, and is as old as its copy. The claims of a token are "
        "such a copy too, and they age until the next token, where the server does not look the user up. A client must "
        "not even read them: the server may change their form at any time (RFC 9068 section 6).",
        settled=["RFC 9068 section 6"],
    ),
]
NEXT_QUESTION = (
    "Log in as bob on /lab/, run manage.py role bob manager in a terminal, and press “Set price” in both columns. "
    "What makes the JWT column follow? Make bob a customer again afterwards."
)
DECIDED_BY = [
    permissions.IsManager,
    session_scheme.CookieSession,
    jwt_scheme.Jwt,
    jwt_scheme.TokenUser,
    jwt_checked_scheme.CheckedJwt,
    changes.change_role,
]
EVENTS = {
    "made a customer": lambda user: changes.change_role(user.username, "customer"),
    "account closed": lambda user: changes.close_account(user.id),
    "account deleted": lambda user: user.delete(),
    "password changed": lambda user: changes.change_password(user, secrets.token_urlsafe(12)),
}


def run(lab):
    closed = lab.account("closed")

    for event, change in EVENTS.items():
        lab.step(f"A manager closes an account. Then something changes elsewhere: {event}. Can they still close one?")
        for mount in SCHEMES:
            account = lab.account("manager", role="manager")
            manager = lab.client("manager", mount).log_in(account)
            before = manager.delete(f"users/{closed.id}/", what="before").status
            change(User.objects.get(id=account.id))
            lab.note("Meanwhile:", event)
            now = manager.delete(f"users/{closed.id}/", what="after").status
            lab.case(35, f"{mount}: {event}", (before, now) == (204, 204), f"allowed before: {before}, after: {now}")
            if (mount, event) == ("jwt", "made a customer"):
                manager.refresh()
                manager.delete(f"users/{closed.id}/", what="with the next token")

    lab.step("A client keeps what it was told. Elsewhere its user gets another name and a fuller cart")
    item = {"product": lab.product(), "quantity": 2}
    for mount in SCHEMES:
        account = lab.account()
        client, elsewhere = (lab.client(who, mount).log_in(account) for who in ("client", "elsewhere"))
        name, cart = client.get("me/").body["username"], client.get("cart/").body
        again = client.get("me/").body["username"], client.get("cart/").body
        lab.case(36, f"{mount}: nothing has changed", again == (name, cart), "asking again tells nothing new")
        elsewhere.post("cart/items/", item)
        User.objects.filter(id=account.id).update(username=f"{name}-renamed")
        changed = time.time()
        lab.note("Meanwhile the user is renamed:", f"{name}-renamed")
        told, took = client.get("me/").body["username"], time.time() - changed
        if told == name:
            left = claims_of(client.credential)["exp"] - changed
            seen = f"the copy is as good as asking: the server itself still says the old name for {left:.0f} s"
            client.refresh()
            client.get("me/", what="with the next token")
        else:
            seen = f"the copy is wrong: the server says the new name after {took:.3f} s"
        lab.case(36, f"{mount}: the name", told == name, seen)
        count = client.get("cart/").body["count"]
        lab.case(36, f"{mount}: the cart", count == cart["count"], f"the copy says {cart['count']}, the server {count}")
