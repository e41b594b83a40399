"""What the API speaks: JSON, to the letter, in and out."""

import json
import re
from decimal import Decimal
from functools import cache

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser

MAX_DEPTH = 8
MONEY = r"(0|[1-9][0-9]{0,5})\.[0-9]{2}"


class StrictJSONParser(BaseParser):
    """Parse UTF-8 JSON; refuse duplicate keys, NaN, half characters and deep nesting.

    Source: RFC 8259, section 4 on duplicate keys ("the behavior of software that receives such an object is
    unpredictable"), section 9 on limits that a parser may set.
    """

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        """Return the parsed body; raises ParseError (400), or RequestDataTooBig, which becomes 413."""
        body = parser_context["request"].body  # Django refuses more than DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            text = body.decode()
            if depth(text) > MAX_DEPTH:
                raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
            value = json.loads(text, object_pairs_hook=unique, parse_constant=refuse_constant)
            if "\\u" in text:  # only an escape can hide half a character, which no answer could repeat
                json.dumps(value, ensure_ascii=False).encode()
            return value
        except ValueError as error:
            raise ParseError(f"Not acceptable as JSON: {error}.") from error


class AlwaysJSON(DefaultContentNegotiation):
    """Answer JSON whatever Accept says. A view with several renderers still chooses.

    Source: RFC 9110 section 12.5.1 (a server may disregard `Accept`).
    """

    def select_renderer(self, request, renderers, format_suffix=None):
        if len(renderers) == 1:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)


def depth(text):
    """Return how deep brackets nest in `text`, strings left out.

    Why `*+`: a regular expression that may give back what it took is quadratic on strings that never end.
    """
    level = deepest = 0
    for bracket in re.findall(r"[\[{\]}]", re.sub(r'"(?:[^"\\]|\\.)*+"?', "", text)):
        level += 1 if bracket in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def unique(pairs):
    """Return the pairs of one JSON object as a dict; raises ValueError naming a key that comes twice."""
    found = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"duplicate key {key!r}")
        found[key] = value
    return found


def refuse_constant(name):
    raise ValueError(f"{name} is not a number")


class StrictSerializer(serializers.Serializer):
    """A serializer that refuses keys it does not know, each by name."""

    @classmethod
    def read(cls, request):
        """Return what the request's body says; raises ValidationError (400)."""
        return cls.once().run_validation(request.data)

    @classmethod
    @cache
    def once(cls):
        """Return one instance for all requests: its fields are copied once. No validator may ask for its data."""
        return cls()

    def to_internal_value(self, data):
        known = super().to_internal_value
        if not isinstance(data, dict) or data.keys() <= self.fields.keys():
            return known(data)
        errors = {key: ["Unknown field."] for key in sorted(data.keys() - self.fields.keys())}
        try:
            known(data)
        except serializers.ValidationError as error:
            errors |= error.detail
        raise serializers.ValidationError(errors)


class StrictIntegerField(serializers.IntegerField):
    """An integer that is written as one: not "3", not 1.0, not true."""

    def to_internal_value(self, data):
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictCharField(serializers.CharField):
    """A string, kept as it came: no number turned into text, no blanks cut off."""

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "string", "pattern": f"^{MONEY}$"})
class MoneyField(serializers.Field):
    """An amount of money: a decimal string with two places, "0.00" to "999999.99"."""

    default_error_messages = {"invalid": 'Write the amount as a string with two decimals, such as "1.50".'}

    def to_internal_value(self, data):
        if not isinstance(data, str) or not re.fullmatch(MONEY, data):
            self.fail("invalid")
        return Decimal(data)
