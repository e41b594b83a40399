"""The accounts' API: log in, log out, who am I. `scheme` is the scheme that a view is mounted under."""

from django.middleware.csrf import get_token
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit, changes, inputs, outputs
from accounts.credentials import check_credentials


def one_of(name, serializers):
    """Describe a body that has another shape under another scheme."""
    return PolymorphicProxySerializer(name, serializers, resource_type_field_name=None)


class PublicView(APIView):
    """Anyone may call it; an expired credential is ignored."""

    scheme = None

    def perform_authentication(self, request):
        """Leave it to the view."""


class Login(PublicView):
    """Log in."""

    @extend_schema(request=inputs.Login, responses=one_of("LoginAnswer", outputs.logins))
    def post(self, request):
        self.scheme.before_sign_in(request)
        user = check_credentials(request._request, **inputs.Login.read(request))
        response = Response({"user": outputs.user_out(user)})
        self.scheme.sign_in(request, response, user)
        audit.record(request, "login", user.username)
        return response


class Logout(PublicView):
    """Log out. Idempotent."""

    @extend_schema(request=inputs.SignOut, responses={204: None})
    def post(self, request):
        response = Response(status=204)
        username = self.scheme.sign_out(request, response, **self.scheme.SignOut.read(request))
        if username:
            audit.record(request, "logout", username)
        return response


class Me(APIView):
    """Who am I, and by which scheme am I known?"""

    scheme = None

    @extend_schema(responses=outputs.MeOut)
    def get(self, request):
        return Response({**outputs.user_out(request.user), "scheme": self.scheme.name})


class SignIns(APIView):
    """One's own live sign-ins of this scheme."""

    scheme = None

    @extend_schema(responses=outputs.SignInOut(many=True))
    def get(self, request):
        current = self.scheme.this_sign_in(request)
        rows = self.scheme.sign_ins(request.user.id)
        return Response([{**row, "current": row["id"] == current} for row in rows])

    @extend_schema(responses={204: None})
    def delete(self, request):
        """End all others."""
        self.scheme.sign_ins(request.user.id)  # raises where the server cannot tell
        ended = self.scheme.end_sign_ins(request.user.id, "ended elsewhere", keep=self.scheme.this_sign_in(request))
        audit.record(request, "other sign-ins ended", request.user.username, count=ended)
        return Response(status=204)


class OneSignIn(APIView):
    """End one of one's own sign-ins."""

    scheme = None

    @extend_schema(responses={204: None})
    def delete(self, request, sign_in):
        self.scheme.sign_ins(request.user.id)  # raises where the server cannot tell
        if not self.scheme.end_sign_ins(request.user.id, "ended elsewhere", only=sign_in):
            raise NotFound("There is no such sign-in.")
        audit.record(request, "sign-in ended", request.user.username, sign_in=str(sign_in))
        return Response(status=204)


class OneUser(APIView):
    """Close an account, as a manager: it is deactivated, and its sign-ins end."""

    @extend_schema(responses={204: None})
    def delete(self, request, user):
        closed = changes.close_account(user)
        audit.record(request, "account closed", closed, by=request.user.username)
        return Response(status=204)


class Csrf(PublicView):
    """Get the CSRF token, in a cookie, that a client repeats in a header of each write."""

    @extend_schema(responses={204: None})
    def get(self, request):
        get_token(request._request)
        return Response(status=204)
