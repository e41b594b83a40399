"""What the shop's API answers: each shape once for the documentation, once as the code that fills it.

Plain dictionaries: a serializer would do the same at several times the cost of the query.
"""

from rest_framework import serializers


class ProductOut(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    price = serializers.DecimalField(max_digits=8, decimal_places=2)
    emoji = serializers.CharField()
    stock = serializers.IntegerField()


class CartItemOut(serializers.Serializer):
    product = ProductOut()
    quantity = serializers.IntegerField()
    subtotal = serializers.DecimalField(max_digits=10, decimal_places=2)


class CartOut(serializers.Serializer):
    items = CartItemOut(many=True)
    count = serializers.IntegerField()
    total = serializers.DecimalField(max_digits=12, decimal_places=2)


class OrderLineOut(serializers.Serializer):
    product = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    unit_price = serializers.DecimalField(max_digits=8, decimal_places=2)
    quantity = serializers.IntegerField()
    subtotal = serializers.DecimalField(max_digits=10, decimal_places=2)


class OrderOut(serializers.Serializer):
    id = serializers.IntegerField()
    created = serializers.DateTimeField()
    lines = OrderLineOut(many=True)
    total = serializers.DecimalField(max_digits=12, decimal_places=2)


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
