"""The accounts' API: coming in, going out, who am I. `scheme` is the module of the scheme a view is mounted under."""

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit, changes, grants, inputs, keys, outputs, tokens
from accounts.credentials import check_credentials
from accounts.models import Grant


class Door(APIView):
    """A view for whoever comes: an outdated credential in the request does not keep anyone from coming in anew."""

    scheme = None

    def perform_authentication(self, request):
        """Leave it to the view."""


class Login(Door):
    """Come in: open a sign-in of this scheme."""

    def get_serializer_class(self):  # of the answer, for the schema
        return outputs.LOGIN_OUT[self.scheme.NAME]

    @extend_schema(request=inputs.Login)
    def post(self, request):
        self.scheme.before_sign_in(request)
        user = check_credentials(request._request, **inputs.Login.read(request))
        kept_by_client = self.scheme.sign_in(request._request, user)
        audit.record(request, "login", user.username)
        return Response({**kept_by_client, "user": outputs.user_out(user)})


class Logout(Door):
    """Go out: end the sign-in. Who is out already is answered alike."""

    def get_serializer_class(self):  # of the request, for the schema
        return self.scheme.SignOut

    @extend_schema(responses={204: None})
    def post(self, request):
        username = self.scheme.sign_out(request, **self.scheme.SignOut.read(request))
        if username:
            audit.record(request, "logout", username)
        return Response(status=204)


class Me(APIView):
    """Who am I, and by which scheme am I known?"""

    scheme = None

    @extend_schema(responses=outputs.MeOut)
    def get(self, request):
        return Response({**outputs.user_out(request.user), "scheme": self.scheme.NAME})


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


class Csrf(Door):
    """Where a client without HTML pages gets the token that its writes must repeat."""

    @extend_schema(responses={204: None})
    def get(self, request):
        get_token(request._request)
        return Response(status=204)


class Refresh(Door):
    """Buy the next tokens with a refresh token, which is good for one purchase."""

    @extend_schema(request=inputs.Refresh, responses=outputs.TokensOut)
    def post(self, request):
        try:
            grant, answer = grants.refresh(inputs.Refresh.read(request)["refresh"])
        except grants.TokenReused as error:
            grant = error.grant
            audit.record(request, "refresh token reused", grant.user.username, sign_in=str(grant.id))
            raise
        audit.record(request, "refresh", grant.user.username, sign_in=str(grant.id))
        return Response(answer)


class Verify(Door):
    """Say what a token says, when it is valid."""

    @extend_schema(request=inputs.Token, responses=outputs.ClaimsOut)
    def post(self, request):
        claims = tokens.verify(inputs.Token.read(request)["token"])
        self.get_authenticators()[0].get_user(claims)  # raises where a grant that has ended counts
        return Response(claims)


class Revoke(Door):
    """End the sign-in of an access or refresh token; whoever has a token may. Source: RFC 7009 section 2."""

    @extend_schema(request=inputs.Revoke, responses=outputs.NothingOut)
    def post(self, request):
        grant = grants.of_token(inputs.Revoke.read(request)["token"])
        if grant and grants.end(Grant.objects.filter(id=grant.id), "revoked"):
            audit.record(request, "token revoked", grant.user.username, sign_in=str(grant.id))
        return Response({})


class Delegate(APIView):
    """Give a part of one's rights to a third party, as an access token that cannot be refreshed."""

    @extend_schema(request=inputs.Delegate, responses=outputs.DelegatedOut)
    def post(self, request):
        wanted = inputs.Delegate.read(request)
        parent = grants.find_live(request.auth["sid"])
        if parent is None:
            raise tokens.InvalidToken("the sign-in has ended")
        answer = grants.delegate(parent.user, **wanted, parent=parent)
        audit.record(request, "delegated", parent.user.username, scope=answer["scope"], sign_in=answer["sign_in"])
        return Response(answer)


class Jwks(APIView):
    """The public keys, with which anyone can verify our access tokens and nobody can make one. RFC 7517 section 5."""

    @extend_schema(responses=outputs.KeysOut)
    def get(self, request):
        return Response(keys.keyring().jwks(), headers={"Cache-Control": "public, max-age=300"})
