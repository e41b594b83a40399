"""The experiments: complete, honest, and gone without a trace."""

import inspect
import json
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.keys import key_file
from accounts.models import Grant, OpaqueToken, Session, User
from project.lab.experiments.kit.answer import NoAnswer
from project.lab.experiments.kit.laboratory import LEFT_BEHIND, Laboratory
from project.lab.experiments.kit.statement import Case, Finding, finding
from project.lab.experiments.registry import EXPERIMENTS, NAMES
from project.lab.experiments.run import run_experiment
from shop.models import CartItem, Order
from tests.at_once import at_once
from tests.lab.experiments.conftest import RUNS

ROOT = settings.BASE_DIR


# What is said ---------------------------------------------------------------------------------------------------


STATEMENTS = [*range(1, 48), 59, 60]  # 48 to 58 need a browser or several servers


def test_each_statement_has_one_experiment():
    covered = Counter(number for experiment in EXPERIMENTS.values() for number in experiment.statements)
    assert covered == Counter(STATEMENTS)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_question_reason_and_sources(name):
    experiment = EXPERIMENTS[name]
    assert experiment.question.endswith("?")
    assert experiment.sources
    assert "?" in experiment.next_question
    for statement in experiment.statements.values():
        assert statement.says[0].isupper() or statement.says[0] == "`"
        assert statement.says.endswith(".")
        assert statement.expected in list(Finding)
        assert statement.because.endswith(".")
        assert all(statement.settled)


@pytest.mark.parametrize("name", NAMES)
def test_the_code_that_decides_can_be_shown(name):
    deciding = EXPERIMENTS[name].module.DECIDED_BY
    assert deciding
    for thing in deciding:
        assert inspect.getsource(thing)
        assert ROOT in Path(inspect.getsourcefile(inspect.unwrap(thing))).parents, f"{thing} is not of this project"


# The findings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_what_is_expected(name, shop_url, student):
    before = everything()
    expected = {number: statement.expected for number, statement in EXPERIMENTS[name].statements.items()}
    RUNS[name] = run_experiment(name, shop_url)
    assert {found["number"]: found["finding"] for found in RUNS[name]["findings"]} == expected
    assert everything() == before


@pytest.mark.parametrize("name", NAMES)
def test_a_run_is_plain_data_in_order(name, run_of):
    result = run_of(name)
    assert json.loads(json.dumps(result)) == result
    assert [found["number"] for found in result["findings"]] == list(EXPERIMENTS[name].statements)
    assert all(found["as_expected"] and found["cases"] for found in result["findings"])
    assert all(step["title"] and step["events"] for step in result["steps"])


def test_a_case_of_another_statement_is_an_error(shop_url, monkeypatch):
    monkeypatch.setattr(EXPERIMENTS["logout"].module, "run", lambda lab: lab.case(1, "none", True, "nothing"))
    with pytest.raises(ValueError, match="cases of statements that are not its own"):
        run_experiment("logout", shop_url)


def test_a_statement_needs_a_case(shop_url, monkeypatch):
    monkeypatch.setattr(EXPERIMENTS["logout"].module, "run", lambda lab: lab.case(27, "none", True, "nothing"))
    with pytest.raises(ValueError, match="not observed"):
        run_experiment("logout", shop_url)


def test_a_shop_that_is_not_there_is_an_error(transactional_db):
    with pytest.raises(NoAnswer, match="does not answer: ConnectionError"):
        run_experiment("logout", "http://127.0.0.1:9")  # nobody listens there
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("as_said", "expected"),
    [
        ([True], "holds"),
        ([True, True], "holds"),
        ([False], "fails"),
        ([False, False], "fails"),
        ([False, True], "depends"),
    ],
)
def test_a_finding_follows_from_the_cases(as_said, expected):
    assert finding([Case("a condition", said, "seen") for said in as_said]) == expected


def test_nothing_follows_from_no_case():
    with pytest.raises(ValueError, match="not observed"):
        finding([])


# What stays -----------------------------------------------------------------------------------------------------


MODELS = (User, Session, Grant, OpaqueToken, OutstandingToken, BlacklistedToken, Order)


def everything():
    """Return all that the shop keeps of anybody's visit."""
    return {
        "rows": {model: set(model.objects.values_list("pk", flat=True)) for model in MODELS},
        "carts": set(CartItem.objects.values_list("user_id", "product_id", "quantity")),
        "failed logins": AccessAttempt.objects.count(),
        "session files": sorted(path.name for path in settings.SESSION_FILE_PATH.iterdir()),
        "cache": in_the_cache(),
        "keys": key_file().read_text("utf-8"),
    }


named = set()  # each key that this test's caches were asked to write or read


def note_key(key, prefix, version):
    """Make a key as Django does, and note it: a cache has no list of its keys. A KEY_FUNCTION."""
    named.add(key)
    return f"{prefix}:{version}:{key}"


@pytest.fixture(autouse=True)
def keys_are_noted(settings):
    named.clear()
    settings.CACHES = settings.CACHES | {"default": {**settings.CACHES["default"], "KEY_FUNCTION": note_key}}


def in_the_cache():
    """Return the keys of what this test has in the cache, in memory or in Redis."""
    return {key for key in named.copy() if key in cache}


class Interrupted(Exception):
    pass


@pytest.fixture
def interrupted(monkeypatch):
    """Have a run fail as soon as each of its statements has a case."""
    note = Laboratory.case

    def interrupted(statements):
        def case(lab, *args):
            note(lab, *args)
            if lab.cases.keys() == statements.keys():
                raise Interrupted

        monkeypatch.setattr(Laboratory, "case", case)

    return interrupted


@pytest.mark.parametrize("name", NAMES)
def test_a_failed_run_leaves_nothing(name, shop_url, student, interrupted):
    before = everything()
    interrupted(EXPERIMENTS[name].statements)
    with pytest.raises(Interrupted):
        run_experiment(name, shop_url)
    assert everything() == before


def test_a_run_clears_up_after_a_killed_one(shop_url):
    killed = Laboratory(shop_url)
    dead = killed.account()
    killed.client("owner", "session").log_in(dead)
    killed.clients[0].http.close()
    User.objects.filter(id=dead.id).update(date_joined=timezone.now() - 2 * LEFT_BEHIND)
    with Laboratory(shop_url) as lab:
        alive = lab.account()
        with Laboratory(shop_url):
            assert set(User.objects.values_list("id", flat=True)) == {alive.id}
    assert not User.objects.exists()
    assert not Session.objects.exists()


AT_ONCE = ["logout", "logout", "delegation", "status_codes", "refresh", "stale_truth", "housekeeping", "algorithms"]


def test_experiments_can_run_at_once(shop_url, student):
    before = everything()
    for result in at_once(*[partial(run_experiment, name, shop_url) for name in AT_ONCE]):
        assert [found["number"] for found in result["findings"] if not found["as_expected"]] == []
    assert everything() == before
