"""The description is true: requests are derived from it, good and bad, and every answer is checked against it."""

import pytest

from shop.models import CartItem, Order
from tests.clients import client_of
from tests.project.api.cases import credential, send_all
from tests.project.api.description import paths_of
from tests.schemes import one_of_a_kind

pytestmark = [pytest.mark.fuzz, pytest.mark.usefixtures("one_transaction")]


def operations():
    """Return (scheme, operation, number of generated examples) for each kind of credential, and for what is public.

    The views are the same under each scheme: the first one gets most of the examples.
    """
    met = set()
    for scheme in [None, *one_of_a_kind()]:
        for path, methods in paths_of(scheme).items():
            for method in methods:
                route = (method, path.removeprefix(f"/api/{scheme.name}" if scheme else ""))
                yield pytest.param(scheme, f"{method.upper()} {path}", 4 if route in met else 10, id=f"{method} {path}")
                met.add(route)


OPERATIONS = list(operations())
MOUNTED = [one for one in OPERATIONS if one.values[0]]


@pytest.fixture
def number_one(new_product, new_user):
    """Let number 1 of everything exist, as in the examples of the description; return the manager who owns it."""
    mona = new_user("mona", id=77_777_777, role="manager")
    new_product(id=1)
    new_user("leaving", id=1)
    CartItem.objects.create(user=mona, product_id=1, quantity=1)
    Order.objects.create(user=mona).delete()  # on a fresh database, the next order would be number 1 too
    Order.objects.create(id=1, user=mona).lines.create(product_id=1, name="Bananas", unit_price="0.25", quantity=4)
    return mona


@pytest.mark.parametrize(("scheme", "operation", "examples"), OPERATIONS)
def test_anonymous_answers_fit(number_one, scheme, operation, examples):
    def send(case):
        case.call_and_validate()

    send_all(scheme, operation, send, **{"max-examples": examples})


@pytest.mark.parametrize(("scheme", "operation", "examples"), MOUNTED)
def test_manager_answers_fit(number_one, scheme, operation, examples):
    client = client_of(scheme)
    client.log_in(number_one)

    def send(case):
        if "logout" in operation:
            client.log_in(number_one)
        case.call_and_validate(**credential(client, case.method))

    send_all(scheme, operation, send, **{"max-examples": examples, "with-security-parameters": False})
