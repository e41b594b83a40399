"""The requests that are measured: how each is made, and how its answer is checked."""

import json
from dataclasses import dataclass
from typing import NamedTuple

READ_CART, ADD_TO_CART, ME, LOGIN, REFRESH = "read cart", "add to cart", "me", "login", "refresh"
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

    `make(sign_in, mount, turn)` returns a client's next request. `right(sign_in, body, cookies)` says whether an answer
    can be true; `cookies` are its `Set-Cookie` headers where the kind `takes_cookies`.
    """

    name: str
    status: int
    make: object
    right: object
    changes_cart: bool = False
    takes_cookies: bool = False


def read_cart(sign_in, mount, turn):
    return Request(f"{mount}cart/", sign_in.headers, None)


def is_the_cart(sign_in, body, cookies):
    """Say whether this is the cart that was loaded: first as JSON, from then on byte by byte."""
    if sign_in.cart is None and json.loads(body) == sign_in.expected_cart:
        sign_in.cart = body
    return body == sign_in.cart


def add_to_cart(sign_in, mount, turn):
    body = b'{"product": %d, "quantity": 1}' % PRODUCTS[turn % len(PRODUCTS)]
    return Request(f"{mount}cart/items/", sign_in.write_headers, body)


def is_a_cart(sign_in, body, cookies):
    return body.startswith(b'{"items":[{') and body.count(b'"quantity":') == len(PRODUCTS) and b'"total":' in body


def ask_who_i_am(sign_in, mount, turn):
    return Request(f"{mount}me/", sign_in.headers, None)


def is_me(sign_in, body, cookies):
    return body.startswith(b'{"id":%d,' % sign_in.user_id) and b'"role":"customer"' in body


def log_in(sign_in, mount, turn):
    return Request(f"{mount}login/", sign_in.login_headers, sign_in.login_body)


def is_a_login(sign_in, body, cookies):
    """A new sign-in each time: that it works was seen when the client's own one was opened in the same way."""
    return b'"username":' in body if sign_in.jar else b'"access":' in body


def refresh(sign_in, mount, turn):
    path = f"{mount}refresh/"
    return Request(path, *sign_in.refresh(path))


def is_a_refresh(sign_in, body, cookies):
    """Keep the next refresh token, where there is one, for the next turn."""
    answer = json.loads(body)
    if sign_in.jar:
        sign_in.take_cookies(cookies)
        return bool(cookies) and "expires_in" in answer
    sign_in.refresh_token = answer.get("refresh", sign_in.refresh_token)
    return bool(answer["access"])


KINDS = {
    kind.name: kind
    for kind in (
        Kind(READ_CART, 200, read_cart, is_the_cart),
        Kind(ADD_TO_CART, 201, add_to_cart, is_a_cart, changes_cart=True),
        Kind(ME, 200, ask_who_i_am, is_me),
        Kind(LOGIN, 200, log_in, is_a_login),
        Kind(REFRESH, 200, refresh, is_a_refresh, takes_cookies=True),
    )
}
