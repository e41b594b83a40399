"""The shop's addresses and the baselines, for the benchmark's own servers alone."""

from django.urls import include, path

import project.urls
import shop.urls
from accounts.views import Me
from project.lab.benchmark import baseline
from project.urls import handler400, handler403, handler404, handler500  # noqa: F401

# Without authentication there is nothing to permit either: the baseline is as low as it gets.
OPEN = {"authentication_classes": [baseline.Authentication], "permission_classes": []}

urlpatterns = [
    *project.urls.urlpatterns,
    path(
        "api/no-auth/",
        include(([*shop.urls.api(OPEN, OPEN), path("me/", Me.as_view(scheme=baseline, **OPEN))], baseline.NAME)),
    ),
    path("bare/cart/", baseline.bare_cart),
]
