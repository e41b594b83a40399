"""The experiment `capacity`: what it says of statement 60 follows from what was measured of one request."""

import pytest

from project.lab.capacity import measured, text
from project.lab.experiments.f_scale import capacity
from project.lab.experiments.run import run_experiment
from tests.lab.capacity.test_capacity import MADE_UP, request, variant


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(measured, "read", lambda: MADE_UP)


@pytest.fixture
def cases(shop_url, monkeypatch):
    """Return a function that runs the experiment with sessions of such a CPU time; it returns {condition: as said}."""

    def cases(session):
        login = request(20_000, 300, 700, 12)
        dear = variant(800, "session", 100, read_cart=request(session, 186, statements=3), login=login)
        monkeypatch.setattr(measured, "read", lambda: MADE_UP | {"variants": MADE_UP["variants"] | {"session": dear}})
        (found,) = run_experiment("capacity", shop_url)["findings"]
        return {case["condition"]: case["as_said"] for case in found["cases"]}

    return cases


def of(cases, words):
    """Return whether it is as said where the condition has these words; None where there is no such case."""
    return next((said for condition, said in cases.items() if all(word in condition for word in words)), None)


ONE_MACHINE, ONE_STORE = ("one machine", "live a day"), ("one store", "live a day")


def test_statement_60_depends(shop_url, made_up):
    (found,) = run_experiment("capacity", shop_url)["findings"]
    assert found["as_expected"]


def test_a_shared_need_does_not_stop_sessions(cases):
    found = cases(session=700)
    assert found["10,000 people, one machine"] is False  # one is enough for either
    assert found["10,000,000 people, one machine"] is False  # neither is content with one
    assert found["a lookup among 1,000 more rows"] is False


def test_sessions_stop_first_on_two_machines(cases):
    assert of(cases(session=700), ONE_MACHINE) is True
    assert of(cases(session=550), ONE_MACHINE) is False  # tokens cost 600, and stop first


def test_noise_is_not_counted_in_machines(cases):
    found = cases(session=605)
    assert of(found, ONE_MACHINE) is None
    assert of(found, ONE_STORE) is True  # to count statements is exact


def test_its_scales_reach_ten_million_people():
    assert capacity.SCALES[-1] == text.MANY
