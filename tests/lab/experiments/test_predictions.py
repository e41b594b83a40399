"""What a student predicted: in the student's own session, counted, and closed once the finding was seen."""

import random
import uuid
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore

from project.lab.experiments import predictions, queue
from project.lab.experiments.registry import EXPERIMENTS
from tests.browser_without_javascript import text
from tests.clients import client_of
from tests.lab.experiments.statements import STATEMENTS
from tests.lab.experiments.student import Student

LOGOUT = {27: "depends", 28: "holds", 29: "depends", 30: "depends"}  # what its run finds
COOKIE = 4096  # bytes, name and attributes included: more need not be kept (RFC 6265 section 6.1)


@pytest.fixture
def runs_find_at_once(monkeypatch, db):
    """Let each run be done when the page comes, with what is expected, and ask no shop."""

    def found(name, url):
        statements = EXPERIMENTS[name].statements.values()
        findings = [{"number": one.number, "finding": str(one.expected), "as_expected": True} for one in statements]
        return {"at": "2026-01-01T00:00+00:00", "seconds": 0, "steps": [], "findings": findings}

    monkeypatch.setattr(queue, "run_experiment", found)
    monkeypatch.setattr(queue, "connections", SimpleNamespace(close_all=lambda: None))  # the test's own is in use
    monkeypatch.setattr(queue, "pool", SimpleNamespace(submit=lambda work, *args: work(*args)))


@pytest.fixture
def student(runs_find_at_once):
    return Student()


def test_without_predictions_there_is_no_score(student):
    assert student.score() is None
    student.skip("logout")
    assert student.score() is None


def test_right_and_wrong_are_counted(student):
    student.predict("logout", "depends")
    assert student.score() == (3, 1)
    student.predict("status_codes", "holds")
    right = sum(STATEMENTS[number].expected == "holds" for number in (39, 40, 41))
    assert student.score() == (3 + right, 1 + 3 - right)


def test_a_run_is_compared_with_predictions(student):
    page = text(student.predict("logout", {**LOGOUT, 28: "fails"}, why="the browser decides"))
    assert page.count("✓ as you said") == 3
    assert page.count("✗ you said false") == 1
    assert page.count("You gave as a reason: the browser decides") == 4


def test_a_prediction_can_be_changed_before(student, monkeypatch):
    monkeypatch.setattr(queue, "pool", SimpleNamespace(submit=lambda work, *args: None))  # the run waits
    student.predict("logout", "fails")
    student.predict("logout", "holds")
    assert {entry["said"] for entry in student.predictions().values()} == {"holds"}


def test_a_prediction_is_final_once_seen(student):
    student.predict("logout", "fails", why="first")
    student.predict("logout", LOGOUT, why="second thoughts")
    assert student.score() == (0, 4)
    assert {entry["said"] for entry in student.predictions().values()} == {"fails"}
    assert {entry["why"] for entry in student.predictions().values()} == {"first"}


def test_a_seen_finding_is_not_asked_again(student):
    student.predict("logout", "holds")
    page = text(student.get("/lab/experiments/logout/"))
    assert page.count("You said <strong>true</strong>") == 4
    assert 'type="radio"' not in page
    assert "Skip predictions" not in page


def test_students_have_their_own_predictions(student):
    neighbour = Student()
    student.predict("logout", "holds")
    assert neighbour.predictions() == {}
    neighbour.predict("logout", "depends")
    assert (student.score(), neighbour.score()) == ((1, 3), (3, 1))


def test_looking_at_anothers_run_counts_nothing(student):
    neighbour = Student()
    neighbour.predict("logout", "holds")
    student.get(neighbour.place)
    assert student.score() is None


# The session ----------------------------------------------------------------------------------------------------


def test_predictions_survive_a_login(student, new_user):
    student.predict("logout", "depends")
    student.log_in(new_user())
    assert student.score() == (3, 1)


