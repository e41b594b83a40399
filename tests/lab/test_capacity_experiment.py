"""The experiment `capacity`: what it says of statement 60 follows from what was measured of one request."""

import pytest

from project.lab import costs_in_words
from project.lab.benchmark import measured
from project.lab.experiments import capacity, run
from tests.lab.test_capacity import MADE_UP, request, variant


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(measured, "read", lambda: MADE_UP)


def test_statement_60_depends_on_how_many_machines_there_are(shop_url, made_up):
    (found,) = run("capacity", shop_url)["findings"]
    assert found["as_expected"]
    cases = {case["condition"]: case["as_said"] for case in found["cases"]}
    assert cases["10,000 people, one machine"] is False
    assert cases["10,000,000 people, one machine"] is True
    assert cases["a look-up among 1,000 more rows"] is False


def test_a_session_that_costs_far_more_than_a_token_stops_scaling(shop_url, monkeypatch):
    dear = variant(800, read_cart=request(70_000, 186, statements=3), login=request(20_000, 300, 700, 12))
    monkeypatch.setattr(measured, "read", lambda: MADE_UP | {"variants": MADE_UP["variants"] | {"session": dear}})
    (found,) = run("capacity", shop_url)["findings"]
    assert any(case["as_said"] for case in found["cases"] if "as many machines as tokens" in case["condition"])


def test_its_scales_reach_ten_million_people():
    assert capacity.SCALES[-1] == costs_in_words.MANY
