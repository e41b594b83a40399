"""The session scheme in every store on one server: `/api/session-<store>/`, whatever SESSION_STORE is."""

from functools import partial
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import caches
from django.db import transaction
from rest_framework.permissions import SAFE_METHODS

from accounts.schemes import scheme_named
from accounts.session_scheme import CookieSession
from accounts.session_stores import cached_db, db


class InStore(CookieSession):
    """The session scheme with a store of its own."""

    described = False
    store = ""

    @property
    def name(self):
        return f"session-{self.store}"

    @property
    def title(self):
        return f"Cookie session, store {self.store}"

    @property
    def session_store(self):
        """The class that keeps the sessions."""
        return import_module(settings.SESSION_STORES[self.store]).SessionStore


class SessionInDb(InStore):
    store = "db"


class SessionInCachedDb(InStore):
    store = "cached_db"
    about = "The browser sends the id of a session. The server looks it up in the cache or the database, then the user."
    kept = "The server keeps a row for each sign-in, and a copy in its cache; the browser keeps its id, in a cookie."


class SessionInCache(InStore):
    store = "cache"
    about = "The browser sends the id of a session. The server looks it up in the cache, then the user."
    kept = "The server keeps an entry of its cache for each sign-in; the browser keeps its id, in a cookie."


class SessionInFile(InStore):
    store = "file"
    about = "The browser sends the id of a session. The server reads its file, then looks up the user."
    kept = "The server keeps a file for each sign-in; the browser keeps its id, in a cookie."


class SessionInSignedCookies(InStore):
    store = "signed_cookies"
    about = "The browser sends the session itself, signed. The server verifies it, then looks up the user."
    kept = "The server keeps nothing; the browser keeps the session itself, signed, in a cookie."
    ended = "The cookie is deleted. A copy of it works until it expires."


class UntilClosed(db.SessionStore):
    """The database store with a cookie that has no Max-Age: the browser drops it when it is closed."""

    def get_expire_at_browser_close(self):
        return True


class SessionUntilClosed(InStore):
    store = "db"
    name = "session-until_closed"
    title = "Cookie session until the browser is closed"
    session_store = UntilClosed


class StoreByMount:
    """A middleware that gives a request below one of these mounts a session of its store."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        scheme = scheme_named(request.path.split("/")[2]) if request.path.startswith("/api/session-") else None
        if scheme is None:
            return self.get_response(request)
        request.session = scheme.session_store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        response = self.get_response(request)
        if request.method in SAFE_METHODS and SESSION_KEY not in request.session:
            # Reading at a mount of the lab deletes no cookie: it may be the one of `/api/session/`.
            del request.session
        return response


def forget_copy(sender, key, **kwargs):
    """Delete the copy of a session in the cache: a mount whose store is the database alone knows of none."""
    copy = cached_db.SessionStore.cache_key_prefix + key
    # Not before the row is gone for everyone: a request in between would put the copy back.
    transaction.on_commit(partial(caches[settings.SESSION_CACHE_ALIAS].delete, copy))
