"""Where the OpenAPI document is served: `/api/schema/`. See `openapi` for what it says."""

from functools import cache

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

from project.api.openapi import OneAtATime


class Description(SpectacularAPIView):
    """The document. It takes a good part of a second and anyone may ask for it, so it is made once."""

    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        renderer = request.accepted_renderer
        return HttpResponse(rendered(type(renderer)), content_type=renderer.media_type)


@cache
def rendered(renderer):
    return renderer().render(OneAtATime().get_schema(public=True))
