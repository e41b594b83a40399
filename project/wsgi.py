"""The WSGI application: what a server such as granian imports."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

from accounts.keys import keyring

application = get_wsgi_application()
keyring()  # a server with unusable keys refuses to start

# Why: behind a proxy every request comes from its address. Only what a trusted proxy says of the client counts.
if proxies := os.environ.get("TRUSTED_PROXIES"):
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxies)
