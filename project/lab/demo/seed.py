"""The known state of a demo: a dozen products, and the accounts alice, bob and manager."""

from decimal import Decimal

from accounts.changes import change_password
from accounts.models import User
from project.lab.demo.accounts import MANAGER, roles
from shop.models import Product

PRODUCTS = [  # name, emoji, price, stock
    ("Apples", "🍎", "0.40", 2000),
    ("Backpack", "🎒", "39.00", 250),
    ("Bananas", "🍌", "0.25", 2000),
    ("Books", "📚", "12.50", 400),
    ("Coffee", "☕", "6.90", 600),
    ("Concert ticket", "🎫", "49.00", 3),  # scarce, so that a class can race for the last one
    ("Cookies", "🍪", "2.20", 1000),
    ("Guitar", "🎸", "129.00", 120),
    ("Headphones", "🎧", "59.90", 300),
    ("Keyboard", "⌨️", "74.50", 200),
    ("Sneakers", "👟", "89.00", 180),
    ("Umbrella", "☂️", "17.00", 350),
]


def seed(password, manager_password):
    """Create what is missing and set the three accounts' passwords; what a class has bought or changed stays."""
    fill_shelf()
    for username, role in roles().items():
        user, _ = User.objects.update_or_create(username=username, defaults={"role": role, "is_active": True})
        wanted = manager_password if username == MANAGER else password
        if not user.check_password(wanted):
            change_password(user, wanted)


def fill_shelf():
    """Create the products that are missing."""
    for name, emoji, price, stock in PRODUCTS:
        Product.objects.get_or_create(name=name, defaults={"emoji": emoji, "price": Decimal(price), "stock": stock})
