#!/usr/bin/env python
"""Run a management command: `python manage.py demo` starts the shop."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except ModuleNotFoundError as error:
        if error.name == "django":
            sys.exit("No module named 'django': .venv/bin/pip install -r requirements.txt")
        if "pip install" not in error.msg:
            raise
        sys.exit(error.msg)
