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


def user_out(user):
    return {"id": user.id, "username": user.username, "role": user.role}
