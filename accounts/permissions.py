"""Whom a route lets in, under one scheme. Handed in where the routes are mounted."""

from functools import partial

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, AllowAny, BasePermission, IsAuthenticated

from accounts.models import User
from accounts.scopes import ACCOUNT


class Access:
    """The arguments of `as_view` that let in anyone, a customer, or only a manager.

    Args:
        scheme: the one scheme whose credentials count. Never two on one view: a bad token beside a good cookie must
            not get in.
    """

    def __init__(self, scheme):
        self.scheme = scheme
        self.anyone = {"authentication_classes": [type(scheme)], "permission_classes": [AllowAny]}

    def customer(self, area=ACCOUNT):
        """Let in a user whose credential has the scope of an area: `<area>:read` or `<area>:write`, or `account`."""
        return self.anyone | {"permission_classes": [IsAuthenticated, partial(HasScope, self.scheme, area)]}

    def manager(self, area=ACCOUNT):
        return self.anyone | {"permission_classes": [IsAuthenticated, partial(HasScope, self.scheme, area), IsManager]}


class InsufficientScope(PermissionDenied):
    """The credential is valid, but was given for less (403)."""

    default_code = "insufficient_scope"

    def __init__(self, scope):
        super().__init__(f"This token lacks the scope {scope}.")
        self.challenge = f'error="insufficient_scope", scope="{scope}"'  # RFC 6750 section 3.1


class HasScope(BasePermission):
    """Let a credential do what it was given for."""

    def __init__(self, scheme, area):
        self.scheme, self.area = scheme, area

    def has_permission(self, request, view):
        needed = self.area
        if needed != ACCOUNT:
            needed = f"{self.area}:{'read' if request.method in SAFE_METHODS else 'write'}"
        if needed not in self.scheme.scope(request.auth).split(" "):
            raise InsufficientScope(needed)
        return True


class IsManager(BasePermission):
    message = "Only a manager may do this."

    def has_permission(self, request, view):
        return request.user.role == User.Role.MANAGER
