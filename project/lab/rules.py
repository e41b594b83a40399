"""The rule that gave a status, in words."""

from rest_framework.exceptions import NotAuthenticated, PermissionDenied, ValidationError

from accounts.credentials import InvalidCredentials
from accounts.permissions import InsufficientScope
from accounts.session_auth import CsrfFailed
from accounts.tokens import InvalidToken

WORKED = {
    "session": "the session's row is there, and its user is active",
    "jwt": "signature, time and claims of the token are right; nobody was asked",
    "jwt-checked": "the token is right, and so are its grant and its user in the database",
}


def rule(request, response, scheme, credential, known):
    """Return why the answer has its status.

    Args:
        known: what the authenticator returned, None for nobody.
    """
    error = getattr(request, "refused_because", None)
    if response.status_code == 429:
        return "too many failed logins for this account from this address"
    if error is None:
        return why_it_worked(request, response, scheme, known)
    if isinstance(error, InvalidToken):
        return error.reason
    if isinstance(error, InvalidCredentials):
        return "unknown name, wrong password or closed account: the answer does not tell which"
    if isinstance(error, NotAuthenticated):
        return "no credential" if not credential else "no live session has this id"
    if isinstance(error, CsrfFailed | InsufficientScope):
        return str(error.detail).removeprefix("CSRF Failed: ")
    if isinstance(error, PermissionDenied) and known:
        return f"role {known[0].role} may not"
    if isinstance(error, ValidationError):
        return f"bad input: {', '.join(response.data)}"
    return str(getattr(error, "detail", error))


def why_it_worked(request, response, scheme, known):
    if known:
        return WORKED[scheme]
    if response.status_code >= 400:
        return "no such address"
    return "name and password are right" if request.resolver_match.url_name == "login" else "open to everyone"
