"""Every address of the project. The same routes are mounted once per scheme: that is the whole idea."""

from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny, IsAuthenticated

import accounts.urls
import shop.urls
from accounts import jwt_checked_scheme, jwt_scheme, session_scheme
from accounts.permissions import HasScope, IsManager
from project.api import health


def mount(scheme, only):
    """Return every route of the API, open to those whom one scheme knows; `only` adds its own ones.

    Never two schemes on one view: a bad token beside a good cookie must not get in.
    """
    known_by = {"authentication_classes": [scheme.Authentication]}
    anyone = known_by | {"permission_classes": [AllowAny]}
    customer = known_by | {"permission_classes": [IsAuthenticated, HasScope]}
    manager = known_by | {"permission_classes": [IsAuthenticated, HasScope, IsManager]}
    routes = (
        accounts.urls.api(scheme, anyone, customer, manager) + only(anyone, customer) + shop.urls.api(customer, manager)
    )
    return include((routes, scheme.NAME))


DOCS = {"url_name": "schema", "template_name": "docs.html", "template_name_js": "docs.js"}
urlpatterns = [
    path("api/session/", mount(session_scheme, accounts.urls.session_only)),
    path("api/jwt/", mount(jwt_scheme, accounts.urls.jwt_only)),
    path("api/jwt-checked/", mount(jwt_checked_scheme, accounts.urls.jwt_only)),
    path("api/", include((shop.urls.public, "public"))),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(**DOCS), name="docs"),
    path("", include(shop.urls.html)),
    path("accounts/", include(accounts.urls.html)),
    path(".well-known/jwks.json", accounts.urls.jwks),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
if settings.LAB:
    urlpatterns += [path("lab/", include("project.lab.urls")), path("api/", include("project.lab.mounts.urls"))]

handler400 = "project.api.errors.bad_request"
handler403 = "project.api.errors.permission_denied"
handler404 = "project.api.errors.not_found"
handler500 = "project.api.errors.server_error"
