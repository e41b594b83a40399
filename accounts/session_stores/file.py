"""Django's file store, which reports its lookups."""

from django.contrib.sessions.backends import file

from accounts.session_stores.reported import ReportedMixin


class SessionStore(ReportedMixin, file.SessionStore):
    kept_in = "session file"
