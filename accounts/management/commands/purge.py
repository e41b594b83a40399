"""`manage.py purge`: remove what has expired."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.backends import file
from django.core.management import BaseCommand
from django.utils import timezone

from accounts.models import Grant, OpaqueToken, Session

BATCH = 5000  # rows a transaction: short enough that no cart waits for it


class Command(BaseCommand):
    help = (
        "Removes expired sessions and grants (with them their refresh tokens). Run it daily. What was revoked but "
        "has not expired stays, and stays revoked."
    )

    def handle(self, **options):
        now = timezone.now()
        if settings.SESSION_STORE == "file" or settings.LAB:
            file.SessionStore.clear_expired()
        if settings.SESSION_STORE == "file":
            self.stdout.write("Removed the expired session files.")
        for name, rows in expired(now).items():
            self.stdout.write(f"Removed {remove(rows)} expired {name}.")


def expired(now):
    """Return the rows that nobody needs any more, by what they are."""
    return {
        "sessions": Session.objects.filter(expire_date__lte=now),
        "grants": Grant.objects.filter(expires__lte=now),
        "opaque tokens": OpaqueToken.objects.filter(expires__lte=now),
        "counts of failed logins": AccessAttempt.objects.filter(attempt_time__lte=now - timedelta(days=1)),
    }


def remove(rows):
    """Delete the rows batch by batch; return how many."""
    removed = 0
    while batch := rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH])).delete()[0]:
        removed += batch
    return removed
