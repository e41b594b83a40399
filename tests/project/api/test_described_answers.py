"""The description is true of what made up requests cannot reach: it takes the right password, token or moment."""

from operator import attrgetter

import pytest

from accounts.models import User
from tests.clients import PASSWORD, client_of
from tests.project.api.cases import credential, describe
from tests.schemes import delegating_schemes, listing_schemes, own_schemes

pytestmark = pytest.mark.usefixtures("one_transaction")


@pytest.fixture(params=own_schemes(), ids=attrgetter("name"))
def scheme(request):
    return request.param


@pytest.fixture
def ask(scheme, new_product, new_user):
    """Return a function that sends one request as a customer and checks the answer; `.client` is what it sends as."""
    new_product(id=1, stock=99)
    new_user("ada")
    description = describe(scheme)

    def ask(status, method, route, body=None, headers=None, **path):
        operation = description[f"/api/{scheme.name}/{route}"][method]
        given = {"body": body, "media_type": "application/json"} if body is not None else {}
        carried = credential(ask.client, method)
        response = operation.Case(path_parameters=path, **given).call_and_validate(
            headers=carried["headers"] | (headers or {}), cookies=carried["cookies"]
        )
        assert response.status_code == status
        return response.json() if response.content else None

    ask.client = client_of(scheme)
    return ask


def test_visit_fits(ask):
    ask(200, "POST", "login/", {"username": "ada", "password": PASSWORD})
    ask.client.log_in(User.objects.get(username="ada"))
    ask(201, "POST", "cart/items/", {"product": 1, "quantity": 2})
    ask(409, "POST", "cart/items/", {"product": 1, "quantity": 99})
    ask(201, "POST", "orders/", {}, {"Idempotency-Key": "k"})
    ask(422, "POST", "orders/", {"another": "body"}, {"Idempotency-Key": "k"})
    ask(403, "PATCH", "products/{product}/", {"price": "0.01"}, product=1)
    ask(204, "POST", "logout/", {})


@pytest.mark.parametrize("scheme", listing_schemes(), ids=attrgetter("name"))
def test_sign_ins_fit(ask):
    ask(200, "POST", "login/", {"username": "ada", "password": PASSWORD})
    ask.client.log_in(User.objects.get(username="ada"))
    other = next(row["id"] for row in ask(200, "GET", "sign-ins/") if not row["current"])
    ask(204, "DELETE", "sign-ins/{sign_in}/", sign_in=other)


def test_refusals_fit(ask, settings):
    wrong = {"username": "ada", "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        ask(401, "POST", "login/", wrong)
    ask(429, "POST", "login/", wrong)
    ask(413, "POST", "login/", {"username": "ada", "password": "x" * 70_000})


@pytest.mark.parametrize("scheme", delegating_schemes(), ids=attrgetter("name"))
def test_token_routes_fit(ask):
    tokens = ask(200, "POST", "login/", {"username": "ada", "password": PASSWORD})
    ask.client.remember(tokens)
    ask(200, "POST", "verify/", {"token": tokens["access"]})
    part = ask(200, "POST", "delegate/", {"scope": "cart:read"})
    ask(200, "GET", "cart/", headers={"Authorization": f"Bearer {part['access']}"})
    ask(403, "GET", "me/", headers={"Authorization": f"Bearer {part['access']}"})
    newer = ask(200, "POST", "refresh/", {"refresh": tokens["refresh"]})
    ask(200, "POST", "refresh/", {"refresh": newer["refresh"]})
    ask(401, "POST", "refresh/", {"refresh": tokens["refresh"]})  # reuse
    ask(200, "POST", "revoke/", {"token": newer["refresh"]})
    ask(204, "POST", "logout/", {"refresh": newer["refresh"]})
