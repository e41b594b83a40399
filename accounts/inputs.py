"""What the accounts' API takes."""

from project.strict_json import StrictCharField, StrictSerializer


class Login(StrictSerializer):
    username = StrictCharField(max_length=150)
    password = StrictCharField(max_length=128)


class Refresh(StrictSerializer):
    refresh = StrictCharField()


class Verify(StrictSerializer):
    token = StrictCharField()
