"""How refusals look: `{"detail", "code"}`, field errors as `{"field": ["…"]}`, for HTML pages a page."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from redis.exceptions import RedisError
from rest_framework import exceptions
from rest_framework.views import exception_handler

from project.api.events import refused

OUTAGES = (OperationalError, InterfaceError, RedisError)
RETRY_AFTER = "5"  # seconds


class PayloadTooLarge(exceptions.APIException):
    status_code = 413
    default_detail = "The request body is larger than 64 KB."
    default_code = "payload_too_large"


def answer(error, context):
    """Answer an exception raised in an API view: the REST framework's EXCEPTION_HANDLER."""
    if isinstance(error, RequestDataTooBig):
        error = PayloadTooLarge()
    refused.send(answer, error=error)
    response = exception_handler(error, context)
    if response is None:  # an outage or a bug: `server_error` below answers it
        return None
    if challenge := getattr(error, "challenge", None):
        # RFC 6750 section 3: the challenge says what is wrong with the token, after the realm.
        scheme = context["view"].get_authenticate_header(context["request"])
        response["WWW-Authenticate"] = f"{scheme}, {challenge}"
    if response.status_code == 401 and any(scheme.stock for scheme in context["view"].get_authenticators()):
        return response  # in the library's own words
    if isinstance(error, exceptions.NotAuthenticated):
        detail = context["view"].get_authenticators()[0].missing(context["request"])
        response.data = {"detail": detail, "code": error.default_code}
    elif not isinstance(error, exceptions.ValidationError):
        response.data = {"detail": response.data["detail"], "code": response.data["detail"].code}
    elif isinstance(response.data, list):
        response.data = {"detail": response.data[0], "code": "invalid"}
    elif "non_field_errors" in response.data:
        response.data = {"detail": response.data["non_field_errors"][0], "code": "invalid"}
    return response


def refuse(request, status, title, detail, code, headers=None):
    """Answer as JSON below /api/, as a page elsewhere."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": detail, "code": code}, status=status, headers=headers)
    response = render(request, "error.html", {"title": title, "detail": detail}, status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def too_large(request):
    return refuse(request, 413, "Too much", PayloadTooLarge.default_detail, PayloadTooLarge.default_code)


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return refuse(request, 400, "Bad request", "This request cannot be understood.", "bad_request")


def csrf_failure(request, reason=""):
    detail = "The form has expired or comes from elsewhere. Go back, reload the page and try again."
    return refuse(request, 403, "Please try again", detail, "csrf_failed")


def permission_denied(request, exception):
    return refuse(request, 403, "Not allowed", "You may not do this.", "permission_denied")


def not_found(request, exception):
    return refuse(request, 404, "Not found", "There is nothing at this address.", "not_found")


def server_error(request):
    """Answer an unexpected exception: 503 when the database or the cache is away, else 500."""
    if isinstance(sys.exc_info()[1], OUTAGES):
        detail = "The shop cannot reach its database or cache. Try again in a moment."
        return refuse(request, 503, "One moment", detail, "unavailable", {"Retry-After": RETRY_AFTER})
    return refuse(request, 500, "Our mistake", "Something went wrong on the server.", "server_error")
