"""The accounts' addresses: those of every scheme, those of some, and the HTML pages."""

from django.urls import path
from rest_framework.permissions import AllowAny

import project.api.ids  # noqa: F401 - the converter `id`
from accounts import pages, security_page, token_views, views


def api(scheme, access):
    """Return the routes of a scheme: those that every scheme has, and its own.

    Args:
        access: whom a route lets in, see `permissions.Access`.
    """
    anyone, customer = access.anyone, access.customer()
    return [
        *scheme.routes(access),  # first, so that a scheme can have a login of its own
        path("login/", views.Login.as_view(scheme=scheme, **anyone), name="login"),
        path("logout/", views.Logout.as_view(scheme=scheme, **anyone), name="logout"),
        path("me/", views.Me.as_view(scheme=scheme, **customer), name="me"),
        path("sign-ins/", views.SignIns.as_view(scheme=scheme, **customer), name="sign-ins"),
        path("sign-ins/<uuid:sign_in>/", views.OneSignIn.as_view(scheme=scheme, **customer), name="sign-in"),
        path("users/<id:user>/", views.OneUser.as_view(**access.manager()), name="user"),
    ]


def csrf(access):
    """Return the route where a client gets its CSRF token."""
    return [path("csrf/", views.Csrf.as_view(**access.anyone), name="csrf")]


def revoke(scheme, access):
    """Return the route where anyone who has a token can end it."""
    return [path("revoke/", token_views.Revoke.as_view(scheme=scheme, **access.anyone), name="revoke")]


def bearer_jwt(scheme, access):
    """Return what a JWT in a header needs."""
    return [
        path("refresh/", token_views.Refresh.as_view(scheme=scheme, **access.anyone), name="refresh"),
        path("verify/", token_views.Verify.as_view(scheme=scheme, **access.anyone), name="verify"),
        path("delegate/", token_views.Delegate.as_view(**access.customer()), name="delegate"),
        *revoke(scheme, access),
    ]


def cookie_jwt(scheme, access):
    """Return what a JWT in a cookie needs."""
    refresh = token_views.RefreshByCookie.as_view(scheme=scheme, **access.anyone)
    return [*csrf(access), path("refresh/", refresh, name="refresh")]


html = [
    path("signup/", pages.sign_up, name="signup"),
    path("login/", pages.Login.as_view(), name="login"),
    path("logout/", pages.Logout.as_view(), name="logout"),
    path("password/", pages.PasswordChange.as_view(), name="password"),
    path("security/", security_page.security, name="security"),
    path("security/end/", security_page.end_sign_in, name="end-sign-in"),
    path("security/end-others/", security_page.end_other_sign_ins, name="end-other-sign-ins"),
    path("delegate/", pages.delegate, name="delegate"),
]

jwks = token_views.Jwks.as_view(permission_classes=[AllowAny])
