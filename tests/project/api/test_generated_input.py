"""Input that nobody would think of: whatever is sent, the shop answers with a named error and changes nothing."""

import json
import os
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.models import CartItem
from tests.schemes import one_of_a_kind

pytestmark = pytest.mark.fuzz


@pytest.fixture(params=one_of_a_kind(), ids=attrgetter("name"))
def scheme(request):
    return request.param


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
many = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "20")),
    derandomize=True,  # the same examples on every run, so that none fails by bad luck
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@many
@given(body=json_values | st.fixed_dictionaries({"product": json_values, "quantity": json_values}))
def test_any_json_is_a_bad_request(shopper, body):
    response = shopper.post("cart/items/", json.dumps(body))
    assert response.status_code in (400, 404)
    assert not CartItem.objects.exists()


@many
@given(body=st.binary(max_size=200))
def test_any_bytes_are_a_bad_request(shopper, body):
    assert shopper.post("cart/items/", body).status_code == 400


@many
@given(quantities=st.lists(st.integers(1, 99), max_size=6))
def test_acknowledged_adds_count(shopper, product, quantities):
    shopper.delete("cart/")
    acknowledged = sum(q for q in quantities if shopper.add(product, q).status_code == 201)
    assert shopper.cart()["count"] == acknowledged <= 99
