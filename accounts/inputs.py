"""What the accounts' API takes."""

from drf_spectacular.utils import extend_schema_field

from accounts.tokens import DELEGABLE
from project.strict_json import StrictCharField, StrictIntegerField, StrictSerializer


class Login(StrictSerializer):
    username = StrictCharField(max_length=150)
    password = StrictCharField(max_length=128)


class Refresh(StrictSerializer):
    refresh = StrictCharField()


class Token(StrictSerializer):
    token = StrictCharField()


@extend_schema_field({"type": "string", "pattern": "^({0})( ({0}))*$".format("|".join(DELEGABLE))})
class Scope(StrictCharField):
    """Rights that can be given away, separated by blanks (RFC 6749 section 3.3)."""

    default_error_messages = {"scope": f"Choose from: {' '.join(DELEGABLE)}."}

    def to_internal_value(self, data):
        rights = super().to_internal_value(data).split(" ")
        if not set(rights) <= set(DELEGABLE):
            self.fail("scope")
        return " ".join(right for right in DELEGABLE if right in rights)


class Delegate(StrictSerializer):
    scope = Scope()
    expires_in = StrictIntegerField(default=3600, min_value=1, max_value=10**9, help_text="Seconds; capped.")
    label = StrictCharField(default="", max_length=200, allow_blank=True, help_text="Whom it is for.")
