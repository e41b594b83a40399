"""The shop's addresses: public ones, those of a scheme, and the HTML pages."""

from django.urls import path
from rest_framework.permissions import AllowAny

import project.api.ids  # noqa: F401 - the converter `id`
from shop import pages, views


def api(customer, manager):
    """Return the cart's routes for one scheme.

    Args:
        customer, manager: functions that return arguments for `as_view`: the classes that let in a customer, or only
            a manager, whose credential is good for an area of the shop (`cart`, `orders`).
    """
    of_cart, of_orders = customer("cart"), customer("orders")
    return [
        path("cart/", views.Cart.as_view(**of_cart), name="cart"),
        path("cart/items/", views.CartItems.as_view(**of_cart), name="cart-items"),
        path("cart/items/<id:product>/", views.OneCartItem.as_view(**of_cart), name="cart-item"),
        path("orders/", views.Orders.as_view(**of_orders), name="orders"),
        path("orders/<id:order>/", views.OneOrder.as_view(**of_orders), name="order"),
        path("products/<id:product>/", views.ManagedProduct.as_view(**manager()), name="product"),
    ]


public = [
    path("products/", views.Products.as_view(permission_classes=[AllowAny]), name="products"),
    path("products/<id:product>/", views.OneProduct.as_view(permission_classes=[AllowAny]), name="product"),
]

html = [
    path("", pages.products, name="products"),
    path("cart/", pages.cart, name="cart"),
    path("cart/add/<id:product>/", pages.add_item, name="add-item"),
    path("cart/items/<id:product>/", pages.change_item, name="change-item"),
    path("cart/empty/", pages.empty_cart, name="empty-cart"),
    path("cart/check-out/", pages.check_out, name="check-out"),
    path("orders/", pages.orders, name="orders"),
]
