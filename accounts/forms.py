"""The forms of the HTML pages about accounts."""

from django import forms
from django.contrib.auth.forms import UserCreationForm

from accounts.models import User
from accounts.tokens import DELEGABLE


class SignUpForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User
        fields = ["username"]


class EndForm(forms.Form):
    """Which sign-in to end."""

    scheme = forms.ChoiceField(choices=[("session", "session"), ("jwt", "jwt")])
    sign_in = forms.UUIDField()


class DelegateForm(forms.Form):
    """What a third party asks for: `?label=…&scope=cart:read orders:read&expires_in=3600`."""

    label = forms.CharField(max_length=200)
    scope = forms.CharField(max_length=100)
    expires_in = forms.IntegerField(min_value=1, max_value=10**9)  # seconds; capped

    def clean_scope(self):
        rights = self.cleaned_data["scope"].split(" ")
        if not set(rights) <= set(DELEGABLE):
            raise forms.ValidationError(f"Choose from: {' '.join(DELEGABLE)}.")
        return " ".join(right for right in DELEGABLE if right in rights)
