"""Can you give somebody a part of what is yours?

Source: RFC 6749 section 1.4 (access tokens: a scope, a lifetime, often opaque); RFC 6750 sections 1.2 (anyone with a
bearer token can use it) and 3.1 (insufficient_scope).
"""

import re
import time

from django.conf import settings

from accounts import grants, jwt_scheme, pages, permissions
from project.lab.experiments.kit.by_hand import claims_of
from project.lab.experiments.kit.statement import DEPENDS, HOLDS, Statement
from shop import orders
from shop.models import Order

STATEMENTS = [
    Statement(
        42,
        "A third party can get a token for part of your data.",
        expected=HOLDS,
        because="A token can carry a part of its owner’s rights, for a limited time (RFC 6749 section 1.4); here the "
        "claim scope names them, and each route asks for one. What is missing is answered 403 with "
        'error="insufficient_scope". The third party’s token is a sign-in of its own, listed and revocable.',
        settled=["RFC 6749 section 1.4", "RFC 6750 section 3.1"],
    ),
    Statement(
        43,
        "A session cannot do that.",
        expected=DEPENDS,
        because="A session here has no scope: anyone with the cookie has the account. But what makes the difference "
        "is delegation, not JWT: OAuth’s tokens may be ids that the server looks up (RFC 6749 section 1.4). A row in "
        "the database could hold a scope just as well.",
        settled=["RFC 6749 section 1.4"],
    ),
    Statement(
        44,
        "A token opens only its owner's account, like a debit card.",
        expected=DEPENDS,
        because="A token leads to its owner’s account only, and what belongs to others is answered as if it did not "
        "exist. But anyone who has a bearer token can use it, without proof of being the owner (RFC 6750 section "
        "1.2). A debit card asks for a PIN; a bearer token is cash, and a session’s cookie is no different.",
        settled=["RFC 6750 section 1.2"],
    ),
]
NEXT_QUESTION = (
    "Give cart:read away on /accounts/delegate/ and try with that token to add to the cart, to see the orders and to "
    "delegate further. Which scope does each refusal name?"
)
DECIDED_BY = [permissions.HasScope, grants.delegate, pages.delegate, jwt_scheme.Jwt, orders.read_orders]
WANTED = {"scope": "cart:read", "expires_in": 600, "label": "Recipe app"}
REFUSED = "403 insufficient_scope"


def run(lab):
    account, other = lab.account(), lab.account("other")

    lab.step("An app needs to read its owner's cart, and nothing else. With a session there is only the cookie to give")
    item = {"product": lab.product(), "quantity": 1}
    session = lab.client("owner", "session").log_in(account)
    none = session.post("delegate/", WANTED).status
    lab.case(43, "asking the session's API for a part", none == 404, f"answered {none}")
    with_cookie = session.copy("third party")
    adds, knows = with_cookie.post("cart/items/", item).status, with_cookie.get("me/").status
    lab.case(43, "handing the cookie over", (adds, knows) == (201, 200), f"it adds: {adds}, sees the account: {knows}")
    apps = {}
    for mount in ("jwt", "jwt-checked"):
        owner = lab.client("owner", mount).log_in(account)
        given = owner.post("delegate/", WANTED).body
        app = third_party(lab, mount, given["access"])
        apps[owner] = given, app
        may, may_not = app.get("cart/").status, refusals(app, item)
        lab.case(42, f"{mount}: the part", may == 200, f"the app reads the cart: {may}")
        lab.case(42, f"{mount}: the rest", may_not == [REFUSED] * 3, f"adding, the account, passing it on: {may_not}")

    lab.step("The owner changes their mind")
    session.post("logout/", what="who takes the cookie back is out as well")
    with_cookie.get("cart/")
    for owner, (given, app) in apps.items():
        listed = [row["label"] for row in owner.get("sign-ins/").body if row["id"] == given["sign_in"]]
        owner.post("revoke/", {"token": given["access"]})
        still = given["sign_in"] in [row["id"] for row in owner.get("sign-ins/").body]
        seen = f"listed as {listed}; after revoking {'still' if still else 'no longer'} listed"
        lab.case(42, f"{owner.mount}: under control", listed == [WANTED["label"]] and not still, seen)
        app.get("cart/", what="after revoking")
        claims = claims_of(given["access"])
        lasts, app.credential = claims["exp"] - claims["iat"], lab.token(account, **claims | {"exp": int(time.time())})
        end = app.get("cart/", what="when its end has come").status
        seen = f"asked for {WANTED['expires_in']} s, it lasts {lasts} s; at its end: {end}"
        lab.case(42, f"{owner.mount}: its end", lasts <= WANTED["expires_in"] and end == 401, seen)

    lab.step("But a session can ask for a token: on a page the owner agrees, and gets one for the app")
    owner = lab.client("owner", f"session-{settings.SESSION_STORE}").log_in(account)  # the store that pages use
    page = owner.post("", url="/accounts/delegate/", form=WANTED | {"allow": "1"})
    shown = re.search(r"[\w-]+\.[\w-]+\.[\w-]{20,}", page.text)
    app = third_party(lab, "jwt", shown and shown[0])
    may, may_not = app.get("cart/").status, refusals(app, item)
    limited = may == 200 and may_not == [REFUSED] * 3
    lab.case(43, "agreeing on the page, with the cookie", not limited, f"the app's token reads: {may}; else {may_not}")

    lab.step("Somebody else has an order and a cart: can the owner see them? And can a thief with a copy?")
    order = Order.objects.create(user_id=other.id)
    lab.note("Somebody else has made an order.")
    lab.client("somebody else", "jwt").log_in(other).post("cart/items/", item)
    for mount, what in {"session": "cookie", "jwt": "token", "jwt-checked": "token"}.items():
        account = lab.account()
        owner = lab.client("owner", mount).log_in(account)
        theirs, cart = owner.get(f"orders/{order.id}/").status, owner.get("cart/").body["count"]
        seen = f"the other's order: {theirs}, pieces of the other's cart: {cart}"
        lab.case(44, f"{mount}: the owner's {what}, another's things", theirs == 404 and cart == 0, seen)
        is_taken_for = owner.copy("thief").get("me/").body.get("username", "nobody")
        seen = f"the {what} asks for no PIN: the thief is {is_taken_for}"
        lab.case(44, f"{mount}: the owner's {what}, another's hands", is_taken_for != account.username, seen)


def third_party(lab, mount, token):
    app = lab.client("third party", mount)
    app.credential = token
    return app


def refusals(app, item):
    """Try what was not given away; return how each attempt is answered."""
    attempts = [app.post("cart/items/", item), app.get("me/"), app.post("delegate/", WANTED)]
    return [f"{answer.status} {answer.code}" for answer in attempts]
