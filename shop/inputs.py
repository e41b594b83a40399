"""What the shop's API takes."""

from project.api.strict_json import MoneyField, StrictIntegerField, StrictSerializer
from shop.models import MAX_QUANTITY

MAX_ID = 10**18 - 1
MAX_STOCK = 1_000_000


class Quantity(StrictIntegerField):
    def __init__(self):
        super().__init__(min_value=1, max_value=MAX_QUANTITY)


class AddItem(StrictSerializer):
    product = StrictIntegerField(min_value=1, max_value=MAX_ID)
    quantity = Quantity()


class SetQuantity(StrictSerializer):
    quantity = Quantity()


class ChangeProduct(StrictSerializer):
    price = MoneyField(required=False)
    stock = StrictIntegerField(required=False, min_value=0, max_value=MAX_STOCK)


class Nothing(StrictSerializer):
    """An empty body, or `{}`."""
