"""The application that the demo serves where its code is edited: the shop, or the traceback that keeps it from working.

An error in a view is answered by `tracebacks.server_error`. Here is what Django cannot answer: a module that cannot be
imported, and an error in the code that answers errors.
"""

import json
import sys
import traceback
from importlib import import_module


def load():
    """Return the shop's application, or one that shows why there is none."""
    try:
        from project.wsgi import application

        # Django would import the addresses, and with them all views, at the first request.
        import_module("project.urls")
    except Exception as error:
        text = report(error)
        return lambda environ, start_response: answer(environ, start_response, text)
    return application


def report(error):
    """Write an exception to the terminal and return it as text."""
    text = "".join(traceback.format_exception(error))
    sys.stderr.write(text)
    sys.stderr.flush()
    return text


def answer(environ, start_response, text):
    """Answer 500: JSON below /api/ that names the error, elsewhere the traceback as plain text."""
    if environ["PATH_INFO"].startswith("/api/"):
        content_type, body = "application/json", json.dumps({"detail": text.split("\n")[-2], "code": "server_error"})
    else:
        content_type, body = "text/plain; charset=utf-8", f"The shop does not run.\n\n{text}"
    start_response("500 Internal Server Error", [("Content-Type", content_type), ("Cache-Control", "no-store")])
    return [body.encode(errors="backslashreplace")]


shop = load()


def application(environ, start_response):
    try:
        return shop(environ, start_response)
    except Exception as error:
        return answer(environ, start_response, report(error))
