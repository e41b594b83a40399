"""Who is behind a user id that a session holds."""

from django.contrib.auth import backends

from accounts.models import User

# Without the times of the account, which no request needs and which take long to convert.
FIND_USER = """
    SELECT id, username, password, role, is_active, first_name, last_name, email FROM accounts_user WHERE id = %s
"""


class ModelBackend(backends.ModelBackend):
    """Django's own, with a query that need not be compiled."""

    def get_user(self, user_id):
        user = next(iter(User.objects.raw(FIND_USER, [user_id])), None)
        return user if user and self.user_can_authenticate(user) else None
