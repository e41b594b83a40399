"""Grants: a sign-in of the JWT scheme, from which access tokens are bought with refresh tokens."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import Grant
from accounts.tokens import InvalidToken, mint

FULL_SCOPE = "account cart:read cart:write orders:read orders:write"
signer = Signer(salt="accounts.refresh", sep=".")


class TokenReused(InvalidToken):
    """A refresh token came a second time: it has been copied, so the whole grant has ended."""

    default_detail = "This refresh token was used before. The sign-in has ended."
    default_code = "token_reused"


def open_grant(user, label=""):
    """Start a sign-in and return its row."""
    now = timezone.now()
    return Grant.objects.create(
        user=user,
        label=label[:200],
        scope=FULL_SCOPE,
        created=now,
        refreshed=now,
        expires=now + settings.GRANT_LIFETIME,
    )


def tokens(grant, generation=0):
    """Return what the client gets: an access token, and the refresh token that buys the next.

    All of it follows from the grant and the generation, so the same purchase has the same answer, byte for byte.
    """
    expires = min(grant.refreshed + settings.ACCESS_TOKEN_LIFETIME, grant.expires)
    claims = {
        "sub": str(grant.user.id),
        "iat": int(grant.refreshed.timestamp()),
        "exp": int(expires.timestamp()),
        "jti": f"{grant.id}.{generation}",
        "sid": str(grant.id),
        "name": grant.user.username,
        "role": grant.user.role,
        "scope": grant.scope,
    }
    return {
        "access": mint(claims),
        "refresh": signer.sign(f"{grant.id}.{generation}"),
        "token_type": "Bearer",
        "expires_in": claims["exp"] - claims["iat"],
    }


def refresh(token):
    """Buy new tokens with a refresh token. It is good for one purchase.

    The same token again within REFRESH_GRACE gets the same answer: the first one was lost, or two tabs asked at once.
    Later it is reuse. Raises InvalidToken, or TokenReused.
    """
    grant_id, generation = read_refresh_token(token)
    now = timezone.now()
    # This one conditional UPDATE decides who buys, however many try at once.
    grants = live(now).filter(id=grant_id)
    bought = grants.filter(generation=generation).update(generation=generation + 1, refreshed=now)
    grant = grants.select_related("user").first()
    if grant is None or not grant.user.is_active or grant.generation <= generation:
        raise InvalidToken("the sign-in has ended")
    again = grant.generation == generation + 1 and now - grant.refreshed <= settings.REFRESH_GRACE
    if not (bought or again):
        # Two hold this token, its owner and a thief, and nobody can tell who is asking (RFC 9700 section 4.14.2).
        end(grants, "reuse")
        raise TokenReused("a refresh token came again")
    return tokens(grant, generation + 1)


def read_refresh_token(token):
    """Return the grant's id and the generation a refresh token stands for; raises InvalidToken."""
    try:
        grant_id, generation = signer.unsign(token).split(".")
        return uuid.UUID(grant_id), int(generation)
    except (BadSignature, ValueError) as error:
        raise InvalidToken("not a refresh token of this shop") from error


def live(now):
    """Return the grants that refresh tokens can still be used with."""
    idle = now - settings.REFRESH_TOKEN_LIFETIME
    return Grant.objects.filter(revoked=None, expires__gt=now, refreshed__gt=idle)


def end(grants, reason):
    """End those of the grants that have not ended yet. Access tokens already out live on until their `exp`."""
    return grants.filter(revoked=None).update(revoked=timezone.now(), reason=reason)
