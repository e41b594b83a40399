"""Django's cache store, which reports its lookups and looks up no key that cannot be one."""

from django.contrib.sessions.backends import cache

from accounts.session_stores.db import ValidKeyMixin
from accounts.session_stores.reported import ReportedMixin


class SessionStore(ReportedMixin, ValidKeyMixin, cache.SessionStore):
    kept_in = "cached session"
