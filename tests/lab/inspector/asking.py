"""How a browser asks the inspector: with the CSRF cookie and its token, as the page's script does."""

import json

from django.test import Client

PAGE = "/lab/inspector/"
CHECK = "/lab/inspector/check/"


def ask(body, **headers):
    """Send a body to the endpoint of the checks."""
    client = Client(enforce_csrf_checks=True)
    client.get(PAGE)
    headers = {"X-CSRFToken": client.cookies["csrftoken"].value} | headers
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(CHECK, data, content_type="application/json", headers=headers)


def results(token):
    """Return {check: "pass", "fail" or "not reached"} of a token."""
    return {check["name"]: check["result"] for check in ask({"token": token}).json()["checks"]}


def failing(token):
    """Return the names of the failing checks, none where all pass."""
    return [name for name, result in results(token).items() if result == "fail"]
