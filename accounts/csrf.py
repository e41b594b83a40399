"""The CSRF check: did a page of ours send this request? Schemes need it whose credential the browser adds."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied

authentication = SessionAuthentication()  # the REST framework's way to ask Django's check


class CsrfFailed(PermissionDenied):
    default_code = "csrf_failed"


def refuse_foreign_writes(request):
    """Raise CsrfFailed unless the page that sent a write can read our cookie `csrftoken`.

    Why: a browser adds our cookies to every request that any page makes it send.
    Source: Django documentation, "Cross Site Request Forgery protection", section "How it works".
    """
    try:
        authentication.enforce_csrf(request._request)
    except PermissionDenied as error:
        raise CsrfFailed(str(error.detail)) from error
