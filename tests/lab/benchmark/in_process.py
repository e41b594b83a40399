"""Ask the shop as `client.Http` asks a server, without one."""

from email.message import Message
from types import SimpleNamespace

from django.test import Client


class InProcess:
    """Sends exactly the headers that it is given, and keeps no cookie."""

    port = 443

    def ask(self, method, path, headers=(), body=None, status=None):
        named = {"Host": f"127.0.0.1:{self.port}"} | dict(header.split(": ", 1) for header in headers)
        content_type = named.pop("Content-Type", "")
        client = Client(enforce_csrf_checks=True)
        response = client.generic(method, path, body or b"", content_type, secure=True, headers=named)
        assert status in (None, response.status_code), response.content
        answered = Message()
        for cookie in response.cookies.values():
            answered["Set-Cookie"] = cookie.OutputString()
        return SimpleNamespace(status=response.status_code, headers=answered), response.content
