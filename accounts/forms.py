"""The forms of the HTML pages about accounts."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm, UserCreationForm

from accounts.models import User
from accounts.schemes import schemes
from accounts.scopes import delegable


class SignUpForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username"]


class PasswordForm(PasswordChangeForm):
    """Asks for the old password by the same check as a login, so that guesses at it are counted too."""

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.username, password=old) is None:
            raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return old


class EndForm(forms.Form):
    """Which sign-in to end."""

    scheme = forms.ChoiceField(choices=lambda: [(scheme.name, scheme.title) for scheme in schemes()])
    sign_in = forms.UUIDField()


class DelegateForm(forms.Form):
    """What a third party asks for: `?label=…&scope=cart:read orders:read&expires_in=3600`."""

    label = forms.CharField(max_length=200)
    scope = forms.CharField(max_length=100)
    expires_in = forms.IntegerField(min_value=1, max_value=10**9)  # seconds; capped

    def clean_scope(self):
        try:
            return delegable(self.cleaned_data["scope"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
