"""The opaque scheme: you keep a random token and send it yourself; the server keeps its hash, and looks it up.

A bearer token need not say anything. This is the session's idea with the token's carrier: it ends at once, and costs a
lookup. Source: RFC 6750 section 2.1 (bearer tokens); RFC 6749 section 1.4 (a token may be an identifier, and opaque to
the client) and section 10.10 (it cannot be guessed).
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from accounts import bearer, outputs
from accounts.bearer import bearer_token
from accounts.credentials import still_the_same
from accounts.models import OpaqueToken
from accounts.schemes import MOST_SHOWN, Scheme
from accounts.scopes import FULL_SCOPE
from accounts.tokens import InvalidToken
from project.api.events import credential_read, user_found

BYTES = 32  # of a token: 256 random bits, which nobody can guess (RFC 6749 section 10.10)


class Opaque(Scheme):
    """A random token in the Authorization header. One query: its row and its user."""

    name = "opaque"
    title = "Opaque token"
    about = "The client sends a random token. The server looks up its hash, and with it the user."
    credential = "opaque token"
    ends_at_once = True
    says = "A random token says nothing: the server looks up its hash."
    lists_sign_ins = True
    accepted = "the token's row is there, and its user is active"
    kept = "The server keeps a row with the token's hash; the client keeps the token where it likes."
    ended = "The row is deleted, and the token is refused at the next request."
    LoginOut = outputs.OpaqueLoginOut

    def authenticate_header(self, request):
        return bearer.CHALLENGE

    def credential_of(self, request):
        return bearer_token(request)

    def authenticate(self, request):
        token = self.credential_of(request)  # 1. the credential: the client put it there itself
        if token is None:
            return None
        credential_read.send(self)
        row = OpaqueToken.find_live(digest(token))  # 2. whose is it? One query for the row and its user
        if row is None:
            raise InvalidToken("token", "the shop knows no such token, or it has ended")
        note_use(row)
        user_found.send(self, user=row.user, auth=row)
        return row.user, row  # 3. the user, as they are now

    def scope(self, auth):
        """An opaque token has no scope of its own: it can do all that its user can."""
        return FULL_SCOPE

    def sign_in(self, request, response, user):
        """Make a token and keep its hash. The answer is the only place where the token is ever shown."""
        user_logged_in.send(type(user), request=request._request, user=user)  # as Django's login() does
        token, now = secrets.token_urlsafe(BYTES), timezone.now()
        with still_the_same(user):
            OpaqueToken.objects.create(
                user=user,
                digest=digest(token),
                label=request.headers.get("User-Agent", "")[:200],
                created=now,
                used=now,
                expires=now + settings.OPAQUE_TOKEN_LIFETIME,
            )
        seconds = int(settings.OPAQUE_TOKEN_IDLE.total_seconds())
        response.data = {"access": token, "token_type": "Bearer", "expires_in": seconds, **response.data}

    def sign_out(self, request, response):
        """Delete the token's row. The token is refused from now on, a thief's copy too."""
        token = self.credential_of(request)
        ended = self.revoke(token) if token is not None else None
        return ended[0] if ended else ""

    def this_sign_in(self, request):
        return str(request.auth.id)

    def sign_ins(self, user_id):
        return [
            {
                "id": str(row.id),
                "label": row.label,
                "scope": FULL_SCOPE,
                "created": row.created,
                "renewed": row.used,
                "idle_until": min(row.used + settings.OPAQUE_TOKEN_IDLE, row.expires),
                "expires": row.expires,
            }
            for row in OpaqueToken.live().filter(user_id=user_id).order_by("-created")[:MOST_SHOWN]
        ]

    def end_sign_ins(self, user_id, reason, only=None, keep=None):
        rows = OpaqueToken.live().filter(user_id=user_id)
        rows = rows.filter(id=only) if only else rows.exclude(id=keep) if keep else rows
        return rows.delete()[0]

    def revoke(self, token):
        """End the sign-in of a token; return (username, its id), or None where nothing ended."""
        row = OpaqueToken.live().filter(digest=digest(token)).select_related("user").first()
        if row and OpaqueToken.objects.filter(id=row.id).delete()[0]:
            return row.user.username, str(row.id)
        return None

    def routes(self, access):
        from accounts.urls import revoke

        return revoke(self, access)


def digest(token):
    """Return what is kept of a token. A fast hash will do: nobody can guess 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def note_use(row):
    """Note that a token was used, at most once an hour: noting each use would cost a write each."""
    now = timezone.now()
    if now - row.used > timedelta(hours=1):
        OpaqueToken.objects.filter(id=row.id, used=row.used).update(used=now)
