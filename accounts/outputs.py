"""What the accounts' API answers: each shape once for the documentation, once as the code that fills it."""

from rest_framework import serializers


class UserOut(serializers.Serializer):
    id = serializers.IntegerField()
    username = serializers.CharField()
    role = serializers.ChoiceField(["customer", "manager"])


class MeOut(UserOut):
    scheme = serializers.ChoiceField(["session", "jwt", "jwt-checked"])


class TokensOut(serializers.Serializer):
    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.ChoiceField(["Bearer"])
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SessionLoginOut(serializers.Serializer):
    user = UserOut()


class TokenLoginOut(TokensOut):
    user = UserOut()


LOGIN_OUT = {"session": SessionLoginOut, "jwt": TokenLoginOut, "jwt-checked": TokenLoginOut}


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
