"""Headers that every answer carries."""

from django.conf import settings
from django.utils.cache import patch_vary_headers


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
