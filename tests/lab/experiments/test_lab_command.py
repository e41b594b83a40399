"""`manage.py lab`: what it lists, runs, prints, writes and refuses."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from html.parser import HTMLParser
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from accounts.keys import Keyring, make_jwk, parse_key
from accounts.models import User
from accounts.tokens import InvalidToken
from project.lab.experiments.c_ending import logout
from project.lab.experiments.kit.by_hand import header_of
from project.lab.experiments.kit.laboratory import MARK, Account, Laboratory
from project.lab.experiments.kit.statement import FAILS
from project.lab.experiments.registry import CHAPTERS, EXPERIMENTS, NAMES
from project.lab.management.commands import lab as command
from project.lab.processes.interrupts import finished_first
from project.lab.processes.own_server import wait_until_up
from project.lab.processes.port import Port
from project.lab.processes.server import Server
from shop.models import Product
from tests.lab.demo.demo import ROOT
from tests.lab.experiments.statements import expect_otherwise

CHAPTER = {chapter.letter: chapter.names for chapter in CHAPTERS}
NOWHERE = "http://127.0.0.1:9"


def run(*arguments, **options):
    """Run the command and return its exit status and what it printed."""
    said, errors = StringIO(), StringIO()
    status = 0
    try:
        call_command("lab", *arguments, stdout=said, stderr=errors, **options)
    except SystemExit as end:
        status = end.code
    return SimpleNamespace(status=status, said=said.getvalue(), errors=errors.getvalue())


def refusal(*arguments):
    """Return why the command refuses these arguments; a mistake has an exit status of its own."""
    with pytest.raises(CommandError) as refused:
        call_command("lab", *arguments)
    assert refused.value.returncode == 2
    return str(refused.value)


@pytest.fixture
def nothing_runs(monkeypatch):
    def run(*arguments):
        raise AssertionError("something was run")

    for name in ("run_experiment", "own_server", "check_shared"):
        monkeypatch.setattr(command, name, run)


@pytest.fixture
def expiry_fails(monkeypatch):
    """Let the experiment `expiry` fail."""

    def run(lab):
        raise LookupError("no such luck")

    monkeypatch.setattr(EXPERIMENTS["expiry"].module, "run", run)


@pytest.fixture
def expected_otherwise(monkeypatch):
    expect_otherwise(monkeypatch, 27, FAILS)


@pytest.fixture
def shop(shop_url, run_of, monkeypatch):
    """The address of a shop; what the experiments find there is what they found before."""
    monkeypatch.setattr(command, "run_experiment", lambda name, url: run_of(name))
    return shop_url


# What there is -----------------------------------------------------------------------------------------------


def test_without_names_it_lists_every_experiment():
    words = " ".join(run().said.split())
    for chapter in CHAPTERS:
        assert f"{chapter.letter} {chapter.title} {chapter.names[0]}" in words
    for experiment in EXPERIMENTS.values():
        assert experiment.name in words
        assert words.count(experiment.question.split()[0]) > 0


def test_the_list_has_every_statement():
    numbers = set()
    for first, last in re.findall(r"\b(\d+)(?:-(\d+))?(?=[, ])", run().said):
        numbers |= set(range(int(first), int(last or first) + 1))
    assert numbers >= set(range(1, 48))


def test_its_help_names_the_chapters():
    assert "a chapter (A to D, F)" in " ".join(
        command.Command().create_parser("manage.py", "lab").format_help().split()
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["logout"], ["logout"]),
        (["C"], CHAPTER["C"]),
        (["a", "d"], [*CHAPTER["A"], *CHAPTER["D"]]),
        (["logout", "C", "logout"], ["logout", *[name for name in CHAPTER["C"] if name != "logout"]]),
        (["all"], NAMES),
    ],
)
def test_experiments_are_chosen_by_name_or_chapter(words, names):
    assert command.chosen(words) == names


@pytest.mark.parametrize(("word", "near"), [("logot", "logout"), ("signing-in", "signing_in"), ("al", "all")])
def test_a_wrong_name_gets_a_suggestion(nothing_runs, word, near):
    message = refusal("logout", word)
    assert f"There is no experiment '{word}'. Did you mean {near}?" in message
    assert ", ".join(NAMES) in message


@pytest.mark.parametrize("arguments", [["--json"], ["--url", NOWHERE], ["--report", "report.html"]])
def test_an_option_without_a_name_is_refused(nothing_runs, arguments):
    assert refusal(*arguments) == "Name the experiments to run, or `all`."


# Where the shop is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "ftp://shop.example",
        "http://",
        "http://shop.example:x",
        "http://shop.example:99999",
        "http://[::1",
        "http://shop.example/lab/",
        "http://shop.example?x=1",
        "http://me:secret@shop.example",
    ],
)
def test_an_invalid_address_is_refused(nothing_runs, url):
    assert refusal("logout", "--url", url).startswith("--url takes an address such as http://127.0.0.1:8000, not ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://shop.example/", "http://[::1]:80"])
def test_an_address_may_end_with_a_slash(url):
    assert command.checked(url) == url.rstrip("/")


@pytest.fixture
def silent_url(db):
    """The address of a port that is held, so that no server can be there."""
    port = Port()
    yield f"http://127.0.0.1:{port.number}"
    port.release()


def test_a_shop_that_is_not_there_is_refused(silent_url):
    assert refusal("logout", "--url", silent_url).endswith("does not answer: ConnectionError.")


def test_another_database_is_refused(shop_url, monkeypatch):
    monkeypatch.setattr(Laboratory, "account", lambda self: Account(0, "nobody", "nothing"))
    assert "has another database than this program" in refusal("logout", "--url", shop_url)


def test_a_shop_with_other_keys_gets_no_token_of_ours(shop_url, monkeypatch):
    other, sent = Keyring([parse_key(make_jwk("HS256"))]), []
    monkeypatch.setattr(command, "verify", lambda token: parse_with(other, token))
    monkeypatch.setattr(Laboratory, "token", lambda *args, **claims: sent.append(claims))
    assert "has other keys than this program" in refusal("logout", "--url", shop_url)
    assert sent == []


def parse_with(keyring, token):
    if header_of(token)["kid"] not in keyring.by_kid:
        raise InvalidToken("kid", "the shop has no such key")


def test_a_shop_without_a_lab_is_refused(shop_url, monkeypatch):
    monkeypatch.setattr("project.lab.recorder.middleware.Trace.full", lambda *arguments: {})
    assert "its lab is off" in refusal("logout", "--url", shop_url)


def test_in_production_a_shop_must_be_named(nothing_runs, settings):
    settings.PRODUCTION = True
    assert "name a running shop with --url" in refusal("logout")


# What it prints ----------------------------------------------------------------------------------------------


def test_a_run_shows_both_sides_and_findings(shop_url):
    ran = run("logout", "--url", f"{shop_url}/")
    assert (ran.status, ran.errors) == (0, "")
    assert re.search(r"^ +Session: session-db +│ Token: jwt +$", ran.said, re.MULTILINE)
    assert re.search(r"^ +owner +[A-Z]+ \S+ +\d+ .*│ \w+ +[A-Z]+ \S+ +\d+", ran.said, re.MULTILINE)
    assert re.search(r"^ +looked up session row.*│", ran.said, re.MULTILINE)
    assert re.search(r"│ +looked up nothing; 1 signature", ran.said)
    for number in EXPERIMENTS["logout"].statements:
        assert re.search(rf"^{number}  (TRUE|IT DEPENDS|FALSE)  \(as expected\)$", ran.said, re.MULTILINE)
    assert ran.said.splitlines()[-1] == "4 findings, each as expected."


def test_piped_output_is_narrow_and_plain(shop):
    for said in (run().said, run("logout", "--url", shop).said):
        assert "\x1b" not in said
        assert max(len(line) for line in said.splitlines()) <= 80


def test_colours_come_when_they_are_asked_for():
    assert "\x1b" in run(force_color=True).said


@pytest.mark.parametrize("quiet", ["--quiet", "-v0"])
def test_quiet_leaves_the_transcript_out(shop, quiet):
    said = run("logout", "--url", shop, quiet).said
    assert "27  IT DEPENDS" in said
    assert "POST logout/" not in said


def test_json_is_one_document_and_alone(shop):
    ran = run("logout", "delegation", "--json", "--url", shop)
    found = json.loads(ran.said)
    assert (ran.status, ran.errors) == (0, "")
    assert {"Django", "Django REST framework", "PyJWT", "joserfc", "granian", "Python"} < set(found["versions"])
    assert (found["server"], found["as_expected"], found["broken"]) == (shop, True, {})
    assert [result["experiment"] for result in found["results"]] == ["logout", "delegation"]
    assert {finding["number"] for finding in found["results"][0]["findings"]} == EXPERIMENTS["logout"].statements.keys()


# The exit status ---------------------------------------------------------------------------------------------


def test_an_unexpected_finding_gives_status_1(shop_url, expected_otherwise):
    ran = run("logout", "--url", shop_url)
    assert ran.status == 1
    assert "27  IT DEPENDS  (NOT AS EXPECTED, which is: false)" in ran.said
    last = "4 findings, not as expected: 27 (logout) it depends, expected false."
    assert " ".join(ran.said.split()).endswith(last)


def test_with_json_the_summary_is_an_error_line(shop_url, expected_otherwise):
    ran = run("logout", "--json", "--url", shop_url)
    assert ran.status == 1
    assert not json.loads(ran.said)["as_expected"]
    assert "27 (logout) it depends, expected false" in ran.errors


def test_a_broken_logout_gives_status_1(shop_url, monkeypatch):
    monkeypatch.setattr("django.contrib.sessions.backends.base.SessionBase.flush", lambda self: None)
    ran = run("logout", "--quiet", "--url", shop_url)
    assert ran.status == 1
    assert "4 findings, not as expected: " in ran.said


def test_a_failed_experiment_does_not_stop_others(shop_url, expiry_fails):
    ran = run("expiry", "logout", "--url", shop_url)
    assert ran.status == 1
    assert "expiry failed: LookupError: no such luck" in ran.said
    assert "27  IT DEPENDS  (as expected)" in ran.said
    assert ran.said.splitlines()[-1] == "4 findings, failed: expiry."
    assert not User.objects.filter(email=MARK).exists()


# The report --------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page has: its tags with their attributes, its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attributes]

    def handle_data(self, data):
        self.text += data


def reported(tmp_path, *arguments):
    file = tmp_path / "report.html"
    run(*arguments, "--quiet", "--report", str(file))
    return Page(file.read_text("utf-8"))


def test_the_report_has_findings_date_versions(shop, tmp_path):
    page = reported(tmp_path, "logout", "delegation", "--url", shop)
    for name in ("logout", "delegation"):
        for number, statement in EXPERIMENTS[name].statements.items():
            assert ("article", "id", f"statement-{number}") in page.attributes
            assert f"“{statement.says}”" in page.text
    assert "Each finding is as expected." in page.text
    for words in ("Date", "Django", "PyJWT", "joserfc", "granian", shop, "/api/session-signed_cookies/logout/"):
        assert words in page.text


def test_the_report_is_one_file_without_script(shop, tmp_path):
    page = reported(tmp_path, "logout", "--url", shop)
    assert not {"script", "link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert not [found for found in page.attributes if found[1] in ("src", "srcset", "style", "action")]
    assert not [found for found in page.attributes if found[1] == "href" and not found[2].startswith("#")]
    assert not re.search(r"@import|url\(", page.text)
    assert "prefers-color-scheme: dark" in page.text


def test_the_report_links_only_to_what_is_in_it(shop, tmp_path):
    page = reported(tmp_path, "logout", "--url", shop)
    targets = {f"#{value}" for _, name, value in page.attributes if name == "id"}
    assert {value for _, name, value in page.attributes if name == "href"} <= targets


def test_the_report_says_what_is_unexpected_or_failed(shop_url, tmp_path, expected_otherwise, expiry_fails):
    text = " ".join(reported(tmp_path, "logout", "expiry", "--url", shop_url).text.split())
    assert "Not every finding is as expected." in text
    assert "The experiment expiry failed: LookupError: no such luck" in text
    assert "Expected: false." in text


def test_the_report_escapes_everything(shop_url, tmp_path, monkeypatch):
    bad = "<script>alert(1)</script>"

    def run(lab):
        lab.step(bad)
        lab.note(bad, bad)
        lab.client(bad, "jwt").get("me/")
        for number in EXPERIMENTS["logout"].statements:
            lab.case(number, bad, True, bad)

    monkeypatch.setattr(logout, "run", run)
    page = reported(tmp_path, "logout", "--url", shop_url)
    assert "script" not in page.tags
    assert page.text.count(bad) >= 4 + 2 * len(logout.STATEMENTS)


def test_an_unwritable_report_is_refused_first(nothing_runs, tmp_path):
    assert "Is a directory" in refusal("logout", "--url", NOWHERE, "--report", str(tmp_path))
    missing = tmp_path / "missing" / "report.html"
    assert "No such file or directory" in refusal("logout", "--url", NOWHERE, "--report", str(missing))


def test_without_a_run_there_is_no_report(silent_url, tmp_path):
    file = tmp_path / "report.html"
    refusal("logout", "--url", silent_url, "--report", str(file))
    assert not file.exists()


# A server of its own -----------------------------------------------------------------------------------------


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the command as a process of its own, with a database of its own."""

    def start(*arguments, **environment):
        environment = {"VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"], **environment}
        command = [sys.executable, ROOT / "manage.py", "lab", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=environment, **pipes)  # noqa: S603

    return start


