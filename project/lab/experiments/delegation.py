"""Can you give somebody a part of what is yours?

Source: RFC 6749 section 1.4 (access tokens: a scope, a lifetime, often opaque); RFC 6750 sections 1.2 (whoever has a
bearer token can use it) and 3.1 (insufficient_scope).
"""

import re

from django.conf import settings

from accounts import grants, jwt_auth, pages, permissions
from project.lab.experiments.by_hand import claims_of
from shop import orders
from shop.models import Order

STATEMENTS = {
    42: "A third party can get a token for part of your data.",
    43: "A session cannot do that.",
    44: "A token opens only its owner's account, like a debit card.",
}
DECIDED_BY = [permissions.HasScope, grants.delegate, pages.delegate, jwt_auth.Authentication, orders.read_orders]
WANTED = {"scope": "cart:read", "expires_in": 600, "label": "Recipe app"}
REFUSED = "403 insufficient_scope"


def run(lab):
    account, other, product = lab.account(), lab.account("other"), lab.product()

    for door in ("jwt", "jwt-checked"):
        lab.step(f"The owner gives an app the right to read the cart, and nothing else. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        given = owner.post("delegate/", WANTED).body
        app = third_party(lab, door, given["access"])
        may, may_not = app.get("cart/").status, refusals(app, product)
        lab.case(42, f"{door}: the part", may == 200, f"the app reads the cart: {may}")
        lab.case(42, f"{door}: the rest", may_not == [REFUSED] * 3, f"adding, the account, passing it on: {may_not}")

        lab.step(f"The owner changes their mind. Door: {door}")
        listed = [row["label"] for row in owner.get("sign-ins/").body if row["id"] == given["sign_in"]]
        owner.post("revoke/", {"token": given["access"]})
        left = [row["id"] for row in owner.get("sign-ins/").body]
        seen = f"listed as {listed}; after revoking {'still' if given['sign_in'] in left else 'no longer'} listed"
        lab.case(42, f"{door}: under control", listed == [WANTED["label"]] and given["sign_in"] not in left, seen)
        after = app.get("cart/").status
        if door == "jwt":  # nobody looks: it lives until its `exp`, which the owner has chosen
            lasts = claims_of(given["access"])["exp"] - claims_of(given["access"])["iat"]
            lab.case(42, f"{door}: its end", lasts <= WANTED["expires_in"], f"revoked: {after}; good for {lasts} s")
        else:
            lab.case(42, f"{door}: its end", after == 401, f"revoked: {after}")

    lab.step("The same with a session: the owner hands the cookie over")
    owner = lab.client("owner", f"session-{settings.SESSION_STORE}").log_in(account)  # the store that pages use
    app = owner.copy("third party")
    adds, knows = app.post("cart/items/", {"product": product, "quantity": 1}).status, app.get("me/").status
    lab.case(43, "handing the cookie over", (adds, knows) == (201, 200), f"it adds: {adds}, sees the account: {knows}")
    none = owner.post("delegate/", WANTED).status
    lab.case(43, "asking the session's API for a part", none == 404, f"answered {none}")

    lab.step("But a session can ask for a token: the page on which its owner agrees")
    page = owner.post("", url="/accounts/delegate/", form=WANTED | {"allow": "1"})
    shown = re.search(r"[\w-]+\.[\w-]+\.[\w-]{20,}", page.text)
    app = third_party(lab, "jwt", shown and shown[0])
    may, may_not = app.get("cart/").status, refusals(app, product)
    limited = may == 200 and may_not == [REFUSED] * 3
    lab.case(43, "agreeing on the page, with the cookie", not limited, f"the app's token reads: {may}; else {may_not}")

    lab.step("Somebody else has an order and a cart")
    account = lab.account()
    order = Order.objects.create(user_id=other.id)
    lab.client("other", "jwt").log_in(other).post("cart/items/", {"product": product, "quantity": 7})
    for door, what in {"jwt": "token", "jwt-checked": "token", "session": "cookie"}.items():
        lab.step(f"The owner looks for them; a thief has the owner's {what}. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        theirs, cart = owner.get(f"orders/{order.id}/").status, owner.get("cart/").body["count"]
        seen = f"the other's order: {theirs}, pieces of the other's cart: {cart}"
        lab.case(44, f"{door}: the owner's {what}, another's things", theirs == 404 and cart == 0, seen)
        is_taken_for = owner.copy("thief").get("me/").body.get("username", "nobody")
        seen = f"the {what} asks for no PIN: the thief is {is_taken_for}"
        lab.case(44, f"{door}: the owner's {what}, another's hands", is_taken_for != account.username, seen)


def third_party(lab, door, token):
    app = lab.client("third party", door)
    app.credential = token
    return app


def refusals(app, product):
    """Try what was not given away; return how each attempt is answered."""
    attempts = [
        app.post("cart/items/", {"product": product, "quantity": 1}),
        app.get("me/"),
        app.post("delegate/", WANTED),
    ]
    return [f"{answer.status} {answer.code}" for answer in attempts]
