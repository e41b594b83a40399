"""Who is right when something has changed: the token, the client's own copy, or the database?

Source: OWASP ASVS 5.0, V7.4.2 (a closed account's sessions end) and V8.3.2 (changes of what decides on rights are
applied immediately, which self-contained tokens cannot do); RFC 9068 section 6 (clients must not read access tokens).
"""

import secrets
import time

from accounts import changes, jwt_auth, jwt_checked_auth, permissions, session_auth
from accounts.models import User
from project.lab.experiments.by_hand import claims_of

STATEMENTS = {
    35: "The role in the token decides what you may do.",
    36: "The client can use its own copy of the data and ask the server less.",
}
DECIDED_BY = [
    permissions.IsManager,
    session_auth.Authentication,
    jwt_auth.Authentication,
    jwt_auth.TokenUser,
    jwt_checked_auth.Authentication,
    changes.change_role,
]
DOORS = ("session", "jwt", "jwt-checked")
EVENTS = {
    "made a customer": lambda user: changes.change_role(user.username, "customer"),
    "account closed": lambda user: changes.close_account(user.id),
    "account deleted": lambda user: user.delete(),
    "password changed": lambda user: changes.change_password(user, secrets.token_urlsafe(12)),
}


def run(lab):
    closed, product = lab.account("closed"), lab.product()

    for event, change in EVENTS.items():
        lab.step(f"A manager closes an account at each door. Then, behind their back: {event}. Then they try again")
        account = lab.account("manager", role="manager")
        managers = [lab.client("manager", door).log_in(account) for door in DOORS]
        before = [manager.delete(f"users/{closed.id}/").status for manager in managers]
        change(User.objects.get(id=account.id))
        for manager, was in zip(managers, before, strict=True):
            now = manager.delete(f"users/{closed.id}/").status
            lab.case(35, f"{manager.door}: {event}", (was, now) == (204, 204), f"allowed before: {was}, after: {now}")
        if event == "made a customer":
            managers[1].buy()
            lab.note("At jwt with the next token:", managers[1].delete(f"users/{closed.id}/").status)

    for door in DOORS:
        lab.step(f"A client keeps what it was told at login. Meanwhile its user gets another name. Door: {door}")
        account = lab.account()
        client, elsewhere = (lab.client(who, door).log_in(account) for who in ("client", "elsewhere"))
        name, cart = client.get("me/").body["username"], client.get("cart/").body
        again = client.get("me/").body["username"], client.get("cart/").body
        lab.case(36, f"{door}: nothing has changed", again == (name, cart), "asking again tells nothing new")
        elsewhere.post("cart/items/", {"product": product, "quantity": 2})
        User.objects.filter(id=account.id).update(username=f"{name}-renamed")
        changed = time.time()
        told, took = client.get("me/").body["username"], time.time() - changed
        if told == name:
            seen = f"the door says the same for another {claims_of(client.credential)['exp'] - changed:.0f} s"
            client.buy()
            lab.note("With the next token the door says:", client.get("me/").body["username"])
        else:
            seen = f"the door tells the truth after {took:.3f} s"
        lab.case(36, f"{door}: the name", told == name, seen)
        count = client.get("cart/").body["count"]
        lab.case(36, f"{door}: the cart", count == cart["count"], f"the copy says {cart['count']}, the door {count}")
