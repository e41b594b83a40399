"""The rules of what ends all sign-ins of a user, at both doors."""

from django.db import transaction
from rest_framework.exceptions import NotFound

from accounts import jwt_auth, session_auth
from accounts.models import User


def end_all_sign_ins(user_id, reason):
    for scheme in (session_auth, jwt_auth):
        scheme.end_sign_ins(user_id, reason)


def close_account(user_id):
    """Deactivate an account; its orders stay. Raises NotFound."""
    with transaction.atomic():
        if not User.objects.filter(id=user_id).update(is_active=False):
            raise NotFound("There is no such account.")
        end_all_sign_ins(user_id, "account closed")


def change_password(user, password):
    """Set a new password; whoever knew the old one is out."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_all_sign_ins(user.id, "password change")
