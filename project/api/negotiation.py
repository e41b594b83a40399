"""Which representation an answer takes."""

from rest_framework.negotiation import DefaultContentNegotiation


class AlwaysJSON(DefaultContentNegotiation):
    """Answer JSON whatever Accept says. A view with several renderers still chooses.

    Source: RFC 9110 section 12.5.1 (a server may disregard `Accept`).
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        if len(renderers) == 1:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)
