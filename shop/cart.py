"""The rules of the cart.

A cart belongs to `user.id`; nothing else about the user matters here. Each rule answers with what there is now, or
raises a `Conflict` and changes nothing.
"""

from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from rest_framework.exceptions import APIException, NotFound

from shop.models import MAX_QUANTITY, CartItem, Product


class Conflict(APIException):
    """The request is understood, but the shop's state does not allow it (409)."""

    status_code = 409


class NotInCart(NotFound):
    default_detail = "This product is not in the cart."


class ProductInCart(NamedTuple):
    """What a line of a cart shows of its product."""

    id: int
    name: str
    price: Decimal
    emoji: str
    available: int  # how many pieces can be bought now


class Line(NamedTuple):
    """A line as it was read."""

    product: ProductInCart
    quantity: int
    subtotal: Decimal


class Cart(NamedTuple):
    items: list[Line]
    count: int  # pieces, over all lines
    total: Decimal


# Two statements are SQL, this one for speed and ADD_ITEM because of races; the rest is the ORM.
# Why not the ORM here: it compiles a query anew for each request, which takes several times as long as running it.
# `python -m project.lab.benchmark.read_costs` measures both.
READ_CART = """
    SELECT product.id, product.name, product.price, product.emoji, product.stock, product.active, line.quantity
    FROM shop_cartitem line JOIN shop_product product ON product.id = line.product_id
    WHERE line.user_id = %s ORDER BY line.id
"""


def read_cart(user):
    """Return the user's cart."""
    with connection.cursor() as cursor:
        cursor.execute(READ_CART, [user.id])
        items = [line(*row) for row in cursor.fetchall()]
    return Cart(items, sum(item.quantity for item in items), sum((item.subtotal for item in items), Decimal("0.00")))


def line(product_id, name, price, emoji, stock, active, quantity):
    """Return a row of READ_CART as a line. SQLite keeps a price as a number: 0.5 becomes 0.50 here."""
    price = Decimal(f"{price:.2f}")
    return Line(ProductInCart(product_id, name, price, emoji, stock if active else 0), quantity, price * quantity)


# One statement, so that nothing can come between reading and writing: of any number of simultaneous adds each one
# counts, there is one line per product, and the limits hold. The ORM's upsert cannot add to the value it finds.
ADD_ITEM = """
    INSERT INTO shop_cartitem (user_id, product_id, quantity)
    SELECT %(user)s, id, %(quantity)s FROM shop_product WHERE id = %(product)s AND active AND stock >= %(quantity)s
    ON CONFLICT (user_id, product_id) DO UPDATE SET quantity = shop_cartitem.quantity + excluded.quantity
    WHERE shop_cartitem.quantity + excluded.quantity <= %(limit)s AND shop_cartitem.quantity + excluded.quantity
        <= (SELECT stock FROM shop_product WHERE id = excluded.product_id)
"""


def add_item(user, product_id, quantity):
    """Put `quantity` more of a product into the user's cart.

    Raises NotFound for a product that is not on sale, Conflict when the shop has too few or the line would grow
    beyond MAX_QUANTITY.
    """
    values = {"user": user.id, "product": product_id, "quantity": quantity, "limit": MAX_QUANTITY}
    try:
        with connection.cursor() as cursor:
            cursor.execute(ADD_ITEM, values)
            added = cursor.rowcount
    except IntegrityError as error:
        # The account may have been deleted meanwhile.
        raise Conflict("This account no longer exists.", "account_gone") from error
    if not added:
        raise refusal(Product.objects.filter(id=product_id, active=True).first())


def set_quantity(user, product_id, quantity):
    """Set the quantity of a line. Raises NotFound when the product is not in the cart, Conflict as `add_item`."""
    line = CartItem.objects.filter(user_id=user.id, product_id=product_id)
    if not line.filter(product__active=True, product__stock__gte=quantity).update(quantity=quantity):
        item = line.select_related("product").first()
        raise not_enough(item.product) if item else NotInCart


def remove_item(user, product_id):
    """Remove a line. Raises NotFound when the product is not in the cart."""
    removed, _ = CartItem.objects.filter(user_id=user.id, product_id=product_id).delete()
    if not removed:
        raise NotInCart


def empty_cart(user):
    """Remove all lines. They are locked in the same order as for a check-out, so that neither waits for the other."""
    with transaction.atomic():
        lines = CartItem.objects.filter(user_id=user.id).order_by("product_id").select_for_update()
        CartItem.objects.filter(id__in=list(lines.values_list("id", flat=True))).delete()


def refusal(product):
    """Return why no more of this product can be added."""
    if product is None:
        return NotFound("There is no such product here.")
    if product.available >= MAX_QUANTITY:
        return Conflict(f"A cart holds at most {MAX_QUANTITY} of one product.", "quantity_limit")
    return not_enough(product)


def not_enough(product):
    left = f"Only {product.available} left" if product.available else "None left"
    return Conflict(f"{left} of: {product.name}.", "not_enough_stock")
