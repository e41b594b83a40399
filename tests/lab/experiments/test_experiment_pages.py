"""The experiments' pages: a list, a form to predict, and a run with all that a student is to see of it."""

import re
from html import unescape
from itertools import pairwise
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.schemes import schemes
from project.lab.experiments import queue
from project.lab.experiments.kit.statement import FAILS
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS, NAMES
from tests.browser_without_javascript import Browser, text
from tests.lab.experiments.statements import expect_otherwise
from tests.lab.experiments.student import Student, address


@pytest.fixture
def browser(db):
    return Browser()


# The list -------------------------------------------------------------------------------------------------------


def test_the_list_is_by_chapter_in_lesson_order(browser):
    page = text(browser.get("/lab/experiments/"))
    shown = [unescape(found) for found in re.findall(r'<h2 id="chapter-.">(.*?)</h2>', page)]
    assert shown == [f"{chapter.letter}. {chapter.title}" for chapter in CHAPTERS]
    assert re.findall(r'<h3><a href="/lab/experiments/(\w+)/">', page) == NAMES
    assert len(NAMES) == 19
    assert all(experiment.question in unescape(page) for experiment in EXPERIMENTS.values())


def test_the_list_marks_what_is_new(db, runs_wait):
    student = Student()
    assert text(student.get("/lab/experiments/")).count("data-new") == len(NAMES)
    student.skip("logout")
    page = text(student.get("/lab/experiments/"))
    assert page.count("data-new") == page.count(">new<") == len(NAMES) - 1


def test_the_lab_leads_to_the_list(browser):
    for page in ("/lab/", "/lab/lessons/"):
        assert 'href="/lab/experiments/"' in text(browser.get(page))


# Predicting -----------------------------------------------------------------------------------------------------


@pytest.fixture
def runs_wait(monkeypatch):
    """Let no run begin, and be the only one to know of those that wait."""
    monkeypatch.setattr(queue, "pool", SimpleNamespace(submit=lambda *job: None))
    monkeypatch.setattr(queue, "waiting", {})


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_a_prediction_each(browser, name):
    page, experiment = text(browser.get(address(name))), EXPERIMENTS[name]
    assert experiment.question in unescape(page)
    assert page.count("<fieldset") == len(experiment.statements)
    for number, statement in experiment.statements.items():
        assert f"“{statement.says}”" in unescape(page)
        assert re.findall(rf'name="said-{number}" value="(\w+)" required>', page) == ["holds", "depends", "fails"]
        assert f'name="why-{number}" maxlength="100"' in page


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(NAMES)))
def test_pages_follow_in_lesson_order(browser, earlier, later):
    assert f'<a rel="next" href="{address(later)}">' in text(browser.get(address(earlier)))
    assert f'<a rel="prev" href="{address(earlier)}">' in text(browser.get(address(later)))


def test_the_first_and_last_page_end_the_row(browser):
    assert 'rel="prev"' not in text(browser.get(address(NAMES[0])))
    assert 'rel="next"' not in text(browser.get(address(NAMES[-1])))


def test_without_a_prediction_nothing_runs(browser, runs_wait):
    response = browser.post(address("logout"), page=address("logout"))
    assert response.status_code == 400
    assert text(response).count("Say what you expect; a guess will do.") == 4
    assert queue.waiting == {}


def test_a_prediction_starts_a_run(db, runs_wait):
    student = Student()
    response = student.predict("logout", "holds")
    [run] = queue.waiting
    assert response.redirect_chain == [(f"{address('logout')}{run}/", 302)]
    assert f'href="{student.place}"' in text(student.get(address("logout")))


def test_predictions_can_be_skipped(db, runs_wait):
    student = Student()
    student.skip("logout")
    assert len(queue.waiting) == 1
    assert student.predictions() == {}


@pytest.mark.parametrize("path", ["no_such_thing", "no_such_thing/", "logout/4", "__init__/", "laboratory/"])
def test_an_unknown_experiment_is_404(browser, path):
    assert browser.http.get(f"/lab/experiments/{path}", follow=True).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_is_answered(client, method):
    assert getattr(client, method)(address("logout")).status_code == 405


# A run that waits -----------------------------------------------------------------------------------------------


def test_waiting_page_reloads(db, runs_wait):
    response = Student().skip("logout")
    assert response["Refresh"] == "1"
    assert "The clients are asking the shop." in text(response)
    assert "come before yours" not in text(response)


def test_a_waiting_page_says_how_many_come_first(db, runs_wait):
    first, second, third = (Student().skip("logout") for _ in range(3))
    assert "before yours" not in text(first)
    assert "1 run of others comes before yours." in text(second)
    assert "2 runs of others come before yours." in text(third)


def test_a_run_that_is_not_there_is_not_found(browser):
    assert browser.get(f"{address('logout')}{uuid4()}/").status_code == 404


def test_a_run_has_its_experiments_address(db, runs_wait):
    student = Student()
    student.skip("logout")
    assert student.get(student.place.replace("logout", "refresh")).status_code == 404


# A run that is done ---------------------------------------------------------------------------------------------


@pytest.fixture
def student(shop_url, settings, monkeypatch):
    """Somebody whose runs are done when the page comes, over real HTTP."""
    settings.LAB_URL = shop_url
    monkeypatch.setattr(queue, "pool", SimpleNamespace(submit=lambda work, *args: work(*args)))
    return Student()