def test_predictions_survive_a_login_by_api(student, new_user):
    student.predict("logout", "depends")
    at_the_api(student).log_in(new_user())
    assert student.score() == (3, 1)


def test_another_user_gets_none_of_them(student, new_user):
    student.log_in(new_user("ada"))
    student.predict("logout", "depends")
    at_the_api(student).log_in(new_user("bela"))
    assert "bela" in text(student.get("/"))
    assert student.predictions() == {}


def test_it_is_gone_after_a_logout(student, new_user):
    student.log_in(new_user())
    student.predict("logout", "depends")
    student.post("/accounts/logout/")
    assert student.predictions() == {}


def at_the_api(student):
    """Return a client of the API in the same browser: the same cookies."""
    client = client_of("session")
    client.http = student.http
    return client


@pytest.mark.parametrize("letters", ["abcdefghijklmnop    ", "äöüßéàñabcde ", "会话令牌服务器知道谁来", "🍪🔑🙂"])
def test_all_predictions_fit_into_a_cookie(letters):
    session, words = SessionStore(), random.Random(1)  # noqa: S311 - the same words each time
    for name, experiment in EXPERIMENTS.items():
        said = {str(number): ("depends", "".join(words.choices(letters, k=100))) for number in experiment.statements}
        predictions.keep(session, said)
        predictions.check(session, [{"number": number, "finding": "depends"} for number in experiment.statements])
        session["runs"] = session.get("runs", {}) | {name: str(uuid.uuid4())}
    session.save()
    assert len(predictions.of(session)) == sum(len(experiment.statements) for experiment in EXPERIMENTS.values())
    assert len(session.session_key) < COOKIE - 600  # and there are the marks of a login


def test_the_oldest_words_go_first():
    session = {}
    for number in range(1, 48):
        predictions.keep(session, {str(number): ("holds", "x" * 100)})
    kept = [number for number, entry in predictions.of(session).items() if entry["why"]]
    assert kept == [str(number) for number in range(33, 48)]


# What is refused ------------------------------------------------------------------------------------------------


def test_a_missing_prediction_is_marked(student):
    response = student.predict("logout", {27: "holds", 28: "holds", 29: "holds"})
    assert response.status_code == 400
    assert text(response).count("Say what you expect; a guess will do.") == 1
    assert 'aria-describedby="said-30-error"' in text(response)
    assert student.predictions() == {}


def test_what_was_said_and_why_stays_in_the_form(student):
    page = text(student.predict("logout", {27: "fails"}, why="because"))
    assert 'value="fails" required checked' in page
    assert page.count('value="because"') == 4


def test_a_form_without_any_field_is_refused(student):
    csrf = student.http.get("/api/session/csrf/").cookies["csrftoken"].value
    response = student.http.post("/lab/experiments/logout/", headers={"X-CSRFToken": csrf})
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("said", "why", "because"),
    [
        ("holds", "x" * 101, "at most 100 characters"),
        ("perhaps", "", "perhaps is not one of the available choices"),
        ("holds", "\0", "Null characters are not allowed"),
    ],
)
def test_a_prediction_that_is_none_is_refused(student, said, why, because):
    response = student.predict("logout", said, why=why)
    assert response.status_code == 400
    assert because in text(response)
    assert student.predictions() == {}


def test_a_reason_is_escaped_everywhere(student):
    nasty = '"><script>alert(1)</script>'
    refused = student.predict("logout", "<b>", why=nasty)
    found = student.predict("logout", "holds", why=nasty)
    for page in (text(refused), text(found), text(student.get("/lab/experiments/logout/"))):
        assert "<script>alert" not in page
        assert "<b>" not in page
    assert "&lt;script&gt;alert(1)" in text(found)


def test_a_form_of_another_site_predicts_nothing(student):
    response = student.http.post("/lab/experiments/logout/", {"skip": "yes"})
    assert response.status_code == 403
