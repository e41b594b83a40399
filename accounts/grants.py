"""Grants: the sign-ins of the JWT schemes. A refresh token of a grant is exchanged for the next access token.

Source: RFC 6749 section 6 (refreshing), RFC 9700 section 4.14.2 (rotation and reuse).
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.utils import timezone

from accounts.credentials import still_the_same
from accounts.models import Grant, User
from accounts.scopes import FULL_SCOPE
from accounts.tokens import InvalidToken, mint, verify
from project.api.events import signature_verified

signer = Signer(salt="accounts.refresh", sep=".")


class TokenReused(InvalidToken):
    """A refresh token came a second time: somebody has a copy, so the whole grant has ended."""

    default_detail = "This refresh token was used before. The sign-in has ended."
    default_code = "token_reused"

    def __init__(self, grant):
        super().__init__("refresh token", "a refresh token came again")
        self.grant = grant


def open_grant(user, label, scope=FULL_SCOPE, lifetime=None, parent=None):
    """Start a sign-in and return its row. Raises InvalidCredentials, see `still_the_same`."""
    now = timezone.now()
    expires = now + (lifetime or settings.GRANT_LIFETIME)
    grant = Grant(user=user, parent=parent, label=label[:200], scope=scope, created=now, refreshed=now, expires=expires)
    with still_the_same(user):
        grant.save(force_insert=True)
    return grant


def delegate(user, scope, expires_in, label, parent=None):
    """Start a sign-in for a third party, with a part of the user's rights, and return what the third party gets.

    Args:
        scope: rights out of `scopes.DELEGABLE`, separated by blanks.
        expires_in: seconds; capped at DELEGATED_TOKEN_LIFETIME and at the parent's end.
        parent: the live grant that gives the rights away, None where a session does.
    """
    lifetime = min(timedelta(seconds=expires_in), settings.DELEGATED_TOKEN_LIFETIME)
    if parent:
        lifetime = min(lifetime, idle_until(parent) - timezone.now())
    grant = open_grant(user, label, scope, lifetime, parent)
    return {
        "access": access_token(grant, 0, grant.expires),
        "token_type": "Bearer",
        "expires_in": int(lifetime.total_seconds()),
        "scope": scope,
        "sign_in": str(grant.id),
    }


def access_token(grant, generation, expires):
    """Return the access token of one exchange. It follows from its arguments, byte for byte."""
    return mint(
        {
            "sub": str(grant.user.id),
            "iat": int(grant.refreshed.timestamp()),
            "exp": int(min(expires, grant.expires).timestamp()),
            "jti": f"{grant.id}.{generation}",
            "sid": str(grant.id),
            "name": grant.user.username,
            "role": grant.user.role,
            "scope": grant.scope,
        }
    )


def tokens(grant, generation=0):
    """Return what the client gets: an access token, and the refresh token for the next one."""
    lifetime = settings.ACCESS_TOKEN_LIFETIME
    return {
        "access": access_token(grant, generation, grant.refreshed + lifetime),
        "refresh": signer.sign(f"{grant.id}.{generation}"),
        "token_type": "Bearer",
        "expires_in": int(min(lifetime, grant.expires - grant.refreshed).total_seconds()),
    }


def refresh(token):
    """Exchange a refresh token for new tokens, which can be done once; return (grant, tokens).

    The same token again within REFRESH_GRACE gets the same answer: the first one was lost, or two tabs asked at once.
    Later it is reuse. Raises InvalidToken, or TokenReused.
    """
    grant_id, generation = read_refresh_token(token)
    now = timezone.now()
    grant = refreshable(grant_id, now)
    if grant.generation == generation:
        # This one conditional UPDATE makes exactly one of several concurrent requests win.
        row = Grant.objects.filter(id=grant_id, generation=generation, revoked=None)
        if row.update(generation=generation + 1, refreshed=now):
            grant.refreshed = now
            return grant, tokens(grant, generation + 1)
        grant = refreshable(grant_id, now)
    if grant.generation == generation + 1 and now - grant.refreshed <= settings.REFRESH_GRACE:
        return grant, tokens(grant, generation + 1)
    # Two hold this token, its owner and a thief, and nobody can tell who is asking.
    end(Grant.objects.filter(id=grant_id), "reuse")
    raise TokenReused(grant)


def refreshable(grant_id, now):
    """Return the grant with its user; raises InvalidToken when it has ended."""
    idle = now - settings.REFRESH_TOKEN_LIFETIME
    rows = Grant.objects.filter(id=grant_id, scope=FULL_SCOPE, revoked=None, expires__gt=now, refreshed__gt=idle)
    grant = rows.filter(user__is_active=True).select_related("user").first()
    if grant is None:
        raise InvalidToken("sign-in", "the sign-in has ended")
    return grant


def read_refresh_token(token):
    """Return the grant's id and the generation a refresh token stands for; raises InvalidToken."""
    try:
        signature_verified.send(read_refresh_token)
        grant_id, generation = signer.unsign(token).split(".")
        return uuid.UUID(grant_id), int(generation)
    except (BadSignature, ValueError) as error:
        raise InvalidToken("refresh token", "not a refresh token of this shop") from error


def of_token(token):
    """Return the grant, with its user, of a refresh or an access token, or None for what is neither."""
    try:
        grant_id, _ = read_refresh_token(token)
    except InvalidToken:
        try:
            grant_id = verify(token)["sid"]
        except InvalidToken:
            return None
    return Grant.objects.select_related("user").filter(id=grant_id).first()


def idle_until(grant):
    """Return when the grant ends unless it is refreshed before; one that cannot be refreshed just expires."""
    if grant.scope != FULL_SCOPE:
        return grant.expires
    return min(grant.refreshed + settings.REFRESH_TOKEN_LIFETIME, grant.expires)


def live():
    """Return the grants that have not ended: too old, idle, or revoked, they or their parent."""
    now = timezone.now()
    in_use = Q(refreshed__gt=now - settings.REFRESH_TOKEN_LIFETIME) | ~Q(scope=FULL_SCOPE)
    return Grant.objects.filter(in_use, revoked=None, expires__gt=now, parent__revoked=None)


def find_live(grant_id):
    """Return a live grant with its active user, or None."""
    return live().filter(id=grant_id, user__is_active=True).select_related("user").first()


# The rule of `live`, for one grant: a query that need not be compiled for each request.
FIND_USER_OF_LIVE = """
    SELECT owner.id, owner.username, owner.password, owner.role, owner.is_active
    FROM accounts_grant AS own JOIN accounts_user AS owner ON owner.id = own.user_id
    LEFT JOIN accounts_grant AS parent ON parent.id = own.parent_id
    WHERE own.id = %s AND own.revoked IS NULL AND parent.revoked IS NULL AND own.expires > %s
        AND (own.refreshed > %s OR own.scope <> %s) AND owner.is_active
"""


def user_of_live(grant_id):
    """Return the active user of a live grant, as they are now, or None. One query."""
    now, grant_id = timezone.now(), uuid.UUID(str(grant_id)).hex
    values = [grant_id, now, now - settings.REFRESH_TOKEN_LIFETIME, FULL_SCOPE]
    return next(iter(User.objects.raw(FIND_USER_OF_LIVE, values)), None)


def end(grants, reason):
    """End those of the grants that have not ended, and with them what they gave away (see `live`); return how many.

    Access tokens already out live on until their `exp` wherever nobody looks here.
    """
    return grants.filter(revoked=None).update(revoked=timezone.now(), reason=reason)