def is_served(url):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0


@pytest.mark.servers
def test_without_an_address_it_starts_a_server(start):
    process = start("forgetting", "--json")
    said, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    found = json.loads(said)
    assert found["as_expected"]
    assert not is_served(found["server"])


@pytest.mark.servers
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_ends_the_server_too(start, tmp_path, name):
    process = start("all")
    url = re.match(r"The shop at (\S+), ", process.stdout.readline())[1]
    assert is_served(url)
    process.send_signal(getattr(signal, name))
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "Stopped.\n")
    assert not is_served(url)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        assert database.execute("SELECT * FROM accounts_user").fetchall() == []


@pytest.mark.parametrize(("times", "done"), [(1, ["begun", "cleaned up"]), (2, ["begun"])])
def test_a_second_ctrl_c_does_not_wait(times, done):
    did = []

    def experiment():
        with finished_first():
            did.append("begun")
            for _ in range(times):
                signal.raise_signal(signal.SIGINT)
            did.append("cleaned up")

    with pytest.raises(KeyboardInterrupt):
        experiment()
    assert did == done


@pytest.mark.servers
def test_a_poor_terminal_shows_the_rest(start):
    process = start("forgetting", PYTHONIOENCODING="ascii")
    said, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert "| Token" in said


def test_a_server_that_cannot_start_is_told():
    running = Server("nothing:there", log=subprocess.DEVNULL)
    with pytest.raises(CommandError, match="own server could not start"):
        wait_until_up(running)
    running.end()


def test_its_own_server_sells_the_demos_products(db, monkeypatch):
    monkeypatch.setattr(command, "own_server", lambda: None)
    command.Command().server()
    assert Product.objects.filter(name="Headphones").exists()
    assert not User.objects.exists()
