"""The JWT scheme: the server signs a statement about you, you keep it, and send it yourself.

Source: RFC 6750 sections 2.1 and 3 (bearer tokens), RFC 9068 section 4 (access tokens), RFC 9700 section 4.14.2
(refresh tokens).
"""

from dataclasses import dataclass

from django.contrib.auth.signals import user_logged_in
from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication

from accounts import grants
from accounts.models import Grant
from accounts.tokens import verify
from project.api.strict_json import StrictCharField, StrictSerializer

NAME = "jwt"
MOST_SHOWN = 100  # sign-ins in a list


class Authentication(JWTStatelessUserAuthentication):
    """Known is who sends a valid access token. Costs no look-up: what the token says is taken as so."""

    credential_header = "Authorization"

    def authenticate_header(self, request):
        return 'Bearer realm="api"'

    def get_raw_token(self, header):
        """Return the token, or None where the header speaks of another scheme.

        The scheme's case does not matter (RFC 9110 section 11.1).
        """
        scheme, _, token = header.decode("latin-1").partition(" ")
        return token.strip(" ") if scheme.lower() == "bearer" else None

    def get_validated_token(self, raw_token):
        return verify(raw_token)

    def get_user(self, validated_token):
        claims = validated_token
        return TokenUser(int(claims["sub"]), claims["name"], claims["role"])


@dataclass(frozen=True)
class TokenUser:
    """The user as the token describes them, perhaps no longer as they are."""

    id: int
    username: str
    role: str
    is_active = is_authenticated = True


def before_sign_in(request):
    """Refuse nothing: another site's page can send a login, but it cannot read the token in the answer."""


def sign_in(request, user):
    """Open a grant and return what its client must keep: an access token and a refresh token."""
    user_logged_in.send(type(user), request=request, user=user)  # as Django's login() does
    return grants.tokens(grants.open_grant(user, label=request.headers.get("User-Agent", "")))


class SignOut(StrictSerializer):
    """The refresh token says which grant; without it the bearer's own one is meant."""

    refresh = StrictCharField(required=False)


def sign_out(request, refresh=None):
    """Revoke the grant; return the user's name. It refreshes no more; the access token lives on until its `exp`."""
    if refresh is None:
        bearer = Authentication().authenticate(request)  # also one whose grant has ended: logging out twice is fine
        grant = bearer and Grant.objects.select_related("user").filter(id=bearer[1]["sid"]).first()
    else:
        grant = grants.of_token(refresh)  # what is no token has nothing to end: RFC 7009 section 2.2
    ended = grant and grants.end(Grant.objects.filter(id=grant.id), "logout")
    return grant.user.username if ended else ""


def this_sign_in(request):
    """Return the id of the sign-in that a request comes with."""
    return request.auth["sid"]


def sign_ins(user_id):
    """Return a user's live sign-ins, latest first, those given to third parties among them."""
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


def end_sign_ins(user_id, reason, only=None, keep=None):
    """End a user's sign-ins, all or `only` one or all but the one to `keep`; return how many. They refresh no more."""
    rows = grants.live().filter(user_id=user_id)
    rows = rows.filter(id=only) if only else rows.exclude(id=keep) if keep else rows
    return grants.end(rows, reason)
