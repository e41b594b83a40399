"""What the shop keeps: products, carts, orders."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

MAX_QUANTITY = 99  # pieces of one product in one cart


class Product(models.Model):
    name = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    stock = models.PositiveIntegerField(default=0)
    emoji = models.CharField(max_length=8)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="stock_not_negative"),
        ]

    def __str__(self):
        return self.name

    @property
    def available(self):
        """How many pieces can be bought now."""
        return self.stock if self.active else 0


class CartItem(models.Model):
    """One line of a user's cart. A cart is nothing but its lines."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, models.CASCADE)
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="one_line_per_product"),
            models.CheckConstraint(condition=Q(quantity__range=(1, MAX_QUANTITY)), name="quantity_in_range"),
        ]

    def __str__(self):
        return f"{self.quantity} × {self.product}"

    @property
    def subtotal(self):
        return self.product.price * self.quantity


class Order(models.Model):
    """A cart that was checked out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="orders")
    created = models.DateTimeField(auto_now_add=True)
    idempotency_key = models.CharField(max_length=255, null=True)  # noqa: DJ001 - NULLs are distinct, "" is not
    request_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "idempotency_key"], name="one_order_per_idempotency_key"),
        ]

    def __str__(self):
        return f"Order {self.pk}"

    @property
    def total(self):
        return sum((line.subtotal for line in self.lines.all()), Decimal("0.00"))


class OrderLine(models.Model):
    """What was bought, at the name and price of that moment."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.SET_NULL, null=True)
    name = models.CharField(max_length=80)
    unit_price = models.DecimalField(max_digits=8, decimal_places=2)
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.quantity} × {self.name}"

    @property
    def subtotal(self):
        return self.unit_price * self.quantity
