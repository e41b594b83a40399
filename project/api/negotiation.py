"""Which of the representations that there are an answer takes."""

from rest_framework.negotiation import DefaultContentNegotiation


class OnlyOne(DefaultContentNegotiation):
    """Where there is one, nothing has to be weighed: a client that would rather have another gets it all the same.

    Source: RFC 9110 section 12.5.1 (a server may disregard `Accept`).
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        if len(renderers) == 1:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)
