"""What the accounts' API takes."""

from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError

from accounts.passwords import LONGEST_PASSWORD
from accounts.scopes import DELEGABLE, delegable
from project.api.strict_json import StrictCharField, StrictIntegerField, StrictSerializer


class Login(StrictSerializer):
    username = StrictCharField(max_length=150)
    password = StrictCharField(max_length=LONGEST_PASSWORD)


class NothingToSay(StrictSerializer):
    """An empty body: the credential says all."""


class SignOut(StrictSerializer):
    """The refresh token says which sign-in; without it the credential's own one is meant."""

    refresh = StrictCharField(required=False)


class Refresh(StrictSerializer):
    refresh = StrictCharField()


class Token(StrictSerializer):
    token = StrictCharField()


class Revoke(Token):
    token_type_hint = StrictCharField(required=False, help_text="Allowed by RFC 7009 section 2.1; not needed.")


@extend_schema_field({"type": "string", "pattern": "^({0})( ({0}))*$".format("|".join(DELEGABLE))})
class Scope(StrictCharField):
    """Rights that can be given away, separated by blanks (RFC 6749 section 3.3)."""

    def to_internal_value(self, data):
        try:
            return delegable(super().to_internal_value(data))
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Delegate(StrictSerializer):
    scope = Scope()
    expires_in = StrictIntegerField(default=3600, min_value=1, max_value=10**9, help_text="Seconds; capped.")
    label = StrictCharField(default="", max_length=200, allow_blank=True, help_text="Whom it is for.")
