"""The accounts of the demo, and which of their passwords everyone may know.

The names stand in DEMO_CUSTOMERS, project/settings.py.
"""

from django.conf import settings

MANAGER = "manager"


def roles():
    """Return the role of each account, by username."""
    return dict.fromkeys(settings.DEMO_CUSTOMERS, "customer") | {MANAGER: "manager"}


def known_password(username):
    """Return the password of an account, or "" where the terminal alone shows it."""
    return "" if username == MANAGER and settings.CLASSROOM else settings.DEMO_PASSWORD


def known_accounts():
    """Return what a page may offer for logging in: [{"name", "password"}]; nothing in production."""
    usernames = [] if settings.PRODUCTION else roles()
    return [{"name": username, "password": known_password(username)} for username in usernames]
