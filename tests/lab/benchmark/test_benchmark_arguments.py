"""What `manage.py benchmark` takes, and how it refuses the rest: before it starts anything."""

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from project.lab.benchmark import run
from project.lab.benchmark.kinds import KINDS
from project.lab.benchmark.plan import Plan
from project.lab.benchmark.variants import EVERY, VARIANTS, choose, choose_kinds


def refusal(*arguments):
    with pytest.raises(CommandError) as error:
        call_command("benchmark", *arguments)
    return str(error.value)


def test_all_variants_are_meant_by_default():
    assert [variant.name for variant in choose([])] == list(VARIANTS)
    assert choose_kinds([]) == list(EVERY)


def test_variants_come_in_the_order_in_which_they_are_named_and_once():
    assert [variant.name for variant in choose(["jwt", "session", "jwt"])] == ["jwt", "session"]


def test_every_session_store_and_algorithm_has_a_variant(settings):
    stores = {variant.environment.get("BENCHMARK_SESSION_STORE") for variant in VARIANTS.values()}
    algorithms = {variant.environment.get("JWT_ALGORITHM") for variant in VARIANTS.values()}
    assert stores - {None} == set(settings.SESSION_STORES)
    assert algorithms - {None} == {"HS256", "RS256", "Ed25519"}


def test_every_kind_that_a_variant_names_exists():
    assert {kind for variant in VARIANTS.values() for kind in variant.kinds} == set(KINDS) == set(EVERY)


def test_the_control_is_the_first_variant_that_answers_the_most():
    assert Plan(choose(["session", "jwt"]), list(EVERY)).control.name == "jwt"
    assert Plan(choose(["session", "jwt"]), ["me"]).control.name == "session"


def test_an_unknown_variant_is_refused_and_the_known_ones_named():
    assert refusal("sesion") == f"There is no variant 'sesion'. Choose from: {', '.join(VARIANTS)}."


def test_an_unknown_request_is_refused_and_the_known_ones_named():
    assert refusal("--request", "cart").endswith("Choose from: read cart, add to cart, me, login, refresh.")


def test_a_request_that_none_of_the_variants_answers_is_refused():
    assert refusal("session", "--request", "refresh") == "None of these variants answers refresh."


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--seconds", "0"], "--seconds is 0.0; it must be between 0.01 and 60."),
        (["--seconds", "nan"], "--seconds is nan; it must be between 0.01 and 60."),
        (["--rounds", "0"], "--rounds is 0; it must be between 1 and 1000."),
        (["--clients", "65"], "--clients is 65; it must be between 1 and 64."),
        (["--database", "mysql://db/shop"], "--database takes postgres://"),
        (["--report", "nowhere/report.html"], "--report: there is no directory nowhere."),
        (["--json", "nowhere/results.json"], "--json: there is no directory nowhere."),
        (["--report", "."], "--report: . is a directory; name a file in it."),
        (["--json", "."], "--json: . is a directory; name a file in it."),
        (["session", "--measured"], "--measured keeps the figures of all variants"),
        (["--request", "me", "--measured"], "--measured keeps the figures of all variants and requests"),
        (["--rounds", "9", "--measured"], "--measured keeps the figures of all variants and requests, from 10 rounds"),
        (["--sizes", "1000"], "--sizes is for growth: manage.py benchmark growth --sizes 1000."),
        (["session", "--expired", "5"], "--expired is for growth"),
        (["growth", "--request", "me"], "growth has its own requests"),
        (["growth", "session"], "There is no variant 'growth'."),
        (["growth", "--sizes", "many"], "--sizes is 'many'; write numbers with commas between"),
        (["growth", "--sizes", "1000"], "--sizes is '1000'; growth compares the last with the first"),
        (["growth", "--sizes", "1,1000"], "--sizes must be between 16 and 100000000."),
        (["growth", "--expired", "0"], "--expired is 0; it must be between 1 and 100000000."),
    ],
)
def test_a_wrong_value_is_refused_and_a_right_one_described(arguments, reason):
    assert refusal(*arguments).startswith(reason)


def test_a_file_that_cannot_be_written_is_refused_before_the_run(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda *asked: False)  # root may write anywhere
    assert refusal("--report", str(tmp_path / "r.html")) == f"--report: {tmp_path / 'r.html'} cannot be written."


def test_json_takes_a_file_and_never_a_variant_for_one():
    assert "expected one argument" in refusal("session", "--json")


def test_ctrl_c_ends_with_the_status_that_a_shell_expects(monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "measure", stopped)
    error = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("benchmark", "session", stderr=error)
    assert (end.value.code, error.getvalue()) == (130, "Stopped.\n")


@pytest.mark.parametrize(("redis", "where"), [("redis://cache", "in Redis"), ("", "in the server's own memory")])
def test_the_titles_of_cached_stores_say_in_which_cache(redis, where):
    titles = {name: variant.title_with(redis) for name, variant in VARIANTS.items()}
    assert {name for name, title in titles.items() if where in title} == {"session-cached_db", "session-cache"}


def test_something_that_is_no_number_is_refused():
    assert "invalid int value: 'many'" in refusal("--rounds", "many")
