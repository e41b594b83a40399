"""The database store, with rows that know their user.

Source: Django documentation, "How to use sessions", section "Extending database-backed session engines".
"""

import re
import time
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

ABOUT = "sign_in"  # where `session_scheme.sign_in` notes {"id", "label", "created", "renewed"}, times since 1970


class StrictKey:
    def _validate_session_key(self, key):
        """Look up nothing that cannot be a key: PostgreSQL would choke on a NUL, a cache log what is too long."""
        return re.fullmatch("[a-z0-9]{32}", key or "") is not None


class KnowsItsUser(StrictKey):
    """Keeps rows in `accounts.Session`: what one wants to know of a session stands beside the encoded data.

    A session ends when it was idle for SESSION_COOKIE_AGE, and SESSION_MAX_AGE after its login however busy it was.
    """

    @classmethod
    def get_model_class(cls):
        from accounts.models import Session  # the app registry is not ready when this module is imported

        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        if about := data.get(ABOUT):
            row.sign_in, row.label = about["id"], about["label"]
            row.created = datetime.fromtimestamp(about["created"], UTC)
            row.renewed = datetime.fromtimestamp(about["renewed"], UTC)
        return row

    def _get_session_from_db(self):
        """Return the row, or None; as the parent class does, but with a query that is compiled once."""
        rows = self.get_model_class().by_key(self.session_key, timezone.now())
        if not rows:
            self._session_key = None
        return rows[0] if rows else None

    def load(self):
        """Return the data; note its use when half the idle time is over. Noting each use would cost a write each."""
        data = super().load()
        if (about := data.get(ABOUT)) and time.time() - about["renewed"] > settings.SESSION_COOKIE_AGE / 2:
            about["renewed"] = time.time()
            self.modified = True
        return data

    def get_session_cookie_age(self):
        """Return the seconds that the session may still live without being used."""
        about = self.get(ABOUT)
        left = about["created"] + settings.SESSION_MAX_AGE - time.time() if about else settings.SESSION_MAX_AGE
        return max(0, min(settings.SESSION_COOKIE_AGE, int(left)))


class SessionStore(KnowsItsUser, db.SessionStore):
    pass
