"""The shop's addresses and the baselines, for the benchmark's own servers alone."""

from django.urls import include, path

import project.urls
import shop.urls
from accounts.views import Me
from project.lab.benchmark.baseline import NoAuthentication, bare_cart
from project.urls import handler400, handler403, handler404, handler500  # noqa: F401

# Without authentication there is nothing to permit either: the baseline is as low as it gets.
OPEN = {"authentication_classes": [NoAuthentication], "permission_classes": []}

cart = shop.urls.api(customer=lambda area: OPEN, manager=lambda: OPEN)
me = path("me/", Me.as_view(scheme=NoAuthentication(), **OPEN))
urlpatterns = [
    *project.urls.urlpatterns,
    path(f"api/{NoAuthentication.name}/", include(([*cart, me], NoAuthentication.name))),
    path("bare/cart/", bare_cart),
]
