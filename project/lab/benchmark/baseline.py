"""The baselines: what a request costs without authentication."""

from dataclasses import dataclass
from functools import cache

from django.http import JsonResponse

from accounts.schemes import Scheme
from project.lab.benchmark.variants import BASELINE
from shop.cart import read_cart
from shop.outputs import cart_out


@dataclass(frozen=True)
class Somebody:
    """The user that the request names; nothing is checked."""

    id: int
    username = "somebody"
    role = "customer"


class NoAuthentication(Scheme):
    """Trust the header `X-User`: the views need the id of a user, and this is the cheapest way to get one."""

    name = BASELINE
    credential_header = "X-User"

    def authenticate(self, request):
        return Somebody(int(request.META["HTTP_X_USER"])), None


def bare_cart(request):
    """Answer a constant: what is left is the server, Django and the middleware."""
    return JsonResponse(constant_cart(int(request.META["HTTP_X_USER"])))


@cache
def constant_cart(user_id):
    return cart_out(read_cart(Somebody(user_id)))
