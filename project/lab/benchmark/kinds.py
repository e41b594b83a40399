"""The requests that are measured: how each is made, and what a right answer looks like."""

import json
from dataclasses import dataclass
from typing import NamedTuple

PRODUCTS = (1, 2, 3, 4, 5)  # what every cart holds
QUANTITY = 2  # of each, at the beginning of a round
ROOM = 97  # pieces of one product that can be added in a round: a line holds 99


class Request(NamedTuple):
    path: str
    headers: list  # "Name: value"
    body: bytes | None  # None for a GET


@dataclass(frozen=True)
class Kind:
    """One kind of request.

    `make(sign_in, turn)` returns the request of one's turn, `right(sign_in, body)` says whether an answer can be true.
    """

    name: str
    status: int
    make: object
    right: object
    changes_cart: bool = False


def read_cart(sign_in, turn):
    return Request("cart/", sign_in.headers, None)


def is_the_cart(sign_in, body):
    """Say whether this is the cart that was loaded, once read as JSON and from then on byte by byte."""
    if sign_in.cart is None and json.loads(body) == sign_in.expected_cart:
        sign_in.cart = body
    return body == sign_in.cart


def add_to_cart(sign_in, turn):
    body = b'{"product": %d, "quantity": 1}' % PRODUCTS[turn % len(PRODUCTS)]
    return Request("cart/items/", sign_in.write_headers, body)


def is_a_cart(sign_in, body):
    return body.startswith(b'{"items":[{') and body.count(b'"quantity":') == len(PRODUCTS) and b'"total":' in body


def ask_who_i_am(sign_in, turn):
    return Request("me/", sign_in.headers, None)


def is_me(sign_in, body):
    return body.startswith(b'{"id":%d,' % sign_in.user_id) and b'"role":"customer"' in body


def log_in(sign_in, turn):
    return Request("login/", sign_in.login_headers, sign_in.login_body)


def is_a_login(sign_in, body):
    """A new sign-in each time: that it works was seen when the client's own one was opened in the same way."""
    return b'"access":' in body if sign_in.refresh else b'"username":' in body


def refresh(sign_in, turn):
    return Request("refresh/", sign_in.json_headers, b'{"refresh": "%s"}' % sign_in.refresh.encode())


def is_a_refresh(sign_in, body):
    """The next refresh token, where there is one, is kept for the next turn."""
    answer = json.loads(body)
    sign_in.refresh = answer.get("refresh", sign_in.refresh)
    return bool(answer["access"])


KINDS = {
    kind.name: kind
    for kind in (
        Kind("read cart", 200, read_cart, is_the_cart),
        Kind("add to cart", 201, add_to_cart, is_a_cart, changes_cart=True),
        Kind("me", 200, ask_who_i_am, is_me),
        Kind("login", 200, log_in, is_a_login),
        Kind("refresh", 200, refresh, is_a_refresh),
    )
}
