"""The database store behind a cache: reads come from the cache, writes go to both."""

from django.contrib.sessions.backends import cached_db

from accounts.session_stores.db import UserSessionMixin
from accounts.session_stores.reported import ReportedMixin


class SessionStore(UserSessionMixin, ReportedMixin, cached_db.SessionStore):
    cache_key_prefix = "accounts.session."
    kept_in = "cached session"
