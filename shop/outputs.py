"""What the shop's API answers: each shape once for the documentation, once as the code that fills it.

Plain dictionaries: a serializer would do the same at several times the cost of the query.
"""

from rest_framework import serializers


class Amount(serializers.RegexField):
    """Money going out: a decimal string with two places."""

    def __init__(self):
        super().__init__(r"^[0-9]+\.[0-9]{2}$")


class ProductOut(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    price = Amount()
    emoji = serializers.CharField()
    stock = serializers.IntegerField()


class CartItemOut(serializers.Serializer):
    product = ProductOut()
    quantity = serializers.IntegerField()
    subtotal = Amount()


class CartOut(serializers.Serializer):
    items = CartItemOut(many=True)
    count = serializers.IntegerField()
    total = Amount()


class OrderLineOut(serializers.Serializer):
    product = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    unit_price = Amount()
    quantity = serializers.IntegerField()
    subtotal = Amount()


class OrderOut(serializers.Serializer):
    id = serializers.IntegerField()
    created = serializers.DateTimeField()
    lines = OrderLineOut(many=True)
    total = Amount()


class OrderPageOut(serializers.Serializer):
    count = serializers.IntegerField(help_text="Of all orders, over all pages.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = OrderOut(many=True)


def product_out(product):
    return {
        "id": product.id,
        "name": product.name,
        "price": f"{product.price:.2f}",
        "emoji": product.emoji,
        "stock": product.available,
    }


def cart_out(cart):
    items = [
        {
            "product": product_out(item.product),
            "quantity": item.quantity,
            "subtotal": f"{item.subtotal:.2f}",
        }
        for item in cart.items
    ]
    return {"items": items, "count": cart.count, "total": f"{cart.total:.2f}"}


def order_out(order):
    lines = [
        {
            "product": line.product_id,
            "name": line.name,
            "unit_price": f"{line.unit_price:.2f}",
            "quantity": line.quantity,
            "subtotal": f"{line.subtotal:.2f}",
        }
        for line in order.lines.all()
    ]
    return {"id": order.id, "created": order.created, "lines": lines, "total": f"{order.total:.2f}"}
