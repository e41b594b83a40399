"""What went wrong, in full: for students who edit the code and look at what breaks. On loopback alone."""

import sys
import traceback
from pathlib import Path

from django.conf import settings
from django.http import HttpResponseServerError
from django.template.loader import render_to_string

from project.api import errors

OURS = ("accounts", "project", "shop")  # the folders that a student edits
# What a proxy or a tunnel adds: it may run on this machine, and the client elsewhere.
FORWARDED = {"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST"}


def server_error(request):
    """Answer an exception that nothing else answered, as `errors.server_error` does, and say where it was raised.

    Why: a traceback tells a stranger how the server works, and may hold what a user sent. `settings.TRACEBACKS` is on
    where `manage.py demo` serves this machine alone. The page shows what Python prints: no settings and no variables.
    """
    error = sys.exc_info()[1]
    shown = settings.TRACEBACKS and FORWARDED.isdisjoint(request.META)
    if not shown or error is None or isinstance(error, errors.OUTAGES):
        return errors.server_error(request)
    what, where = f"{type(error).__name__}: {error}", place(error)
    if request.path.startswith("/api/"):
        return errors.refuse(request, 500, "", f"{what} ({where})", "server_error")
    text = "".join(traceback.format_exception(error))
    # No request, and no template of the other pages: they may be what is broken.
    page = render_to_string("lab/demo/traceback.html", {"what": what, "where": where, "traceback": text})
    return HttpResponseServerError(page)


def place(error):
    """Return the file, line and function of this project in which an exception was raised, or was on its way."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if is_ours(frame)] or frames
    frame = ours[-1]
    path = Path(frame.filename)
    shown = path.relative_to(settings.BASE_DIR) if is_ours(frame) else path
    return f"{shown}, line {frame.lineno}, in {frame.name}"


def is_ours(frame):
    return any((settings.BASE_DIR / folder) in Path(frame.filename).parents for folder in OURS)
