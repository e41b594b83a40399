"""Every address of the project. The same routes are mounted once per scheme: that is the whole idea."""

from django.conf import settings
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

import accounts.urls
import shop.urls
from accounts.permissions import Access
from accounts.schemes import schemes
from project.api import health
from project.api.description import Description


def mount(scheme):
    """Return every route of the API, open to those whom this one scheme authenticates."""
    access = Access(scheme)
    routes = accounts.urls.api(scheme, access) + shop.urls.api(access.customer, access.manager)
    return path(f"api/{scheme.name}/", include((routes, scheme.name)))


DOCS = {"url_name": "schema", "template_name": "docs.html", "template_name_js": "docs.js"}
urlpatterns = [
    *map(mount, schemes()),
    path("api/", include((shop.urls.public, "public"))),
    path("api/schema/", Description.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(**DOCS), name="docs"),
    path("", include(shop.urls.html)),
    path("accounts/", include(accounts.urls.html)),
    path(".well-known/jwks.json", accounts.urls.jwks),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
if settings.LAB:
    urlpatterns += [path("lab/", include("project.lab.urls"))]

handler400 = "project.api.errors.bad_request"
handler403 = "project.api.errors.permission_denied"
handler404 = "project.api.errors.not_found"
handler500 = "project.lab.demo.tracebacks.server_error" if settings.LAB else "project.api.errors.server_error"
