"""Ids in addresses: `<id:product>` matches what a 64-bit column can hold, so that longer numbers are just not found."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    regex = "[0-9]{1,18}"


register_converter(IdConverter, "id")
