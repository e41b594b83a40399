"""`manage.py role`: make an account a customer's or a manager's."""

from django.core.management import BaseCommand, CommandError
from rest_framework.exceptions import NotFound

from accounts import audit, changes
from accounts.models import User


class Command(BaseCommand):
    help = "Makes an account a customer's or a manager's."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("role", choices=User.Role.values)

    def handle(self, username, role, **options):
        try:
            changes.change_role(username, role)
        except NotFound as error:
            raise CommandError(error.detail) from error
        audit.record(None, "role changed", username, role=role)
        self.stdout.write(f"{username} is a {role} now.")
