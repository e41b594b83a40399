"""Django's cache store, for keys that can be some."""

from django.contrib.sessions.backends import cache

from accounts.session_stores.db import ValidKeyMixin


class SessionStore(ValidKeyMixin, cache.SessionStore):
    pass
