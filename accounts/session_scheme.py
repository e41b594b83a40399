"""The session scheme: the server keeps a record of you, you keep its id, in a cookie.

Source: RFC 6265 sections 3 and 8.4 (cookies; session identifiers); Django documentation, "How to use sessions" and
"Cross Site Request Forgery protection".
"""

import time
import uuid
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, login, logout
from rest_framework.exceptions import APIException

from accounts.csrf import refuse_foreign_writes
from accounts.models import Session
from accounts.schemes import MOST_SHOWN, Scheme
from accounts.scopes import FULL_SCOPE
from accounts.session_stores.db import SIGN_IN
from project.api.events import credential_read, user_found

LISTABLE = ("db", "cached_db")  # stores with rows that know their user


class CannotTell(APIException):
    """The session store knows sessions by their keys alone, and so no user's (409)."""

    status_code = 409
    default_detail = "This server's session store cannot list or end the sign-ins of a user."
    default_code = "store_cannot_tell"


class CookieSession(Scheme):
    """The id of a session in a cookie. Two queries with the database store: session, user."""

    name = "session"
    title = "Cookie session"
    about = "The browser sends the id of a session. The server looks up the session, then the user."
    side = "session"
    carrier = "cookie"
    credential_header = "Cookie"
    needs_csrf = True
    kept = "The server keeps a row for each sign-in; the browser keeps its id, in a cookie."
    ended = "The row is deleted, and the id is refused at the next request."

    @property
    def store(self):
        """The name of the store, a key of SESSION_STORES."""
        return settings.SESSION_STORE

    @property
    def credential(self):
        return "signed session" if self.store == "signed_cookies" else "session id"

    @property
    def cookies(self):
        return (settings.SESSION_COOKIE_NAME,)

    @property
    def ends_at_once(self):
        return self.store != "signed_cookies"  # which no server can take back

    @property
    def lists_sign_ins(self):
        return self.store in LISTABLE

    def authenticate_header(self, request):
        return 'Session realm="api"'

    def credential_of(self, request):
        return request.COOKIES.get(settings.SESSION_COOKIE_NAME)

    def authenticate(self, request):
        if self.credential_of(request) is None:  # 1. the credential: the browser added it, as to every request
            return None
        credential_read.send(self)
        session = request.session  # 2. Django's middleware made it from the same cookie; nothing is read yet
        user = get_user(request)  # 3. now the store is asked, in session_stores/, and then the user, as they are now
        if not (user.is_authenticated and user.is_active):
            user_found.send(self, user=None, auth=None)
            return None  # an id that leads nowhere is as good as none: see `missing`
        refuse_foreign_writes(request)  # 4. did a page of ours send this? The cookie alone does not prove it
        user_found.send(self, user=user, auth=session)
        return user, session

    def scope(self, auth):
        """A session has no scope of its own: it can do all that its user can."""
        return FULL_SCOPE

    def before_sign_in(self, request):
        """Refuse a login that another site's page sends: its user would shop in the attacker's cart."""
        refuse_foreign_writes(request)

    def sign_in(self, request, response, user):
        """Start a session. The cookie carries its id: Django's middleware puts it into the response."""
        start_session(request._request, user)

    def sign_out(self, request, response):
        """Delete the session's row and clear the cookie. The id is refused from now on, a thief's copy too."""
        username = request.user.username
        if username:
            logout(request._request)
        return username

    def this_sign_in(self, request):
        return request.session.get(SIGN_IN, {}).get("id")

    def sign_ins(self, user_id):
        """Return a user's live sign-ins, the latest first. Raises CannotTell where the store has no rows."""
        if not self.lists_sign_ins:
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

    def end_sign_ins(self, user_id, reason, only=None, keep=None):
        if not self.lists_sign_ins:  # Django's check of the password's hash ends them where it must
            return 0
        rows = Session.live(user_id)
        rows = rows.filter(sign_in=only) if only else rows.exclude(sign_in=keep) if keep else rows
        store = import_module(settings.SESSION_STORES[self.store]).SessionStore()
        keys = list(rows.values_list("session_key", flat=True))
        for key in keys:
            store.delete(key)  # from the cache too, where there is one
        return len(keys)

    def routes(self, access):
        from accounts.urls import csrf

        return csrf(access)


def start_session(request, user):
    """Start a session for a user who has proved who they are; pages and API call this.

    The id is new even where there was one, so that nobody can plant an id beforehand. What an anonymous visitor
    had in the session goes with them; what another user had does not.
    """
    if SESSION_KEY in request.session:
        request.session.flush()
    login(request, user, backend="accounts.backends.ModelBackend")
    now, label = time.time(), request.headers.get("User-Agent", "")[:200]
    request.session[SIGN_IN] = {"id": str(uuid.uuid4()), "label": label, "created": now, "renewed": now}
