"""How the API describes itself at /api/schema/. What holds for many routes is said here once, not at each view."""

import re

from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.permissions import IsAuthenticated

# Status -> when it is answered; which codes say why.
REFUSALS = {
    400: ("Not strict JSON, or a field is not as described.", "parse_error invalid bad_request"),
    401: ("Not authenticated.", "not_authenticated invalid_credentials invalid_token token_reused"),
    403: ("Known, but not allowed.", "permission_denied csrf_failed insufficient_scope"),
    404: ("Not there, or somebody else's.", "not_found"),
    409: (
        "The state of the shop does not allow it.",
        "not_enough_stock quantity_limit empty_cart idempotency_key_in_use account_gone store_cannot_tell",
    ),
    411: ("The request does not say how long its body is.", "length_required"),
    413: ("The body is larger than 64 KB.", "payload_too_large"),
    415: ("The body is not marked as JSON.", "unsupported_media_type"),
    422: ("The Idempotency-Key was used for another body.", "idempotency_key_reused"),
    429: ("Too many failed logins for this account from this address.", "too_many_attempts"),
    503: ("Database or cache are away, or this server cannot make tokens.", "unavailable cannot_mint"),
}

# What an operation may refuse beyond what follows from its kind: see `Schema.refusals`.
REFUSES_ALSO = {
    "POST login/": (401, 403, 429),
    "POST logout/": (401, 403),
    "POST refresh/": (401,),
    "POST verify/": (401,),
    "GET sign-ins/": (409,),
    "POST cart/items/": (404, 409),
    "PUT cart/items/{product}/": (409,),
    "GET orders/": (404,),
    "POST orders/": (409, 422),
}
SETS_COOKIES = ("POST login/", "POST logout/", "GET csrf/")  # under the session scheme

FIELD_ERRORS = {
    "type": "object",
    "description": "What is wrong with each field.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
}


def refusal(codes):
    """Return the shape of the body that says no."""
    return {
        "type": "object",
        "properties": {"detail": {"type": "string"}, "code": {"type": "string", "enum": codes.split()}},
        "required": ["detail", "code"],
        "additionalProperties": False,
    }


def header(pattern, description="", required=True):
    return {"required": required, "description": description, "schema": {"type": "string", "pattern": pattern}}


def without_the_lab(endpoints):
    """Return the endpoints but for the lab's doors: a PREPROCESSING_HOOK. They answer as `/api/session/` does."""
    return [endpoint for endpoint in endpoints if not endpoint[0].startswith("/api/session-")]


class Schema(AutoSchema):
    """Describes one operation: what its view says, and what follows from where the view is mounted."""

    def get_operation(self, path, *rest):
        _, self.mount, self.route = re.fullmatch(r"(/api/(session|jwt|jwt-checked)/)?(.*)", path).groups()
        operation = super().get_operation(path, *rest)
        if operation:
            answers = operation["responses"]
            for status, answer in answers.items():
                answer["headers"] = self.headers(int(status))
            answers |= {str(status): self.refuse(status) for status in sorted(self.refusals())}
        return operation

    def get_operation_id(self):
        """Name an operation after its method and path, which no other has."""
        return re.sub(r"\W+", "_", f"{self.method.lower()}{self.path.removeprefix('/api')}").strip("_")

    def get_summary(self):
        """The docstring of a view is one line: the headline of its operation."""
        return super().get_description()

    def get_description(self):
        return ""

    def get_auth(self):
        """Name the credentials; a login to a session carries none, but the CSRF token."""
        known = super().get_auth()
        return [{"csrf": []}] if (self.mount, self.route) == ("session", "login/") else known

    def get_tags(self):
        return [self.mount or "public"]

    def refusals(self):
        """Return the statuses with which the operation says no."""
        found = {503, *REFUSES_ALSO.get(f"{self.method} {self.route}", ())}
        if "{" in self.path:
            found.add(404)
        if self.method in ("POST", "PUT", "PATCH"):
            found |= {400, 411, 413, 415}
        if IsAuthenticated in self.view.permission_classes:
            found |= {401, 403}
        return found

    def refuse(self, status):
        """Return a reference to the answer with this status, which all operations of a mount share."""
        description, codes = REFUSALS[status]
        body = {"anyOf": [refusal(codes), FIELD_ERRORS]} if status == 400 else refusal(codes)
        name = f"{self.mount or 'public'}_{status}"
        answer = {
            "description": description,
            "headers": self.headers(status),
            "content": {"application/json": {"schema": body}},
        }
        component = ResolvedComponent(name, ResolvedComponent.RESPONSE, answer, object=name)
        self.registry.register_on_missing(component)
        return component.ref

    def headers(self, status):
        """Return the headers of an answer with this status."""
        caching = "^public, max-age=" if self.path.endswith("jwks.json") and status == 200 else "^no-store$"
        headers = {"Cache-Control": header(caching)}
        for scheme in self.view.get_authenticators():
            # An address that is nowhere and a body that is not looked at belong to no scheme.
            headers["Vary"] = header(rf"\b{scheme.credential_header}\b", required=status not in (404, 411, 413))
            if status in (401, 403):
                challenge = f"^{scheme.authenticate_header(None)}"
                headers["WWW-Authenticate"] = header(challenge, "Under 403 for a lack of scope.", status == 401)
        if status in (429, 503):
            headers["Retry-After"] = header("^[0-9]+$", "Seconds.", status == 429)
        if self.mount == "session" and status < 300 and f"{self.method} {self.route}" in SETS_COOKIES:
            headers["Set-Cookie"] = header("=", "sessionid and csrftoken.", required=False)
        return headers


class ClosedObject(OpenApiSerializerExtension):
    """Objects have the keys that are named and no others; text that comes in has no NUL."""

    target_class = "rest_framework.serializers.Serializer"
    match_subclasses = True

    def get_name(self, auto_schema, direction):
        """Two schemes may have a class of the same name."""
        name, scheme = type(self.target).__name__, getattr(auto_schema.view, "scheme", None)
        return f"{name}_{scheme.NAME}" if hasattr(scheme, name) else None

    def map_serializer(self, auto_schema, direction):
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema["additionalProperties"] = False
        for value in schema.get("properties", {}).values():
            if direction == "request" and value.get("type") == "string":
                value.setdefault("pattern", r"^[^\u0000]*$")
        return schema


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.session_scheme.Authentication"
    name = ["session", "csrf"]

    def get_security_requirement(self, auto_schema):
        """A write carries the CSRF token beside the cookie."""
        names = self.name[:1] if auto_schema.method == "GET" else self.name
        return {name: [] for name in names}

    def get_security_definition(self, auto_schema):
        return [
            {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "Log in to get it."},
            {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": "The value of the cookie csrftoken, which only a page of this site can read. "
                "This page sends it by itself.",
            },
        ]


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.jwt_scheme.Authentication"
    name = "bearer"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token."}


class CheckedBearerScheme(OpenApiAuthenticationExtension):
    """The same tokens at another mount: there is nothing more to define."""

    target_class = "accounts.jwt_checked_scheme.Authentication"
    name = []

    def get_security_requirement(self, auto_schema):
        return {BearerScheme.name: []}

    def get_security_definition(self, auto_schema):
        return []
