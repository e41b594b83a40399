"""The session scheme: the server keeps a record of you, you keep its id, in a cookie.

Source: RFC 6265 sections 3 and 8.4 (cookies; session identifiers); Django documentation, "How to use sessions" and
"Cross Site Request Forgery protection".
"""

import time
import uuid
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, PermissionDenied

from accounts.models import Session
from accounts.tokens import FULL_SCOPE
from project.api.strict_json import StrictSerializer

NAME = "session"
MOST_SHOWN = 100  # sign-ins in a list


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


class CannotTell(APIException):
    """The session store knows sessions by their keys alone, and so no user's (409)."""

    status_code = 409
    default_detail = "This server's session store cannot list or end the sign-ins of a user."
    default_code = "store_cannot_tell"


def before_sign_in(request):
    """Refuse a login that another site's page sends: its user would shop in the attacker's cart."""
    Authentication().enforce_csrf(request)


def sign_in(request, user):
    """Start a session and return what its client must keep: nothing, the cookie does that.

    The id is new even where there was one, so that nobody can plant an id beforehand. What an anonymous visitor
    had in the session goes with them; what another user had does not.
    """
    if SESSION_KEY in request.session:
        request.session.flush()
    login(request, user, backend="accounts.backends.ModelBackend")
    now, label = time.time(), request.headers.get("User-Agent", "")[:200]
    request.session["sign_in"] = {"id": str(uuid.uuid4()), "label": label, "created": now, "renewed": now}
    return {}


class SignOut(StrictSerializer):
    """Nothing to say: the cookie says who."""


def sign_out(request):
    """Delete the session's row and clear the cookie; return the user's name. The id is dead, a thief's copy too."""
    username = request.user.username
    if username:
        logout(request._request)
    return username


def this_sign_in(request):
    """Return the id of the sign-in that a request comes with."""
    return request.session.get("sign_in", {}).get("id")


def sign_ins(user_id):
    """Return a user's live sign-ins, latest first. Raises CannotTell with a store that is not the database."""
    if settings.SESSION_STORE not in ("db", "cached_db"):
        raise CannotTell
    return [
        {
            "id": str(row.sign_in),
            "label": row.label,
            "scope": FULL_SCOPE,
            "created": row.created,
            "renewed": row.renewed,
            "idle_until": row.expire_date,
            "expires": row.created + timedelta(seconds=settings.SESSION_MAX_AGE),
        }
        for row in Session.live(user_id).order_by("-created")[:MOST_SHOWN]
    ]


def end_sign_ins(user_id, reason, only=None, keep=None):
    """End a user's sign-ins, all or `only` one or all but the one to `keep`; return how many. They are dead at once."""
    rows = Session.live(user_id)
    rows = rows.filter(sign_in=only) if only else rows.exclude(sign_in=keep) if keep else rows
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        store.delete(key)  # from the cache too, where there is one
    return len(keys)
