"""The JWT scheme: the server signs a statement about you, you keep it, and send it yourself.

Source: RFC 6750 sections 2.1 and 3 (bearer tokens), RFC 9068 section 4 (access tokens), RFC 9700 section 4.14.2
(refresh tokens).
"""

from dataclasses import dataclass

from django.contrib.auth.signals import user_logged_in

from accounts import bearer, grants, inputs, outputs
from accounts.bearer import bearer_token
from accounts.models import Grant
from accounts.schemes import MOST_SHOWN, Scheme
from accounts.tokens import verify
from project.api.events import credential_read, user_found


@dataclass(frozen=True)
class TokenUser:
    """The user as the token describes them, perhaps no longer as they are."""

    id: int
    username: str
    role: str
    is_active = is_authenticated = True


class Jwt(Scheme):
    """A signed token in the Authorization header. No query: the claims are trusted (RFC 9068 section 4)."""

    name = "jwt"
    title = "JWT"
    about = "The client sends a signed token. The server verifies it, and looks nothing up."
    refreshes = True
    lists_sign_ins = True
    accepted = "signature, time and claims of the token are right"
    kept = (
        "The server keeps a row for each sign-in, a grant; the client keeps its tokens where it likes, or in cookies."
    )
    ended = (
        "It cannot be refreshed any more. An access token that is out already works until it expires: for a few "
        "minutes or, given to a third party, until the time it says."
    )
    LoginOut = outputs.TokenLoginOut
    SignOut = inputs.SignOut

    def authenticate_header(self, request):
        return bearer.CHALLENGE

    def credential_of(self, request):
        return bearer_token(request)

    def authenticate(self, request):
        token = self.credential_of(request)  # 1. the credential: the client put it there itself
        if token is None:
            return None
        credential_read.send(self)
        claims = verify(token)  # 2. is it ours, and valid now? A key and a clock are asked, no table
        user = self.user_of(claims)  # 3. the user, as the token describes them
        user_found.send(self, user=user, auth=claims)
        return user, claims

    def user_of(self, claims):
        """Return whom a valid token is about. Raises InvalidToken where a scheme looks that up in vain."""
        return TokenUser(int(claims["sub"]), claims["name"], claims["role"])

    def scope(self, auth):
        return auth["scope"]

    def sign_in(self, request, response, user):
        """Open a grant; the answer holds an access token, and the refresh token that gets the next one."""
        response.data = {**grants.tokens(self.open_grant(request, user)), **response.data}

    def open_grant(self, request, user):
        user_logged_in.send(type(user), request=request._request, user=user)  # as Django's login() does
        return grants.open_grant(user, label=request.headers.get("User-Agent", ""))

    def sign_out(self, request, response, refresh=None):
        """Revoke the grant. It refreshes no more; the access token lives on until its `exp`."""
        if refresh is None:
            token = self.credential_of(request)
            # A token that is no good is refused: nothing would be ended. One whose grant has ended is fine.
            sign_in = token is not None and verify(token)["sid"]
            grant = sign_in and Grant.objects.select_related("user").filter(id=sign_in).first()
        else:
            grant = grants.of_token(refresh)  # what is no token has nothing to end: RFC 7009 section 2.2
        ended = grant and grants.end(Grant.objects.filter(id=grant.id), "logout")
        return grant.user.username if ended else ""

    def this_sign_in(self, request):
        return request.auth["sid"]

    def sign_ins(self, user_id):
        """Return a user's live sign-ins, the latest first, those given to third parties among them."""
        return [
            {
                "id": str(row.id),
                "label": row.label,
                "scope": row.scope,
                "created": row.created,
                "renewed": row.refreshed,
                "idle_until": grants.idle_until(row),
                "expires": row.expires,
            }
            for row in grants.live().filter(user_id=user_id).order_by("-created")[:MOST_SHOWN]
        ]

    def end_sign_ins(self, user_id, reason, only=None, keep=None):
        rows = grants.live().filter(user_id=user_id)
        rows = rows.filter(id=only) if only else rows.exclude(id=keep) if keep else rows
        return grants.end(rows, reason)

    def revoke(self, token):
        """End the sign-in of an access or refresh token; return (username, its id), or None where nothing ended."""
        grant = grants.of_token(token)
        if grant and grants.end(Grant.objects.filter(id=grant.id), "revoked"):
            return grant.user.username, str(grant.id)
        return None

    def routes(self, access):
        from accounts.urls import bearer_jwt

        return bearer_jwt(self, access)
