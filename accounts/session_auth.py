"""The session scheme: the server keeps a record of you, you keep its id, in a cookie.

Source: RFC 6265 (cookies); Django documentation, "How to use sessions" and "Cross Site Request Forgery protection".
"""

from django.contrib.auth import login, logout
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied

from accounts.models import Session
from project.strict_json import StrictSerializer

NAME = "session"


class Authentication(SessionAuthentication):
    """Known is who sends the id of a live session. Costs two look-ups: the session's row and the user's."""

    credential_header = "Cookie"

    def authenticate_header(self, request):
        return 'Session realm="api"'

    def enforce_csrf(self, request):
        """Raise CsrfFailed unless the page that sent a write can read our cookie.

        Why: a browser adds the session cookie to whatever any page makes it send.
        """
        try:
            super().enforce_csrf(request._request)
        except PermissionDenied as error:
            raise CsrfFailed(str(error.detail)) from error


class CsrfFailed(PermissionDenied):
    default_code = "csrf_failed"


def before_sign_in(request):
    """Refuse a login that another site's page sends: its user would shop in the attacker's cart."""
    Authentication().enforce_csrf(request)


def sign_in(request, user):
    """Start a session and return what its client must keep: nothing, the cookie does that.

    The id is new even where there was one, so that nobody can plant an id beforehand.
    """
    request.session.flush()
    login(request._request, user)
    return {}


class SignOut(StrictSerializer):
    """Nothing to say: the cookie says who."""


def sign_out(request):
    """Delete the session's row and clear the cookie. The id is dead from here on, also in a thief's hands."""
    if request.user.is_authenticated:
        logout(request._request)


def end_sign_ins(user_id, reason):
    """End every session of a user: delete the rows. A row that is gone needs no reason."""
    Session.objects.filter(user_id=user_id).delete()
