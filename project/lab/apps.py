from django.apps import AppConfig


class LabConfig(AppConfig):
    """Where a class sees what differs. Depends on the rest; nothing depends on it."""

    name = "project.lab"
