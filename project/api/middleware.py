"""What holds for every request and every answer."""

from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import SAFE_METHODS

from project.api.errors import refuse, too_large


class BoundedBody:
    """Refuse what no view is to read: bodies over 64 KB, and bodies that do not say how long they are.

    A WSGI application cannot tell the end of a body without a length (PEP 3333, "Input and Error Streams"),
    and Django takes it for empty.
    All others are read here, wanted or not: the server closes a connection on which it has left something unread,
    now and then just when the client's next request is on its way.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        length = request.META.get("CONTENT_LENGTH")
        if not length and "HTTP_TRANSFER_ENCODING" in request.META:
            return refuse(request, 411, "Length needed", "Say how long the body is.", "length_required")
        if length and length.isdecimal():
            if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                return too_large(request)
            if request.method not in SAFE_METHODS:
                request.body  # noqa: B018 - reading it is the point
        return None


class AllowedMethods:
    """Answer OPTIONS at every address of the API, without a credential. Source: RFC 9110 section 9.3.7."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method == "OPTIONS" and hasattr(view, "cls"):  # a view of the REST framework
            methods = view.cls(**view.initkwargs).allowed_methods
            return HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
        return None


class MethodKept(HttpResponsePermanentRedirect):
    """A redirect after which a POST is still a POST. Source: RFC 9110 section 15.4.9."""

    status_code = 308


class LastSlash(CommonMiddleware):
    """Django's redirect to the address with a slash at its end, which a write survives."""

    response_redirect_class = MethodKept


class ResponseHeaders:
    """Mark answers as private to their credential, and fence HTML pages in.

    Source: RFC 9111 section 5.2.2.5 (no-store), RFC 9110 section 12.5.5 (Vary), Content Security Policy Level 3.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if varies_on := getattr(request, "varies_on", None):
            patch_vary_headers(response, [varies_on])
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response

    def process_view(self, request, view, args, kwargs):
        """Remember which header the view's scheme reads its credential from."""
        authenticators = getattr(view, "initkwargs", {}).get("authentication_classes")
        if authenticators:
            request.varies_on = authenticators[0].credential_header


class PageMessages(MessageMiddleware):
    """Django's messages, for pages alone: the API has none to show, and to add one there raises MessageFailure."""

    def process_request(self, request):
        if not request.path.startswith("/api/"):
            super().process_request(request)
