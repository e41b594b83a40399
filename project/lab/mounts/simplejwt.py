"""simplejwt as its documentation and every tutorial use it, on the same shop: `/api/simplejwt/`.

Its own views log in, refresh (with rotation and the blacklist), verify and log out, and each 401 is its own.
Source: the documentation of djangorestframework-simplejwt, "Getting started", "Settings", "Blacklist app".
"""

from django.db.models import Q
from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.views import APIView, exception_handler
from rest_framework_simplejwt import views
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from accounts import audit
from accounts.credentials import record_failure
from accounts.models import User
from accounts.schemes import Scheme, SchemeCannot
from accounts.scopes import FULL_SCOPE
from project.api.events import credential_read, signature_verified, user_found


class TokenPairOut(serializers.Serializer):
    access = serializers.CharField()
    refresh = serializers.CharField()


class SimpleJwt(JWTAuthentication, Scheme):
    """The library's token in the Authorization header. One query: the user."""

    name = "simplejwt"
    title = "simplejwt"
    about = "The client sends a signed token of the library simplejwt. The server verifies it, then looks up the user."
    refreshes = True
    stock = True
    accepted = "the library accepts the token, and its user is in the database and active"
    kept = (
        "The library keeps a row for each refresh token that it has issued, and one for each that was used or revoked."
    )
    ended = (
        "The shop cannot end it: its tokens outlive ending all sign-ins and a new password. An account that was closed "
        "is refused, as the library looks up the user."
    )
    LoginOut = TokenPairOut

    def credential_of(self, request):
        header = self.get_header(request)
        try:
            token = header and self.get_raw_token(header)
        except AuthenticationFailed:  # more than one word after Bearer, or none
            return None
        return token and token.decode("latin-1")

    def authenticate(self, request):
        """Take the library's own steps."""
        header = self.get_header(request)
        token = header and self.get_raw_token(header)  # 1. the credential: the client put it there itself
        if token is None:
            return None
        credential_read.send(self)
        signature_verified.send(self)
        validated = self.get_validated_token(token)  # 2. is it ours, and valid now?
        user = self.get_user(validated)  # 3. the user, as they are now
        user_found.send(self, user=user, auth=validated.payload)
        return user, validated

    def scope(self, auth):
        """The library's tokens have no scope: they can do all that their user can."""
        return FULL_SCOPE

    def sign_ins(self, user_id):
        raise SchemeCannot("The library knows refresh tokens, and no sign-ins.")

    def routes(self, access):
        return [
            path("login/", Login.as_view(), name="login"),
            path("refresh/", Refresh.as_view(), name="refresh"),
            path("verify/", Verify.as_view(), name="verify"),
            path("logout/", Logout.as_view(), name="logout"),
            path("delegate/", Cannot.as_view(**access.customer()), name="delegate"),
            path("revoke/", Cannot.as_view(**access.anyone), name="revoke"),
        ]


class InTheLibrarysWords:
    """A view of the library's, whose refusals are its own too."""

    def get_exception_handler(self):
        return exception_handler


class Login(InTheLibrarysWords, views.TokenObtainPairView):
    """Log in. Failed logins count against the same limit as everywhere, and stand in the same audit log."""

    def post(self, request):
        try:
            response = super().post(request)
        except AuthenticationFailed:
            record_failure(request, request.data["username"])
            raise
        audit.record(request, "login", request.data["username"])  # the name of an account, now that it was right
        return response

    def get_serializer_context(self):
        return {"request": self.request._request}  # Django's, on which the count of failed logins is kept


class OfAToken(InTheLibrarysWords):
    """A view of the library's that verifies the token in the body."""

    def post(self, request):
        signature_verified.send(self)
        return super().post(request)


class Refresh(OfAToken, views.TokenRefreshView):
    """Exchange a refresh token."""

    def post(self, request):
        try:
            return super().post(request)
        except User.DoesNotExist as error:  # which the library does not catch here, as it does everywhere else
            raise AuthenticationFailed("User not found", "user_not_found") from error


class Verify(OfAToken, views.TokenVerifyView):
    """Say whether a token is valid."""


class Logout(OfAToken, views.TokenBlacklistView):
    """Put a refresh token on the blacklist."""


class Cannot(APIView):
    """Refuse what the library has no notion of."""

    def post(self, request):
        raise SchemeCannot


def kept_of(user_ids):
    """Return the rows that the library keeps of some users' sign-ins: one for each refresh token that it has issued."""
    return OutstandingToken.objects.filter(user_id__in=user_ids)


def forget(user_ids):
    """Delete what the library keeps of users, and of users who are gone: its rows outlive the account."""
    OutstandingToken.objects.filter(Q(user_id__in=user_ids) | Q(user=None)).delete()
