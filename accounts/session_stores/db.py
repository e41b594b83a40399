"""The database store, with rows that know their user.

Source: Django documentation, "How to use sessions", section "Extending database-backed session engines".
"""

import re
import time
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from project.api.events import session_deleted

SIGN_IN = "sign_in"  # where `session_scheme.start_session` notes {"id", "label", "created", "renewed"}: seconds
FIND_SESSION = "SELECT session_data FROM accounts_session WHERE session_key = %s AND expire_date > %s"


class ValidKeyMixin:
    """Ignores a session id that this shop cannot have issued.

    Why: PostgreSQL rejects a query with a NUL, and a cache would log an id that is too long.
    """

    def __init__(self, session_key=None):
        super().__init__(session_key if re.fullmatch("[a-z0-9]{32}", session_key or "") else None)


class UserSessionMixin(ValidKeyMixin):
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
        if about := data.get(SIGN_IN):
            row.sign_in, row.label = about["id"], about["label"]
            row.created = datetime.fromtimestamp(about["created"], UTC)
            row.renewed = datetime.fromtimestamp(about["renewed"], UTC)
        return row

    def load(self):
        """Return the data; note its use when half the idle time is over. Noting each use would cost a write each."""
        data = super().load()
        if (about := data.get(SIGN_IN)) and time.time() - about["renewed"] > settings.SESSION_COOKIE_AGE / 2:
            about["renewed"] = time.time()
            self.modified = True
        return data

    def get_session_cookie_age(self):
        """Return the seconds that the session may still live without being used."""
        about = self.get(SIGN_IN)
        left = about["created"] + settings.SESSION_MAX_AGE - time.time() if about else settings.SESSION_MAX_AGE
        return max(0, min(settings.SESSION_COOKIE_AGE, int(left)))


class OneColumnStore(db.SessionStore):
    """Django's database store, which reads the one column that it needs."""

    missing = None  # an id that has no row

    def load(self):
        """Return the data. Forget an id that has no row, so that nobody can choose the id of a later session."""
        now = self.model._meta.get_field("expire_date").get_db_prep_value(timezone.now(), connection)
        with connection.cursor() as cursor:
            cursor.execute(FIND_SESSION, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self.missing = self.session_key
            self.flush()
            return {}
        return self.decode(row[0])

    def delete(self, session_key=None):
        """Delete a row. What `load` did not find is not looked up a second time."""
        key = session_key or self.session_key
        if key not in (None, self.missing):
            super().delete(key)
            session_deleted.send(self, key=key)


class SessionStore(UserSessionMixin, OneColumnStore):
    pass
