"""Does the shop remember you from one request to the next?

Source: RFC 9110 section 3.3 (HTTP is stateless: each request is understood in isolation); RFC 6265 section 3
(cookies); RFC 6750 section 2.1 (bearer tokens).
"""

from accounts import jwt_auth, session_auth
from shop.views import Cart

STATEMENTS = {
    1: "Plain HTTP remembers nobody between two requests.",
    2: "Without a session or a token a cart is forgotten from page to page.",
}
DECIDED_BY = [session_auth.Authentication, jwt_auth.Authentication, Cart]


def run(lab):
    product = lab.product()

    for door in ("session", "jwt"):
        account = lab.account()

        lab.step(f"A stranger comes twice and keeps nothing. Door: {door}")
        stranger = lab.client("stranger", door)
        first, second = stranger.get("me/"), stranger.get("me/")
        anonymous = first.status == 401 and not first.cookies and (second.status, second.body) == (401, first.body)
        seen = f"{first.status}, then {second.status}; {len(first.cookies)} cookies to come back with"
        lab.case(1, f"{door}: a stranger comes twice", anonymous, seen)

        lab.step(f"Somebody logs in and throws away what that gave them. Door: {door}")
        forgetful = lab.client("forgetful", door).log_in(account)
        logged_in = forgetful.get("me/")
        forgetful.credential = None
        next_page = forgetful.get("me/")
        forgotten = (logged_in.status, next_page.status) == (200, 401)
        seen = f"{logged_in.status} with the credential, {next_page.status} without it a moment later"
        lab.case(1, f"{door}: just logged in, credential thrown away", forgotten, seen)

        lab.step(f"One fills a cart and keeps the credential, one never had any. Door: {door}")
        owner = lab.client("owner", door).log_in(account)
        put, read = owner.post("cart/items/", {"product": product, "quantity": 1}), owner.get("cart/")
        there = put.status == 201 and product in products_in(read)
        seen = f"put in: {put.status}; on the next page {len(products_in(read))} product in the cart"
        lab.case(2, f"{door}: with memory the cart is not forgotten", there, seen)
        put, read = stranger.post("cart/items/", {"product": product, "quantity": 1}), stranger.get("cart/")
        lost = read.status == 401 and not products_in(read)
        seen = f"put in: {put.status}, whose cart would it be? On the next page: {read.status}"
        lab.case(2, f"{door}: never a credential", lost, seen)

        lab.step(f"The one with the full cart loses the credential, then logs in again. Door: {door}")
        owner.credential = None
        read = owner.get("cart/")
        lost = read.status == 401 and not products_in(read)
        lab.case(2, f"{door}: the credential lost on the way", lost, f"on the next page {read.status}")
        again = owner.log_in(account).get("cart/")
        lab.note("What was forgotten is who is asking. Products still in the cart:", len(products_in(again)))


def products_in(answer):
    """Return the ids of the products in a cart; none where the answer is no cart."""
    return [line["product"]["id"] for line in (answer.body or {}).get("items", [])]
