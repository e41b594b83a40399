"""Django's cache store, for keys that can be some."""

from django.contrib.sessions.backends import cache

from accounts.session_stores.db import StrictKey


class SessionStore(StrictKey, cache.SessionStore):
    pass
