"""Username and password: the one check behind all three login doors."""

from django.conf import settings
from django.contrib.auth import authenticate
from rest_framework.exceptions import AuthenticationFailed

from project.errors import refuse


class InvalidCredentials(AuthenticationFailed):
    """The same for an unknown name, a wrong password and a closed account, in words and in time."""

    default_detail = "No open account with this username and password."
    default_code = "invalid_credentials"


def check_credentials(request, username, password):
    """Return the user. Raises InvalidCredentials; after too many failures the answer becomes `too_many_attempts`."""
    user = authenticate(request._request, username=username, password=password)
    if user is None:
        raise InvalidCredentials
    return user


def too_many_attempts(request, response, credentials):
    """Answer a login for an account and address that failed too often: AXES_LOCKOUT_CALLABLE."""
    minutes = settings.AXES_COOLOFF_TIME.total_seconds() / 60
    detail = f"Too many failed logins for this account from your address. Try again in {minutes:.0f} minutes."
    retry_after = {"Retry-After": str(int(minutes * 60))}
    return refuse(request, 429, "Too many attempts", detail, "too_many_attempts", retry_after)
