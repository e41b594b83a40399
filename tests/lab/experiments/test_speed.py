"""The experiment `speed`: what it says follows from rounds, and it names no winner inside the noise."""

import json
from functools import partial

import pytest

from project.lab.benchmark import run, short
from project.lab.benchmark.client import Refused
from project.lab.benchmark.variants import choose
from project.lab.experiments.f_scale import speed
from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.kit.laboratory import Laboratory
from project.lab.experiments.run import run_experiment
from tests.at_once import at_once
from tests.lab.benchmark.measurement import CPU, compare

REAL = short.compare  # the tests have another in its place


@pytest.fixture
def measured(monkeypatch):
    """Return a function that has the experiment find these costs, and so much noise: by that the control is off."""

    def measured(noise=0.01, **changes):
        monkeypatch.setattr(short, "compare", partial(compare, cpu=CPU | changes, noise=noise))

    return measured


@pytest.fixture
def told(shop_url):
    """Return a function that runs the experiment and returns its cases and its last notes, both by condition."""

    def told():
        with Laboratory(shop_url) as lab:
            speed.run(lab)
            notes = {event["note"].partition(":")[0]: event["value"] for event in lab.transcript.steps[-1]["events"]}
        return {case.condition.partition(":")[0]: case for case in lab.cases[59]}, notes

    return told


@pytest.fixture
def cases(told):
    return lambda: told()[0]


def test_cheaper_beyond_the_noise_is_faster(measured, cases):
    measured()
    found = cases()
    assert found["me, jwt over session"].as_said
    assert found["me, jwt over session"].observed.startswith("0.75 (0.75 to 0.75)")
    assert found["me, jwt over session"].observed.endswith("cheaper")


def test_a_difference_in_the_noise_is_no_case(measured, told):
    measured()
    found, notes = told()
    assert notes["read cart, jwt-checked over session"].endswith("no significant difference")
    assert "read cart, jwt-checked over session" not in found


def test_a_busy_machine_gives_no_answer(shop_url, measured):
    measured(noise=0.4)  # a refresh for every second request is beyond it, and would make the statement fail
    with pytest.raises(NoAnswer, match="too busy to tell"):
        run_experiment("speed", shop_url)


def test_the_same_cost_is_not_faster(measured, cases):
    measured(jwt=900)
    found = cases()
    assert not found["me, jwt over session-signed_cookies"].as_said
    assert found["me, jwt over session-signed_cookies"].observed.endswith("more expensive")
    assert not found["read cart, jwt over session"].as_said
    assert found["read cart, jwt over session"].observed.endswith("more expensive")


def test_refreshing_is_in_the_bill(measured, cases):
    measured()
    found = cases()
    assert not found["read cart, jwt over session, with a refresh for every 2 requests"].as_said  # 1,600 over 800
    assert found["read cart, jwt over session, with a refresh for every 100 requests"].as_said  # 620 over 800


def test_statement_59_depends(shop_url, measured):
    measured()
    (found,) = run_experiment("speed", shop_url)["findings"]
    assert found["number"] == 59
    assert found["as_expected"]


def test_one_measures_and_others_share_it(monkeypatch):
    running, calls = [], []

    def watched(*args):
        running.append(1)
        calls.append(len(running))
        found = compare(*args)
        running.pop()
        return found

    monkeypatch.setattr(short, "compare", watched)
    ages = [age for _, age in at_once(*[speed.measure] * 4)]
    assert calls == [1]
    assert ages.count(0) == 1


def test_what_is_too_old_is_measured_again(measured):
    measured()
    speed.measure()
    speed.latest["at"] -= speed.SHARED
    assert speed.measure()[1] == 0


def test_wrong_answers_are_named_and_retried(measured, monkeypatch):
    def refuse(*args):
        raise Refused("read cart: 500")

    monkeypatch.setattr(short, "compare", refuse)
    with pytest.raises(NoAnswer, match=r"cannot be measured\. read cart: 500"):
        speed.measure()
    measured()
    assert speed.measure()[1] == 0


def test_a_real_run_compares_everything(monkeypatch):
    """The servers are real, and few: what comes of it depends on the machine, and is not looked at."""
    monkeypatch.setattr(speed, "PAIRS", [("jwt", "session", "")])
    monkeypatch.setattr(speed, "SECONDS", 0.5)
    monkeypatch.setattr(speed, "ROUNDS", 3)
    monkeypatch.setattr(short, "compare", REAL)
    monkeypatch.setattr(run, "USERS", 100)
    results, _ = speed.measure()
    assert json.loads(json.dumps(results)) == results
    assert {found["variant"] for found in results["ratios"] if found["over"] == "session"} == {"jwt"}
    assert results["control_variant"] == "jwt"
    assert choose(results["plan"]["variants"])
    found = [*speed.compare_requests(results), *speed.compare_with_refreshes(results)]
    assert len({one.condition for one in found}) == 2 + len(speed.PER_TOKEN)
    assert {one.verdict for one in found} <= {"cheaper", "more expensive", "no significant difference"}
