"""What the accounts' API answers: each shape once for the documentation, once as the code that fills it."""

from rest_framework import serializers


class UserOut(serializers.Serializer):
    id = serializers.IntegerField()
    username = serializers.CharField()
    role = serializers.ChoiceField(["customer", "manager"])


class MeOut(UserOut):
    scheme = serializers.CharField(help_text="The mount: /api/<scheme>/.")


class TokensOut(serializers.Serializer):
    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SessionLoginOut(serializers.Serializer):
    user = UserOut()


class TokenLoginOut(TokensOut):
    user = UserOut()


class ExpiryOut(serializers.Serializer):
    """The tokens are in cookies."""

    expires_in = serializers.IntegerField(help_text="Seconds until the access token must be refreshed.")


class CookieLoginOut(ExpiryOut):
    user = UserOut()


class OpaqueLoginOut(serializers.Serializer):
    access = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds until it ends, unless it is used before.")
    user = UserOut()


def logins():
    """Return what a login can answer, each shape once."""
    from accounts.schemes import schemes  # the schemes name these classes

    return list(dict.fromkeys(scheme.LoginOut for scheme in schemes() if scheme.described))


class ClaimsOut(serializers.Serializer):
    iss = serializers.CharField()
    aud = serializers.CharField()
    sub = serializers.CharField(help_text="The user's id.")
    iat = serializers.IntegerField(help_text="Seconds since 1970.")
    exp = serializers.IntegerField(help_text="Seconds since 1970.")
    jti = serializers.CharField()
    sid = serializers.UUIDField(help_text="The sign-in.")
    name = serializers.CharField()
    role = serializers.ChoiceField(["customer", "manager"])
    scope = serializers.CharField()


class KeysOut(serializers.Serializer):
    keys = serializers.ListField(child=serializers.DictField())


class NothingOut(serializers.Serializer):
    """An empty object."""


class SignInOut(serializers.Serializer):
    id = serializers.UUIDField()
    label = serializers.CharField(allow_blank=True)
    scope = serializers.CharField()
    created = serializers.DateTimeField()
    renewed = serializers.DateTimeField()
    idle_until = serializers.DateTimeField(help_text="It ends then unless it is used before.")
    expires = serializers.DateTimeField(help_text="It ends then however much it is used.")
    current = serializers.BooleanField()


class DelegatedOut(serializers.Serializer):
    access = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField()
    sign_in = serializers.UUIDField(help_text="Its id under sign-ins/.")


def user_out(user):
    return {"id": user.id, "username": user.username, "role": user.role}
