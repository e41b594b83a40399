"""Who may do what, beyond being known."""

from rest_framework.permissions import BasePermission


class IsManager(BasePermission):
    message = "Only a manager may do this."

    def has_permission(self, request, view):
        return request.user.role == "manager"
