"""What a browser does with HTML alone: follow links, fill in forms, read."""

import re

from django.contrib.messages import get_messages
from django.test import Client

from tests.clients import PASSWORD


class Browser:
    def __init__(self):
        self.http = Client(enforce_csrf_checks=True)

    def get(self, path):
        return self.http.get(path)

    def post(self, path, page="/accounts/password/", **fields):
        """Send a form with the CSRF token that the form on `page` holds."""
        form = self.http.get(page, follow=True).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        return self.http.post(path, {"csrfmiddlewaretoken": token, **fields}, follow=True)

    def log_in(self, user):
        return self.post("/accounts/login/", username=user.username, password=PASSWORD)


def said(response):
    """Return what the page says happened."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())
