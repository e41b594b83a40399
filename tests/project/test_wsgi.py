"""The WSGI application, called as a server calls it."""

from io import BytesIO

import pytest
from django.test import RequestFactory

from project import wsgi


@pytest.mark.parametrize("charset", ["zip", "hex", "rot13", "idna", "undefined", "utf-7", "latin-1", "nonsense"])
def test_request_is_always_utf_8(charset, db):
    environ = RequestFactory().get("/api/session/orders/?page=1").environ
    environ |= {"CONTENT_TYPE": f"text/plain; charset={charset}", "wsgi.input": BytesIO()}
    statuses = []
    wsgi.application(environ, lambda status, headers: statuses.append(status))
    assert statuses == ["401 Unauthorized"]
