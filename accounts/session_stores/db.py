"""The database store, with rows that know their user.

Source: Django documentation, "How to use sessions", section "Extending database-backed session engines".
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db


class KnowsItsUser:
    """Keeps rows in `accounts.Session`, with the user's id beside the encoded data."""

    @classmethod
    def get_model_class(cls):
        from accounts.models import Session  # the app registry is not ready when this module is imported

        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row


class SessionStore(KnowsItsUser, db.SessionStore):
    pass
