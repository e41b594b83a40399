"""Username and password: the one check behind every login."""

from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import AuthenticationFailed

from accounts import audit
from accounts.models import User
from project.api.errors import refuse
from project.api.events import credential_read, user_found


class InvalidCredentials(AuthenticationFailed):
    """The same for an unknown name, a wrong password and a closed account, in words and in time."""

    default_detail = "No open account with this username and password."
    default_code = "invalid_credentials"


def check_credentials(request, username, password):
    """Return the user. Raises InvalidCredentials; after too many failures the answer becomes `too_many_attempts`."""
    credential_read.send(check_credentials)
    user = authenticate(request, username=username, password=password)
    user_found.send(check_credentials, user=user, auth=None)
    if user is None:
        record_failure(request, username)
        raise InvalidCredentials
    return user


@contextmanager
def still_the_same(user):
    """Write a new sign-in while nobody can change the account.

    Raises InvalidCredentials when the user's password or account has changed since `user` was read: what ends all
    sign-ins must not miss one that is just beginning.
    """
    with transaction.atomic():
        same = User.objects.select_for_update(no_key=True).filter(id=user.id, password=user.password, is_active=True)
        if not same.first():
            raise InvalidCredentials
        yield


def record_failure(request, username):
    """Note a failed login in the audit log; a name only if it is one, since people type passwords there."""
    known = User.objects.filter(username=username).values_list("username", flat=True).first()
    locked_out = getattr(request, "axes_locked_out", False)
    audit.record(request, "login failed", known, because="too many attempts" if locked_out else "credentials")


def hashed_username(request, credentials):
    """Return by what failed logins are counted, AXES_USERNAME_CALLABLE: not what was typed, which may be a password."""
    username = (credentials or {}).get("username", "")
    return salted_hmac("accounts.attempts", username, algorithm="sha256").hexdigest()


def too_many_attempts(request, response, credentials):
    """Answer a login for an account and address that failed too often: AXES_LOCKOUT_CALLABLE."""
    minutes = settings.AXES_COOLOFF_TIME.total_seconds() / 60
    detail = f"Too many failed logins for this account from your address. Try again in {minutes:.0f} minutes."
    retry_after = {"Retry-After": str(int(minutes * 60))}
    return refuse(request, 429, "Too many attempts", detail, "too_many_attempts", retry_after)