@pytest.fixture
def ran_before(run_of, monkeypatch):
    """Somebody whose runs are done when the page comes, as they were made before; nothing is asked over HTTP."""
    monkeypatch.setattr(queue, "run_experiment", lambda name, url: run_of(name))
    monkeypatch.setattr(queue, "connections", SimpleNamespace(close_all=lambda: None))  # the test's own is in use
    monkeypatch.setattr(queue, "pool", SimpleNamespace(submit=lambda work, *args: work(*args)))
    return Student()


@pytest.fixture
def page(ran_before):
    """The page of a run of `logout`, predicted to hold throughout."""
    return unescape(text(ran_before.predict("logout", "holds")))


def test_a_run_shows_each_finding(page):
    for number, statement in EXPERIMENTS["logout"].statements.items():
        assert page.count(f'<span class="number">{number}</span>') == 1
        assert statement.because in page
        assert "; ".join(statement.settled) in page
    assert re.findall(r'data-finding="(\w+)"', page) == ["depends", "holds", "depends", "depends"]
    assert "Expected:" not in page


def test_a_run_shows_each_case(page):
    cases = re.findall(r'<tr data-as-said="(yes|no)"> <th scope="row">(.*?)</th> <td>(.*?)</td>', page)
    assert ("yes", "store db", "the old cookie is answered 401") in cases
    assert ("no", "store signed_cookies", "the old cookie is answered 200") in cases


def test_a_run_shows_its_transcript(page):
    assert "<h3>Both owners log out; a thief has a copy of what each of them had</h3>" in page
    assert page.count('<details class="exchange session">') > 10
    assert page.count('<details class="exchange token">') > 5
    for shown in ("POST /api/session-file/logout/", "no live session has this id · to authenticate: session file"):
        assert shown in page
    assert re.search(r"<dt>Authorization</dt><dd>Bearer [\w.-]+…[0-9a-f]{4}</dd>", page)
    assert re.search(r"<dt>Signatures checked</dt><dd>1</dd>", page)


@pytest.mark.parametrize("name", ["logout", "delegation"])
def test_it_shows_the_code_that_runs(ran_before, name):
    page = unescape(ran_before.skip(name).content.decode())
    pieces = re.findall(
        r"<code>([\w/.]+)</code>, lines (\d+) to (\d+)</figcaption>\s*<pre[^>]*>(.*?)</pre>", page, re.S
    )
    assert len(pieces) == len(EXPERIMENTS[name].module.DECIDED_BY)
    for file, first, last, shown in pieces:
        lines = (settings.BASE_DIR / file).read_text("utf-8").splitlines(keepends=True)
        assert shown == "".join(lines[int(first) - 1 : int(last)])


def test_a_run_names_its_file_and_sources(page):
    assert "The experiment itself is <code>project/lab/experiments/c_ending/logout.py</code>" in page
    assert EXPERIMENTS["logout"].sources in page


def test_a_run_leaves_a_question_and_leads_on(page):
    assert EXPERIMENTS["logout"].next_question in page
    assert f'<a href="{address("logout")}">Run it again</a>' in page
    assert f'<a rel="prev" href="{address("expiry")}">' in page
    assert f'<a rel="next" href="{address("revocation")}">' in page


def test_a_run_is_told_in_curl_too(page):
    assert "SHOP=http://testserver api()" in page
    assert '"$SHOP"/api/session-db/logout/ # 204' in page


def test_a_runs_address_is_enough_to_see_it(ran_before):
    ran_before.predict("logout", "holds")
    page = text(Browser().get(ran_before.place))
    assert "What was found" in page
    assert "you said" not in page


def test_an_unexpected_finding_is_marked(student, monkeypatch):
    expect_otherwise(monkeypatch, 28, FAILS)
    page = text(student.skip("logout"))
    assert page.count("Expected: false. The run is right: what is different here?") == 1


def test_what_a_run_observed_is_text(student, monkeypatch):
    def run(lab):
        lab.step("<b>step</b>")
        lab.note("<b>note</b>", "<b>value</b>")
        for number in EXPERIMENTS["logout"].statements:
            lab.case(number, "<b>condition</b>", True, "<b>observed</b>")

    monkeypatch.setattr(EXPERIMENTS["logout"].module, "run", run)
    page = text(student.skip("logout"))
    assert "<b>" not in page
    for word in ("step", "note", "value", "condition", "observed"):
        assert f"&lt;b&gt;{word}&lt;/b&gt;" in page


# Why: the scheme `jwt` looks nothing up, so that a token would outlive the account of the run by its whole lifetime.
@pytest.mark.parametrize("name", ["stale_truth", "status_codes", "tampering", "delegation"])
def test_a_transcript_lets_nobody_in(student, name, client):
    page = unescape(student.skip(name).content.decode())
    credentials = set(re.findall(r"eyJ[\w.…-]+", page)) | set(re.findall(r"sessionid=\"?([^\s;\"]+)", page))
    assert len(credentials) > 3
    tried = [credential.encode("ascii", "ignore").decode() for credential in credentials]
    for scheme in schemes():
        form = "Bearer {}" if scheme.carrier == "header" else f"{scheme.cookies[0]}={{}}"
        headers = [{scheme.credential_header: form.format(credential)} for credential in tried]
        answers = [client.get(f"/api/{scheme.name}/me/", headers=one) for one in headers]
        assert {answer.status_code for answer in answers} == {401}
