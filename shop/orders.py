"""The rules of checking out."""

import hashlib
import json
import re

from django.db import IntegrityError, transaction
from django.db.models import F
from rest_framework.exceptions import APIException, ValidationError

from shop.cart import Conflict, not_enough
from shop.models import CartItem, Order, OrderLine, Product


class KeyReused(APIException):
    """An idempotency key came again with another request (422)."""

    status_code = 422
    default_detail = "This Idempotency-Key was used for another request."
    default_code = "idempotency_key_reused"


def read_orders(user):
    """Return the user's orders, newest first, with their lines."""
    return Order.objects.filter(user_id=user.id).prefetch_related("lines")


def check_out(user, key=None, body=None):
    """Turn the user's cart into an order and return it.

    Args:
        key: the Idempotency-Key, invented by the client for this attempt. The same key again buys nothing new and
            returns the first order. Source: draft-ietf-httpapi-idempotency-key-header.
        body: the request's parsed body; it must be the same when the key comes again.

    Raises Conflict when the cart is empty or the shop has too few; otherwise as `find_order`.
    """
    try:
        with transaction.atomic():
            # Locks are taken in the order of the products, so that two carts never wait for each other. A second
            # check-out of this cart waits here, then finds it empty.
            lines = CartItem.objects.filter(user_id=user.id).select_related("product").order_by("product_id")
            items = list(lines.select_for_update(of=("self", "product"), no_key=True))
            order = find_order(user, key, body)
            return order or sell(items, Order(user_id=user.id, idempotency_key=key, request_digest=digest(body)))
    except IntegrityError as error:
        if key is None:
            raise
        raise Conflict("A request with this Idempotency-Key is under way.", "idempotency_key_in_use") from error


def find_order(user, key, body):
    """Return the order that was made with this Idempotency-Key, or None.

    Raises ValidationError for a key that cannot be one, KeyReused when it came with another body.
    """
    if key is None:
        return None
    if not re.fullmatch(r"[\x21-\x7e]{1,255}", key):
        raise ValidationError({"Idempotency-Key": ["Use 1 to 255 visible ASCII characters."]})
    order = read_orders(user).filter(idempotency_key=key).first()
    if order and order.request_digest != digest(body):
        raise KeyReused
    return order


def digest(body):
    return hashlib.sha256(json.dumps({} if body is None else body, sort_keys=True).encode()).hexdigest()


def sell(items, order):
    """Move locked cart lines into the order: less stock, order lines, no cart lines."""
    if not items:
        raise Conflict("The cart is empty.", "empty_cart")
    for item in items:
        if item.product.available < item.quantity:
            raise not_enough(item.product)
        item.product.stock = F("stock") - item.quantity
    Product.objects.bulk_update([item.product for item in items], ["stock"])
    order.save()
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            product_id=item.product_id,
            name=item.product.name,
            unit_price=item.product.price,
            quantity=item.quantity,
        )
        for item in items
    )
    CartItem.objects.filter(id__in=[item.id for item in items]).delete()
    return order
