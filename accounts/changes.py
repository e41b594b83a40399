"""The rules of what changes an account and so ends its sign-ins, under every scheme."""

from django.db import transaction
from rest_framework.exceptions import NotFound

from accounts.models import User
from accounts.schemes import schemes


def end_all_sign_ins(user_id, reason, keep=None):
    """End all of a user's sign-ins under every scheme that can, except the one to `keep`; return how many."""
    return sum(scheme.end_sign_ins(user_id, reason, keep=keep) for scheme in schemes())


def close_account(user_id):
    """Deactivate an account and return its name; its orders stay. Raises NotFound."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(id=user_id).first()
        if user is None:
            raise NotFound("There is no such account.")
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_all_sign_ins(user_id, "account closed")
    return user.username


def change_password(user, password):
    """Set a new password; all sign-ins of the old one end."""
    user.set_password(password)  # takes its time: not while others wait for the database
    with transaction.atomic():
        user.save(update_fields=["password"])
        end_all_sign_ins(user.id, "password changed")


def change_role(username, role):
    """Make an account a customer's or a manager's. Sign-ins go on; tokens say the old role until they are renewed."""
    if not User.objects.filter(username=username).update(role=role):
        raise NotFound(f"There is no account {username}.")
