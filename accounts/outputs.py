"""What the accounts' API answers: each shape once for the documentation, once as the code that fills it."""

from rest_framework import serializers


class UserOut(serializers.Serializer):
    id = serializers.IntegerField()
    username = serializers.CharField()
    role = serializers.ChoiceField(["customer", "manager"])


class MeOut(UserOut):
    scheme = serializers.CharField()


class TokensOut(serializers.Serializer):
    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SignInOut(serializers.Serializer):
    id = serializers.UUIDField()
    label = serializers.CharField()
    scope = serializers.CharField()
    created = serializers.DateTimeField()
    renewed = serializers.DateTimeField()
    idle_until = serializers.DateTimeField(help_text="It ends then unless it is used before.")
    expires = serializers.DateTimeField(help_text="It ends then however much it is used.")
    current = serializers.BooleanField()


class DelegatedOut(serializers.Serializer):
    access = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField()
    sign_in = serializers.UUIDField(help_text="Its id under sign-ins/.")


def user_out(user):
    return {"id": user.id, "username": user.username, "role": user.role}
