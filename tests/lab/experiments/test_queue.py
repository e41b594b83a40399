"""The queue of runs: short, fair, and it survives whatever an experiment does."""

import re
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
import requests
from django.core.cache import caches

from project.lab.experiments import queue as runs
from project.lab.experiments.kit.laboratory import MARK
from project.lab.experiments.registry import EXPERIMENTS, NAMES
from tests.at_once import ROUNDS, at_once
from tests.browser_without_javascript import text
from tests.lab.demo.demo import Demo
from tests.lab.experiments.student import Student, address

STUDENTS = 40 if ROUNDS >= 100 else 20  # a class in `.ci/run`, half of one in the README's test line


class Queue:
    """Keeps what it is given until the test has it done."""

    def __init__(self):
        self.jobs = []

    def submit(self, work, *args):
        self.jobs.append((work, args))

    def work_off(self):
        while self.jobs:
            self.work_one()

    def work_one(self):
        work, args = self.jobs.pop(0)
        work(*args)


@pytest.fixture
def queue(db, monkeypatch):
    queue = Queue()
    monkeypatch.setattr(runs, "pool", queue)
    monkeypatch.setattr(runs, "waiting", {})
    monkeypatch.setattr(runs, "connections", SimpleNamespace(close_all=lambda: None))  # the test's own is in use
    return queue


@pytest.fixture
def run_fails(monkeypatch):
    """Let runs end with an error."""

    def run_fails(error):
        def run(name, url):
            raise error

        monkeypatch.setattr(runs, "run_experiment", run)

    return run_fails


def test_pressing_twice_gives_one_run(queue):
    student = Student()
    student.skip("logout")
    first = student.place
    student.skip("logout")
    assert student.place == first
    assert len(queue.jobs) == 1


def test_two_students_get_a_run_each(queue):
    places = {Student().skip("logout").request["PATH_INFO"] for _ in range(2)}
    assert len(places) == len(queue.jobs) == 2


def test_pressing_after_the_end_runs_again(queue, run_fails):
    run_fails(ValueError())
    student = Student()
    student.skip("logout")
    first = student.place
    queue.work_off()
    student.skip("logout")
    assert student.place != first


def test_at_most_200_runs_wait(queue):
    for number in range(200):
        runs.start("logout", f"192.0.2.{number}")
    response = Student().skip("logout")
    assert (response.status_code, response["Retry-After"]) == (429, "10")
    assert "Many experiments are waiting already. Go back and try again in a moment." in text(response)
    assert len(queue.jobs) == 200


def test_nobody_takes_the_whole_queue(queue):
    for _ in range(runs.MOST_OF_ONE):
        runs.start("logout", "192.0.2.1")
    with pytest.raises(runs.Busy):
        runs.start("logout", "192.0.2.1")
    assert runs.start("logout", "192.0.2.2") in runs.waiting


def test_a_waiting_student_keeps_their_place(queue):
    student = Student()
    student.skip("logout")
    for number in range(199):
        runs.start("logout", f"192.0.2.{number}")
    assert student.skip("logout").status_code == 200


# When a run fails ------------------------------------------------------------------------------------------


def test_a_failed_run_says_so_and_is_logged(queue, run_fails, caplog):
    run_fails(ValueError("a detail that is nobody's business"))
    student = Student()
    student.skip("logout")
    queue.work_off()
    response = student.look_again()
    assert response.status_code == 503
    assert "The experiment failed." in text(response)
    assert "nobody's business" not in text(response)
    assert "ValueError" in caplog.text


def test_a_shop_that_does_not_answer_is_named(queue, settings):
    settings.LAB_URL = "http://127.0.0.1:9"  # nobody listens there
    student = Student()
    student.skip("logout")
    queue.work_off()
    assert "http://127.0.0.1:9 does not answer: ConnectionError." in text(student.look_again())


def test_a_failed_run_frees_its_place(queue, run_fails):
    run_fails(ValueError())
    runs.start("logout", "127.0.0.1")
    queue.work_off()
    assert runs.waiting == {}


