"""How long a password may be: the same where one is made and where one is typed in."""

from django.core.exceptions import ValidationError

LONGEST_PASSWORD = 4096  # characters


class MaximumLengthValidator:
    """Refuses a new password that no login would take."""

    def validate(self, password, user=None):
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(f"This password is too long: {self.get_help_text()}", code="password_too_long")

    def get_help_text(self):
        return f"At most {LONGEST_PASSWORD} characters."
