from django.apps import AppConfig


class ShopConfig(AppConfig):
    """What you buy."""

    name = "shop"
