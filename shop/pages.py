"""The shop's HTML pages: the same rules as the API, in forms that work without JavaScript."""

import uuid
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from rest_framework.exceptions import APIException

from project.api.login_required import login_required_page
from shop import cart as rules
from shop import orders as order_rules
from shop import products as shelf
from shop.cart import Conflict
from shop.models import MAX_QUANTITY


class QuantityForm(forms.Form):
    quantity = forms.IntegerField(min_value=1, max_value=MAX_QUANTITY)


class CheckOutForm(forms.Form):
    """The key makes a second press of the button the same check-out."""

    key = forms.UUIDField()


def cart_count(request):
    """Offer templates the number of pieces in the cart; it is counted only where a template shows it."""
    return {"cart_count": lambda: rules.read_cart(request.user).count}


@contextmanager
def refusals_shown(request):
    """Turn what a rule refuses into a message on the next page."""
    try:
        yield
    except APIException as error:
        messages.error(request, str(error.detail))


def read_quantity(request):
    form = QuantityForm(request.POST)
    if not form.is_valid():
        raise Conflict(f"Choose a quantity from 1 to {MAX_QUANTITY}.")
    return form.cleaned_data["quantity"]


def products(request):
    return render(request, "shop/products.html", {"products": shelf.on_sale(), "max_quantity": MAX_QUANTITY})


@login_required_page
def cart(request):
    cart = rules.read_cart(request.user)
    unavailable = [item for item in cart.items if item.quantity > item.product.available]
    context = {"cart": cart, "unavailable": unavailable, "key": uuid.uuid4(), "max_quantity": MAX_QUANTITY}
    return render(request, "shop/cart.html", context)


@require_POST
@login_required_page
def add_item(request, product):
    with refusals_shown(request):
        quantity, name = read_quantity(request), shelf.find(product).name
        rules.add_item(request.user, product, quantity)
        messages.success(request, f"{quantity} × {name} added to your cart.")
    return redirect(f"{reverse('products')}#product-{product}")


@require_POST
@login_required_page
def change_item(request, product):
    """Set the quantity, or remove the line when the pressed button says so."""
    with refusals_shown(request):
        if "remove" in request.POST:
            rules.remove_item(request.user, product)
            messages.success(request, "Removed from your cart.")
        else:
            rules.set_quantity(request.user, product, read_quantity(request))
            messages.success(request, "Quantity changed.")
    return redirect("cart")


@require_POST
@login_required_page
def empty_cart(request):
    rules.empty_cart(request.user)
    messages.success(request, "Your cart is empty now.")
    return redirect("cart")


@require_POST
@login_required_page
def check_out(request):
    form = CheckOutForm(request.POST)
    key = str(form.cleaned_data["key"]) if form.is_valid() else None
    with refusals_shown(request):
        order = order_rules.check_out(request.user, key)
        messages.success(request, f"Thank you! Order {order.id} is on its way.")
        return redirect("orders")
    return redirect("cart")


@login_required_page
def orders(request):
    page = Paginator(order_rules.read_orders(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "shop/orders.html", {"page": page})
