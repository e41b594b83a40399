"""The accounts' API: coming in, going out, who am I. `scheme` is the module of the scheme a view is mounted under."""

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import closing, grants, tokens
from accounts.credentials import check_credentials
from accounts.inputs import Login as LoginIn
from accounts.inputs import Refresh as RefreshIn
from accounts.inputs import Verify as VerifyIn
from accounts.outputs import MeOut, TokensOut, UserOut, user_out


class Door(APIView):
    """A view for whoever comes: an outdated credential in the request does not keep anyone from coming in anew."""

    scheme = None

    def perform_authentication(self, request):
        """Leave it to the view."""


class Login(Door):
    @extend_schema(request=LoginIn, responses=UserOut)
    def post(self, request):
        self.scheme.before_sign_in(request)
        user = check_credentials(request, **LoginIn.read(request))
        return Response({**self.scheme.sign_in(request, user), "user": user_out(user)})


class Logout(Door):
    @extend_schema(request=None, responses={204: None})
    def post(self, request):
        self.scheme.sign_out(request, **self.scheme.SignOut.read(request))
        return Response(status=204)


class Me(APIView):
    scheme = None

    @extend_schema(responses=MeOut)
    def get(self, request):
        return Response({**user_out(request.user), "scheme": self.scheme.NAME})


class OneUser(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request, user):
        closing.close_account(user)
        return Response(status=204)


class Csrf(Door):
    """Where a client without HTML pages gets the token that its writes must repeat."""

    @extend_schema(responses={204: None})
    def get(self, request):
        get_token(request._request)
        return Response(status=204)


class Refresh(Door):
    @extend_schema(request=RefreshIn, responses=TokensOut)
    def post(self, request):
        return Response(grants.refresh(RefreshIn.read(request)["refresh"]))


class Verify(Door):
    """Say what a token says, when it is valid."""

    @extend_schema(request=VerifyIn, responses={200: dict})
    def post(self, request):
        return Response(tokens.verify(VerifyIn.read(request)["token"]))
