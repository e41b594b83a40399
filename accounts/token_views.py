"""The views that only tokens need: refresh, verify, revoke, give rights away. See `views` for those of every scheme."""

from contextlib import contextmanager

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit, grants, inputs, keys, outputs, tokens
from accounts.views import PublicView, one_of


class Refresh(PublicView):
    """Exchange a refresh token for new tokens. It can be used once."""

    scheme = None

    @extend_schema(
        request=one_of("RefreshBody", [inputs.Refresh, inputs.NothingToSay]),
        responses=one_of("RefreshAnswer", [outputs.TokensOut, outputs.ExpiryOut]),
    )
    def post(self, request):
        with reuse_recorded(request):
            grant, answer = grants.refresh(inputs.Refresh.read(request)["refresh"])
        audit.record(request, "refresh", grant.user.username, sign_in=str(grant.id))
        return Response(answer)


class RefreshByCookie(PublicView):
    """Exchange the refresh token in the cookie. A failed exchange deletes both cookies."""

    scheme = None

    def post(self, request):
        inputs.NothingToSay.read(request)
        try:
            response = Response()
            with reuse_recorded(request):
                grant = self.scheme.refresh(request, response)
        except tokens.InvalidToken as error:
            response = self.handle_exception(error)
            self.scheme.forget(request, response)
            return response
        audit.record(request, "refresh", grant.user.username, sign_in=str(grant.id))
        return response


@contextmanager
def reuse_recorded(request):
    """Note in the audit log that a refresh token came a second time."""
    try:
        yield
    except grants.TokenReused as error:
        audit.record(request, "refresh token reused", error.grant.user.username, sign_in=str(error.grant.id))
        raise


class Verify(PublicView):
    """Say what a token says, where it is valid."""

    scheme = None

    @extend_schema(request=inputs.Token, responses=outputs.ClaimsOut)
    def post(self, request):
        claims = tokens.verify(inputs.Token.read(request)["token"])
        self.scheme.user_of(claims)  # raises where a grant that has ended counts
        return Response(claims)


class Revoke(PublicView):
    """End the sign-in of a token. Anyone who has the token may. Source: RFC 7009 section 2."""

    scheme = None

    @extend_schema(request=inputs.Revoke, responses=outputs.NothingOut)
    def post(self, request):
        ended = self.scheme.revoke(inputs.Revoke.read(request)["token"])
        if ended:
            username, sign_in = ended
            audit.record(request, "token revoked", username, sign_in=sign_in)
        return Response({})


class Delegate(APIView):
    """Give a part of one's rights to a third party, as an access token that cannot be refreshed."""

    @extend_schema(request=inputs.Delegate, responses=outputs.DelegatedOut)
    def post(self, request):
        wanted = inputs.Delegate.read(request)
        parent = grants.find_live(request.auth["sid"])
        if parent is None:
            raise tokens.InvalidToken("sign-in", "the sign-in has ended")
        answer = grants.delegate(parent.user, **wanted, parent=parent)
        audit.record(request, "delegated", parent.user.username, scope=answer["scope"], sign_in=answer["sign_in"])
        return Response(answer)


class Jwks(APIView):
    """The public keys, with which anyone can verify our access tokens and nobody can make one. RFC 7517 section 5."""

    @extend_schema(responses=outputs.KeysOut)
    def get(self, request):
        return Response(keys.keyring().jwks(), headers={"Cache-Control": "public, max-age=300"})
