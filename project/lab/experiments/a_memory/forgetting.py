"""Does the shop remember you from one request to the next?

Source: RFC 9110 section 3.3 (HTTP is stateless: each request is understood in isolation); RFC 6265 section 3
(cookies); RFC 6750 section 2.1 (bearer tokens).
"""

from accounts import jwt_scheme, session_scheme
from project.lab.experiments.kit.statement import HOLDS, Statement
from shop.views import Cart

STATEMENTS = [
    Statement(
        1,
        "Plain HTTP remembers nobody between two requests.",
        expected=HOLDS,
        because="HTTP is defined as stateless: each request is understood on its own, whatever came before it on the "
        "same connection. A server can join two requests only if the second brings something that an earlier answer "
        "handed out. A cookie and a token are two such things.",
        settled=["RFC 9110 section 3.3"],
    ),
    Statement(
        2,
        "Without a session or a token a cart is forgotten from page to page.",
        expected=HOLDS,
        because="A cart belongs to an account, and an anonymous request names none: there is no cart to add to, and "
        "none to read. A client that repeats its credential with each request is found again, whether that is a "
        "session’s id or a token.",
    ),
]
NEXT_QUESTION = (
    "Delete the cookie sessionid in your browser’s developer tools and load /cart/ again. Is alice’s cart lost, or "
    "only you?"
)
DECIDED_BY = [session_scheme.CookieSession, jwt_scheme.Jwt, Cart]
MOUNTS = ("session", "jwt")


def run(lab):
    item = {"product": lab.product(), "quantity": 1}
    accounts = {mount: lab.account() for mount in MOUNTS}

    lab.step("A stranger comes twice and keeps nothing")
    strangers = {mount: lab.client("stranger", mount) for mount in MOUNTS}
    for mount, stranger in strangers.items():
        first, second = stranger.get("me/"), stranger.get("me/", what="again")
        anonymous = first.status == 401 and not first.cookies and (second.status, second.body) == (401, first.body)
        seen = f"{first.status}, then {second.status}; {len(first.cookies)} cookies to come back with"
        lab.case(1, f"{mount}: a stranger comes twice", anonymous, seen)

    lab.step("Somebody logs in, then throws the credential away")
    for mount, account in accounts.items():
        forgetful = lab.client("forgetful", mount).log_in(account)
        known = forgetful.get("me/", what="with the credential").status
        forgetful.credential = None
        after = forgetful.get("me/", what="without it, a moment later").status
        seen = f"{known} with the credential, {after} without it a moment later"
        lab.case(1, f"{mount}: just logged in, credential thrown away", (known, after) == (200, 401), seen)

    lab.step("Two fill a cart: one keeps a credential, one never had any")
    owners = {mount: lab.client("owner", mount).log_in(account) for mount, account in accounts.items()}
    for mount in MOUNTS:
        put, read = owners[mount].post("cart/items/", item), owners[mount].get("cart/", what="the next page")
        there = put.status == 201 and item["product"] in products_in(read)
        seen = f"put in: {put.status}; on the next page {len(products_in(read))} product in the cart"
        lab.case(2, f"{mount}: with memory the cart is not forgotten", there, seen)
        put, read = strangers[mount].post("cart/items/", item), strangers[mount].get("cart/", what="the next page")
        lost = read.status == 401 and not products_in(read)
        seen = f"put in: {put.status}, whose cart would it be? On the next page: {read.status}"
        lab.case(2, f"{mount}: never a credential", lost, seen)

    lab.step("The one with the full cart loses the credential, then logs in again")
    for mount, owner in owners.items():
        owner.credential = None
        read = owner.get("cart/", what="the credential is lost")
        lost = read.status == 401 and not products_in(read)
        lab.case(2, f"{mount}: the credential lost on the way", lost, f"on the next page {read.status}")
        again = owner.log_in(accounts[mount]).get("cart/", what="logged in again")
        lab.note("What was forgotten is who is asking. Products still in the cart:", len(products_in(again)))


def products_in(answer):
    """Return the ids of the products in a cart; none where the answer is no cart."""
    return [line["product"]["id"] for line in (answer.body or {}).get("items", [])]
