"""How the API describes itself at /api/schema/."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    def get_operation_id(self):
        """Name an operation after its method and path, which no other has."""
        return f"{self.method.lower()}{self.path.replace('/api', '').replace('/', '_').rstrip('_')}"


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.session_auth.Authentication"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The cookie of a session. Writes repeat the cookie csrftoken in the header X-CSRFToken.",
        }


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.jwt_auth.Authentication"
    name = "bearer"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token."}


class CheckedBearerScheme(BearerScheme):
    target_class = "accounts.jwt_checked_auth.Authentication"
    name = "bearer_checked"
