from django.apps import AppConfig, apps
from django.core import checks
from django.db import DatabaseError, connection

from project.api.events import session_deleted


class LabConfig(AppConfig):
    """Where a class sees what differs. Depends on the rest; nothing depends on it."""

    name = "project.lab"

    def ready(self):
        from project.lab.mounts.session_stores import forget_copy

        checks.register(check_tables)
        session_deleted.connect(forget_copy)


def check_tables(app_configs, **options):
    """Warn, as a system check, where the lab was switched on after the database was made."""
    try:
        there = set(connection.introspection.table_names())
    except DatabaseError:  # a database that is away is somebody else's check
        return []
    missing = [model._meta.db_table for model in apps.get_models() if model._meta.db_table not in there]
    if not there or not missing:  # an empty database is one that is about to be migrated
        return []
    message = f"Tables are missing: {', '.join(missing)}."
    return [checks.Warning(message, hint="Run manage.py migrate.", id="lab.W001")]
