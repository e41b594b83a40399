"""How the API describes itself at /api/schema/. What holds for many routes is said here once, not at each view.

The routes are described once, below `/api/{scheme}`: the schemes are the values of a server variable.
"""

import re
from threading import Lock

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.permissions import IsAuthenticated

from accounts.schemes import scheme_named, schemes
from project.api.refusals import FIELD_ERRORS, REFUSALS, REFUSES_ALSO, refusal

SETS_COOKIES = ("POST login/", "POST logout/", "POST refresh/", "GET csrf/")  # under schemes with cookies
TAGS = {"cart": "cart", "orders": "orders", "products": "products"}  # first part of a route -> tag; else "accounts"
CREDENTIALS = {  # what carries it -> how OpenAPI describes it
    "cookie": {"type": "apiKey", "in": "cookie", "description": "Log in to get it."},
    "header": {"type": "http", "scheme": "bearer", "description": "An access token. Log in to get one."},
}
CSRF = {
    "type": "apiKey",
    "in": "header",
    "name": "X-CSRFToken",
    "description": "The value of the cookie csrftoken, which only a page of this site can read. This page sends it.",
}
mounted = {}  # (route, method) -> the described schemes that have it, as of the latest `once`


def header(pattern, description="", required=True):
    return {"required": required, "description": description, "schema": {"type": "string", "pattern": pattern}}


class OneAtATime(SchemaGenerator):
    """Writes one document at a time: `mounted` is that of one, and the library loads its extensions unguarded."""

    turn = Lock()

    def get_schema(self, request=None, public=False):
        with self.turn:
            return super().get_schema(request, public)


def once(endpoints):
    """Return each route of the schemes once, below no mount, and the public addresses: a PREPROCESSING_HOOK."""
    found = {}
    mounted.clear()
    for path, regex, method, callback in endpoints:
        scheme = scheme_named(path.split("/")[2])
        if scheme and not scheme.described:
            continue
        route = path.removeprefix(f"/api/{scheme.name}") if scheme else path
        found.setdefault((route, method), (route, regex, method, callback))
        those = mounted.setdefault((route, method), [])
        if scheme and scheme not in those:
            those.append(scheme)
    return list(found.values())


def with_servers(result, generator, request, public):
    """Say where the routes are: a POSTPROCESSING_HOOK."""
    described = [scheme for scheme in schemes() if scheme.described]
    own = [scheme.name for scheme in described if scheme.stock]
    variable = {
        "default": described[0].name,
        "enum": [scheme.name for scheme in described],
        "description": "\n".join(f"- {scheme.name}: {scheme.about}" for scheme in described),
    }
    if own:
        variable["description"] += (
            f"\n\nUnder {', '.join(own)} the answers of login, refresh, verify, logout and every 401 are the library's."
        )
    result["servers"] = [{"url": "/api/{scheme}", "variables": {"scheme": variable}}]
    return result


class Schema(AutoSchema):
    """Describes one operation: what its view says, and what follows from where the view is mounted."""

    def get_operation(self, path, path_regex, path_prefix, method, registry):
        self.route = path.removeprefix("/api").removeprefix("/")
        self.schemes = mounted[path, method]
        operation = super().get_operation(path, path_regex, path_prefix, method, registry)
        if operation:
            answers = operation["responses"]
            for status, answer in answers.items():
                answer["headers"] = self.headers(int(status))
            answers |= {str(status): self.refuse(status) for status in sorted(self.refusals())}
            if not self.schemes:
                operation["servers"] = [{"url": "/"}]  # not below a mount
        return operation

    def get_operation_id(self):
        """Name an operation after its method and path, which no other has."""
        return re.sub(r"\W+", "_", f"{self.method.lower()}{self.path.removeprefix('/api')}").strip("_")

    def get_summary(self):
        """The docstring of a view is one line: the headline of its operation."""
        return super().get_description()

    def get_description(self):
        """Say under which schemes a route is, where it is not under all."""
        if not self.schemes or len(self.schemes) == sum(scheme.described for scheme in schemes()):
            return ""
        return f"Under {', '.join(scheme.name for scheme in self.schemes)}."

    def get_auth(self):
        """Name the credentials of each scheme; a write that anyone may send carries at most a CSRF token."""
        self.describe("csrf", CSRF)
        if IsAuthenticated not in self.view.permission_classes:
            return [{"csrf": []}, {}] if self.schemes and self.method != "GET" else []
        needed = [self.requirement(scheme) for scheme in self.schemes]
        return [one for place, one in enumerate(needed) if one not in needed[:place]]

    def requirement(self, scheme):
        """Return what a request carries under a scheme, and describe it among the components."""
        name = scheme.name if scheme.carrier == "cookie" else "bearer"
        self.describe(name, CREDENTIALS[scheme.carrier] | ({"name": scheme.cookies[0]} if scheme.cookies else {}))
        return {one: [] for one in (name, "csrf") if one == name or (scheme.needs_csrf and self.method != "GET")}

    def describe(self, name, definition):
        credential = ResolvedComponent(name, ResolvedComponent.SECURITY_SCHEMA, definition, object=name)
        self.registry.register_on_missing(credential)

    def get_tags(self):
        return [TAGS.get(self.route.partition("/")[0], "accounts")]

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
        """Return a reference to the answer with this status, which all operations share."""
        description, codes = REFUSALS[status]
        body = {"anyOf": [refusal(codes), FIELD_ERRORS]} if status == 400 else refusal(codes)
        name = f"{'refused' if self.schemes else 'public'}_{status}"
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
        if self.schemes:
            everywhere = [scheme for scheme in schemes() if scheme.described]
            # An address that is nowhere and a body that is not looked at belong to no scheme.
            varies = header(any_of(rf"\b{scheme.credential_header}\b" for scheme in everywhere))
            headers["Vary"] = varies | {"required": status not in (404, 411, 413)}
            if status in (401, 403):
                challenge = any_of(f"^{scheme.authenticate_header(None)}" for scheme in everywhere)
                headers["WWW-Authenticate"] = header(challenge, "Under 403 for a lack of scope.", status == 401)
        if status in (429, 503):
            headers["Retry-After"] = header("^[0-9]+$", "Seconds.", status == 429)
        if self.schemes and status < 300 and f"{self.method} {self.route}" in SETS_COOKIES:
            headers["Set-Cookie"] = header("=", "Under schemes with cookies.", required=False)
        return headers


def any_of(patterns):
    """Return a pattern that matches what one of the patterns matches."""
    return "|".join(dict.fromkeys(patterns))


class ClosedObject(OpenApiSerializerExtension):
    """Objects have the keys that are named and no others; text that comes in has no NUL."""

    target_class = "rest_framework.serializers.Serializer"
    match_subclasses = True
    priority = -2  # behind the library's own extension for a choice between serializers

    def map_serializer(self, auto_schema, direction):
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema["additionalProperties"] = False
        for value in schema.get("properties", {}).values():
            if direction == "request" and value.get("type") == "string":
                value.setdefault("pattern", r"^[^\u0000]*$")
        return schema
