"""The database store behind a cache: reads come from the cache, writes go to both."""

from django.contrib.sessions.backends import cached_db

from accounts.session_stores.db import UserSessionMixin


class SessionStore(UserSessionMixin, cached_db.SessionStore):
    cache_key_prefix = "accounts.session."