def test_an_unstorable_result_frees_its_place(queue, monkeypatch):
    monkeypatch.setattr(runs, "run_experiment", lambda name, url: threading.Lock())  # no such thing can be written down
    runs.start("logout", "127.0.0.1")
    with pytest.raises(TypeError, match="cannot pickle"):
        queue.work_off()
    assert runs.waiting == {}


def test_the_queue_goes_on_after_a_failure(queue, run_fails, monkeypatch):
    run_fails(ValueError())
    runs.start("logout", "127.0.0.1")
    after = runs.start("logout", "127.0.0.1")
    queue.work_one()
    monkeypatch.setattr(runs, "run_experiment", lambda name, url: "a result")
    queue.work_one()
    assert runs.look(after)["result"] == "a result"


# When the server was restarted ----------------------------------------------------------------------------------


def keep(ago):
    """Note a run that another process began, and return its address."""
    run = str(uuid4())
    caches["runs"].set(run, {"experiment": "logout", "since": time.time() - ago})
    return f"{address('logout')}{run}/"


def test_a_run_of_another_process_is_awaited(db):
    assert Student().get(keep(runs.LOST - 10))["Refresh"] == "1"


def test_a_run_lost_in_a_restart_says_so(db):
    response = Student().get(keep(runs.LOST + 10))
    assert response.status_code == 503
    assert "The server was restarted meanwhile." in text(response)


def test_a_run_of_this_process_may_take_long(queue):
    run = runs.start("logout", "127.0.0.1")
    caches["runs"].set(run, {"experiment": "logout", "since": time.time() - 10 * runs.LOST})
    assert Student().get(f"{address('logout')}{run}/")["Refresh"] == "1"


# Threads --------------------------------------------------------------------------------------------------------


class Watched(ThreadPoolExecutor):
    """A pool that remembers what it was given."""

    def __init__(self, size):
        super().__init__(size)
        self.futures = []

    def submit(self, *job):
        self.futures.append(super().submit(*job))


def test_runs_have_threads_of_their_own(shop_url, settings, monkeypatch):
    settings.LAB_URL = shop_url
    monkeypatch.setattr(runs, "pool", Watched(runs.AT_ONCE))
    student = Student()
    student.skip("logout")
    with runs.pool:
        runs.pool.futures[0].result(timeout=60)
    assert "What was found" in text(student.look_again())


# A whole class --------------------------------------------------------------------------------------------------


def visit(url, name):
    """Run an experiment as a browser does; return the page of the run. The shop must answer meanwhile."""
    with requests.Session() as http:
        form = http.get(f"{url}{address(name)}").text
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        page = http.post(f"{url}{address(name)}", {"csrfmiddlewaretoken": csrf, "skip": "yes"})
        while "Refresh" in page.headers:
            threading.Event().wait(float(page.headers["Refresh"]))
            assert "Headphones" in http.get(url).text
            page = http.get(page.url)
        assert page.status_code == 200
        return unescape(page.text)


@pytest.mark.race
@pytest.mark.servers
def test_a_class_runs_experiments_at_once(tmp_path):
    names = (NAMES * STUDENTS)[:STUDENTS]
    with Demo(tmp_path) as demo, demo.process.stdout:
        pages = at_once(*[partial(visit, f"http://127.0.0.1:{demo.port}", name) for name in names])
        for name, page in zip(names, pages, strict=True):
            assert f"<h1>{EXPERIMENTS[name].question}</h1>" in page
            assert found(page) == {n: statement.expected for n, statement in EXPERIMENTS[name].statements.items()}
        assert demo.log.read_text() == ""
    assert accounts_left(tmp_path / "db.sqlite3") == 0


def found(page):
    """Return {statement: finding} as a run's page says it."""
    numbers, findings = re.findall(r'id="statement-(\d+)"', page), re.findall(r'data-finding="(\w+)"', page)
    return dict(zip(map(int, numbers), findings, strict=True))


def accounts_left(database):
    """Return how many throw-away accounts are in a demo's database."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT COUNT(*) FROM accounts_user WHERE email = ?", [MARK]).fetchone()[0]
