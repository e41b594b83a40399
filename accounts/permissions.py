"""Who may do what, beyond being known. Handed in where the routes are mounted."""

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import User
from accounts.tokens import ACCOUNT

# Which rights a route needs, by its name. One that is not listed is about the account: out of a third party's reach.
AREAS = {"cart": "cart", "cart-items": "cart", "cart-item": "cart", "orders": "orders", "order": "orders"}


class InsufficientScope(PermissionDenied):
    """The token is valid but was given for less (403)."""

    default_code = "insufficient_scope"

    def __init__(self, scope):
        super().__init__(f"This token lacks the scope {scope}.")
        self.challenge = f'error="insufficient_scope", scope="{scope}"'  # RFC 6750 section 3.1


class HasScope(BasePermission):
    """Let a token do what it was given for. A session has no scope: it can do all that its user can."""

    def has_permission(self, request, view):
        area = AREAS.get(request.resolver_match.url_name)
        needed = f"{area}:{'read' if request.method in SAFE_METHODS else 'write'}" if area else ACCOUNT
        if request.auth is not None and needed not in request.auth["scope"].split(" "):
            raise InsufficientScope(needed)
        return True


class IsManager(BasePermission):
    message = "Only a manager may do this."

    def has_permission(self, request, view):
        return request.user.role == User.Role.MANAGER
