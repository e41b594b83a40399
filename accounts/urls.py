"""The accounts' addresses: those of every scheme, those of one, and the HTML pages."""

from django.urls import path
from rest_framework.permissions import AllowAny

import project.api.ids  # noqa: F401 - the converter `id`
from accounts import pages, views


def api(scheme, anyone, customer, manager):
    """Return the routes that every scheme needs.

    Args:
        scheme: its module.
        anyone, customer, manager: arguments for `as_view`: the authentication and permission classes that let
            whoever comes, a customer, or only a manager in.
    """
    return [
        path("login/", views.Login.as_view(scheme=scheme, **anyone), name="login"),
        path("logout/", views.Logout.as_view(scheme=scheme, **anyone), name="logout"),
        path("me/", views.Me.as_view(scheme=scheme, **customer), name="me"),
        path("sign-ins/", views.SignIns.as_view(scheme=scheme, **customer), name="sign-ins"),
        path("sign-ins/<uuid:sign_in>/", views.OneSignIn.as_view(scheme=scheme, **customer), name="sign-in"),
        path("users/<id:user>/", views.OneUser.as_view(**manager), name="user"),
    ]


def session_only(anyone, customer):
    """Return the routes that only a cookie needs."""
    return [path("csrf/", views.Csrf.as_view(**anyone), name="csrf")]


def jwt_only(anyone, customer):
    """Return the routes that only a token needs."""
    return [
        path("refresh/", views.Refresh.as_view(**anyone), name="refresh"),
        path("verify/", views.Verify.as_view(**anyone), name="verify"),
        path("delegate/", views.Delegate.as_view(**customer), name="delegate"),
        path("revoke/", views.Revoke.as_view(**anyone), name="revoke"),
    ]


html = [
    path("signup/", pages.sign_up, name="signup"),
    path("login/", pages.Login.as_view(), name="login"),
    path("logout/", pages.Logout.as_view(), name="logout"),
    path("password/", pages.PasswordChange.as_view(), name="password"),
    path("security/", pages.security, name="security"),
    path("security/end/", pages.end_sign_in, name="end-sign-in"),
    path("security/end-others/", pages.end_other_sign_ins, name="end-other-sign-ins"),
    path("delegate/", pages.delegate, name="delegate"),
]

jwks = views.Jwks.as_view(permission_classes=[AllowAny])
