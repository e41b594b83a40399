"""The twin page: the same step at both doors, side by side."""

from django.conf import settings
from django.shortcuts import render

from accounts.pages import DEMO_CUSTOMERS
from shop import products
from shop.models import MAX_QUANTITY


def twin(request):
    """Show two clients, one per scheme. Where the demo's passwords are known to all, one click logs in."""
    accounts = [] if settings.PRODUCTION else [*DEMO_CUSTOMERS, "manager"]
    context = {
        "demo_accounts": [{"name": name, "password": known_password(name)} for name in accounts],
        "products": products.on_sale(),
        "max_quantity": MAX_QUANTITY,
    }
    return render(request, "lab/compare/twin.html", context)


def known_password(name):
    """Return the password of a demo account, or nothing where the terminal alone knows it."""
    return "" if name == "manager" and settings.CLASSROOM else settings.DEMO_PASSWORD
