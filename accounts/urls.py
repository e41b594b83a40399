"""The accounts' addresses: those of every scheme, those of one, and the HTML pages."""

from django.urls import path

import project.ids  # noqa: F401 - the converter `id`
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
        path("users/<id:user>/", views.OneUser.as_view(**manager), name="user"),
    ]


def session_only(anyone):
    """Return the routes that only a cookie needs."""
    return [path("csrf/", views.Csrf.as_view(**anyone), name="csrf")]


def jwt_only(anyone):
    """Return the routes that only a token needs."""
    return [
        path("refresh/", views.Refresh.as_view(**anyone), name="refresh"),
        path("verify/", views.Verify.as_view(**anyone), name="verify"),
    ]


html = [
    path("signup/", pages.sign_up, name="signup"),
    path("login/", pages.Login.as_view(), name="login"),
    path("logout/", pages.Logout.as_view(), name="logout"),
    path("password/", pages.PasswordChange.as_view(), name="password"),
]
