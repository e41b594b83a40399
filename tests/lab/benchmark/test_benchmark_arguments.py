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


def test_all_variants_by_default():
    assert [variant.name for variant in choose([])] == list(VARIANTS)
    assert choose_kinds([]) == list(EVERY)


def test_variants_keep_their_order():
    assert [variant.name for variant in choose(["jwt", "session", "jwt"])] == ["jwt", "session"]


def test_stores_and_algorithms_are_variants(settings):
    stores = {variant.environment.get("BENCHMARK_SESSION_STORE") for variant in VARIANTS.values()}
    algorithms = {variant.environment.get("JWT_ALGORITHM") for variant in VARIANTS.values()}
    assert stores - {None} == set(settings.SESSION_STORES)
    assert algorithms - {None} == {"HS256", "RS256", "Ed25519"}


def test_every_named_request_exists():
    assert {kind for variant in VARIANTS.values() for kind in variant.kinds} == set(KINDS) == set(EVERY)


def test_control_answers_the_most():
    assert Plan(choose(["session", "jwt"]), list(EVERY)).control.name == "jwt"
    assert Plan(choose(["session", "jwt"]), ["me"]).control.name == "session"


def test_unknown_variant():
    assert refusal("sesion") == f"There is no variant 'sesion'. Choose from: {', '.join(VARIANTS)}."


def test_unknown_request():
    assert refusal("--request", "cart").endswith("Choose from: read cart, add to cart, me, login, refresh.")


def test_request_without_a_variant():
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
def test_wrong_values_are_explained(arguments, reason):
    assert refusal(*arguments).startswith(reason)


def test_unwritable_file(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "access", lambda *asked: False)  # root may write anywhere
    assert refusal("--report", str(tmp_path / "r.html")) == f"--report: {tmp_path / 'r.html'} cannot be written."


def test_json_needs_a_file():
    assert "expected one argument" in refusal("session", "--json")


def test_ctrl_c_exits_with_130(monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "measure", stopped)
    error = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("benchmark", "session", stderr=error)
    assert (end.value.code, error.getvalue()) == (130, "Stopped.\n")


@pytest.mark.parametrize(("redis", "where"), [("redis://cache", "in Redis"), ("", "in the server's own memory")])
def test_titles_name_the_cache(redis, where):
    titles = {name: variant.title_with(redis) for name, variant in VARIANTS.items()}
    assert {name for name, title in titles.items() if where in title} == {"session-cached_db", "session-cache"}


def test_rounds_must_be_a_number():
    assert "invalid int value: 'many'" in refusal("--rounds", "many")
