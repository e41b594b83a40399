"""The rule that gave a status, in words."""

from django.http import Http404
from rest_framework.exceptions import APIException, NotAuthenticated, NotFound, PermissionDenied, ValidationError

from accounts.credentials import InvalidCredentials
from accounts.csrf import CsrfFailed
from accounts.permissions import InsufficientScope
from accounts.tokens import InvalidToken
from project.lab.recorder.credentials import worked

# Routes that are open to everyone ask in their own way; by the route's name.
ASKED = {
    "login": "name and password are right",
    "refresh": "the refresh token is the latest of a live grant",
    "verify": "the token in the body is valid",
    "revoke": "anyone who has a token may end its sign-in",
    "logout": "logging out is open to everyone; what was named has ended",
}
STATUSES = {  # what is answered before or behind the views
    400: "the request cannot be understood",
    404: "there is nothing at this address",
    411: "the body does not say how long it is",
    413: "the body is larger than 64 KB",
    429: "too many failed logins for this account from this address",
    500: "a mistake in the server",
    503: "the database or the cache is away",
}


def rule(request, response, scheme, credential, known, error):
    """Return why the answer has its status.

    Args:
        scheme: under which the request was made, None at an address that is open to everyone.
        known: (user, auth) where the credential was accepted.
        error: the exception with which a view refused.
    """
    if response.status_code in (429, 500, 503) or error is None:
        return no_refusal(request, response, scheme, known)
    if isinstance(error, InvalidToken):
        return error.reason if credential else "the header has no token after the word Bearer"
    if isinstance(error, InvalidCredentials):
        return "unknown name, wrong password or closed account: the answer does not tell which"
    if isinstance(error, NotAuthenticated):
        return "no live session has this id" if credential else "no credential"
    if isinstance(error, CsrfFailed | InsufficientScope):
        return str(error.detail).removeprefix("CSRF Failed: ")
    if isinstance(error, PermissionDenied) and known:
        return f"role {known[0].role} may not"
    if isinstance(error, ValidationError):
        return f"bad input: {', '.join(response.data)}"
    if isinstance(error, Http404) or (isinstance(error, NotFound) and known and not error.detail):
        return "there is no such thing, or it is somebody else's"
    if isinstance(error, APIException) and isinstance(error.detail, dict):
        return str(error.detail.get("detail", "refused"))  # a library's own words
    return str(error.detail) if isinstance(error, APIException) else STATUSES.get(response.status_code, "refused")


def no_refusal(request, response, scheme, known):
    """Return why, where no view has refused anything."""
    if response.status_code >= 400:
        return STATUSES.get(response.status_code, "refused before a view was asked")
    if response.status_code >= 300:
        return "the address ends with a slash"
    if known:
        return worked(scheme)
    if scheme and scheme.stock:
        return "the library accepts it"
    match = request.resolver_match
    return ASKED.get(match and match.url_name, "open to everyone")
