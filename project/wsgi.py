"""The WSGI application: what a server such as granian imports."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - from here on there are settings

from accounts.keys import keyring  # noqa: E402
from project.api.proxies import behind_proxies  # noqa: E402

keyring()  # a server with unusable keys refuses to start


def in_utf8(application):
    """Read each request as UTF-8, whatever charset it names.

    Why: Django takes any codec of Python's for an encoding, and fails on "zip" before the first middleware runs.
    """

    def wrapped(environ, start_response):
        environ["CONTENT_TYPE"] = re.sub(r";\s*charset=[^;]*", "", environ.get("CONTENT_TYPE") or "", flags=re.I)
        return application(environ, start_response)

    return wrapped


application = in_utf8(application)

# Why: behind a proxy every request comes from its address. Only what a trusted proxy says of the client counts.
if settings.TRUSTED_PROXIES:
    application = behind_proxies(application, settings.TRUSTED_PROXIES)
