"""A scheme that this file alone knows: one class and one entry in the list, and the cart is served under it too."""

from importlib import reload

import pytest
from django.urls import clear_url_caches
from rest_framework.exceptions import AuthenticationFailed

from accounts.bearer import bearer_token
from accounts.models import User
from accounts.outputs import SessionLoginOut
from accounts.schemes import Scheme, scheme_named
from accounts.scopes import FULL_SCOPE
from project import urls
from tests.shop.test_cart import *  # noqa: F403 - the tests of the cart, once more


class UserById(Scheme):
    """The user's id in the Authorization header: anyone who can count gets in. Never use this."""

    name = "user-by-id"
    title = "User's id"
    about = "The client sends the user's id. The server trusts it."
    credential = "user's id"
    LoginOut = SessionLoginOut

    def authenticate_header(self, request):
        return 'Bearer realm="api"'

    def credential_of(self, request):
        return bearer_token(request)

    def authenticate(self, request):
        credential = self.credential_of(request)
        if credential is None:
            return None
        user = User.objects.filter(id=credential.removeprefix("user-")).first()
        if user is None:
            raise AuthenticationFailed
        return user, credential

    def scope(self, auth):
        return FULL_SCOPE

    def sign_in(self, request, response, user):
        response.data["access"] = f"user-{user.id}"


@pytest.fixture
def scheme(settings):
    """The scheme, mounted as all others are."""
    settings.SCHEMES = [*settings.SCHEMES, f"{__name__}.UserById"]
    mount_again()
    yield scheme_named("user-by-id")
    settings.SCHEMES = settings.SCHEMES[:-1]
    mount_again()


def mount_again():
    reload(urls)
    clear_url_caches()


def test_it_is_a_scheme_like_others(shopper, product):
    assert shopper.get("me/").json()["scheme"] == "user-by-id"
    assert shopper.get("sign-ins/").status_code == 409
    assert shopper.get("cart/", Authorization="Bearer user-0").status_code == 401
