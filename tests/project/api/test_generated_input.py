"""Input that hypothesis invents: never more than a refusal."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.models import CartItem

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.fuzz
@many
@given(body=json_values | st.fixed_dictionaries({"product": json_values, "quantity": json_values}))
def test_no_json_value_is_more_than_a_bad_request(shopper, body):
    response = shopper.post("cart/items/", json.dumps(body))
    assert response.status_code in (400, 404)
    assert not CartItem.objects.exists()


@pytest.mark.fuzz
@many
@given(body=st.binary(max_size=200))
def test_no_bytes_are_more_than_a_bad_request(shopper, body):
    assert shopper.post("cart/items/", body).status_code == 400


@pytest.mark.fuzz
@many
@given(quantities=st.lists(st.integers(1, 99), max_size=6))
def test_a_line_holds_what_was_acknowledged(shopper, product, quantities):
    shopper.delete("cart/")
    acknowledged = sum(q for q in quantities if shopper.add(product, q).status_code == 201)
    assert shopper.cart()["count"] == acknowledged <= 99
