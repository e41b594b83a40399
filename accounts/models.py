"""What the server remembers about who you are."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class User(AbstractUser):
    """An account: a customer, or a manager who may also change products and close accounts."""

    class Role(models.TextChoices):
        CUSTOMER = "customer"
        MANAGER = "manager"

    role = models.CharField(max_length=8, choices=Role, default=Role.CUSTOMER)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_account_per_name_in_any_case"),
        ]


class Session(AbstractBaseSession):
    """One sign-in of the session scheme: a row that knows its user. The cookie carries its key and nothing else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    sign_in = models.UUIDField(null=True)  # names the row where its key, which opens it, must not be shown
    label = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(null=True)
    renewed = models.DateTimeField(null=True)

    @classmethod
    def live(cls, user_id):
        """Return the rows of a user's sessions that have not ended."""
        return cls.objects.filter(user_id=user_id, sign_in__isnull=False, expire_date__gt=timezone.now())

    @classmethod
    def get_session_store_class(cls):
        from accounts.session_stores.db import SessionStore

        return SessionStore


class Grant(models.Model):
    """One sign-in of the JWT schemes: a family of refresh tokens, of which only the latest can be exchanged.

    Tokens are not kept. `generation` is the number of the refresh token that is good now; the token's text is that
    number and the grant's id under a signature of the server.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    # The sign-in that gave this part of its rights away, and with which it ends: see `grants.live`.
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, related_name="parts", db_constraint=False)
    label = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=200)
    generation = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    refreshed = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    revoked = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)  # why it was revoked

    def __str__(self):
        return f"{self.label or 'sign-in'} of {self.created:%Y-%m-%d %H:%M}"


class OpaqueToken(models.Model):
    """One sign-in of the opaque scheme: the hash of a random token, and whose it is. The token itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opaque_tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField()
    used = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.label or 'sign-in'} of {self.created:%Y-%m-%d %H:%M}"

    @classmethod
    def live(cls):
        """Return the rows whose tokens are good: not too old, and used lately."""
        now = timezone.now()
        return cls.objects.filter(expires__gt=now, used__gt=now - settings.OPAQUE_TOKEN_IDLE)

    @classmethod
    def find_live(cls, digest):
        """Return the live row of a token with its active user, None where there is none. One query."""
        now = timezone.now()
        row = next(iter(cls.objects.raw(WITH_USER, [digest, now, now - settings.OPAQUE_TOKEN_IDLE])), None)
        if row is not None:
            row.user = User(id=row.user_id, username=row.username, role=row.role)
        return row


WITH_USER = """
    SELECT token.id, token.user_id, token.used, owner.username, owner.role
    FROM accounts_opaquetoken token JOIN accounts_user owner ON owner.id = token.user_id
    WHERE token.digest = %s AND token.expires > %s AND token.used > %s AND owner.is_active
"""
