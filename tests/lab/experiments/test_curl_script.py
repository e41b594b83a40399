"""A run told in curl: lines that a shell can read, and that are answered as the run was."""

import json
import re
import shutil
import subprocess

import pytest

from project.lab.demo.seed import seed
from project.lab.experiments.curl_script import script
from project.lab.experiments.registry import NAMES
from project.lab.experiments.run import run_experiment

# In these runs nothing is aged or changed behind a client's back, and no id is used that its own lines do not get.
REPEATABLE = ["forgetting", "signing_in", "logout", "delegation"]
STATUS = re.compile(r"  # (\d{3})$", re.MULTILINE)


@pytest.fixture
def bash(tmp_path):
    """Return a function that has a script read by bash, and returns what that prints."""
    assert shutil.which("curl"), "This test needs curl: apt-get install curl"

    def bash(text, *options):
        command = ["bash", "-u", *options]
        return subprocess.check_output(command, input=text, cwd=tmp_path, text=True, stderr=subprocess.STDOUT)  # noqa: S603

    return bash


@pytest.fixture
def told(shop_url, settings):
    """Return a function that runs an experiment and tells it in curl, to be asked of the demo's accounts."""
    seed(settings.DEMO_PASSWORD, settings.DEMO_PASSWORD)
    return lambda name: script(run_experiment(name, shop_url)["steps"], shop_url)


@pytest.mark.parametrize("name", NAMES)
def test_bash_can_read_every_line(run_of, bash, name):
    text = script(run_of(name)["steps"], "http://shop.test")
    assert text.count("$SHOP") >= 3
    assert bash(text, "-n") == ""


@pytest.mark.parametrize("name", REPEATABLE)
def test_each_line_gets_the_status_it_names(told, bash, name):
    lines = told(name).splitlines()
    named = [STATUS.search(line)[1] for line in lines if STATUS.search(line)]
    marked = [f"{line}\necho ===" if STATUS.search(line) else line for line in lines]
    answers = bash("\n".join(marked)).split("===\n")[:-1]
    assert [answer.split()[-1] for answer in answers] == named


# How it is written ----------------------------------------------------------------------------------------------

SHOWS_ITS_WORDS = "curl() { printf '%s\\n' \"$@\"; }\n"


def exchange(**fields):
    nothing = {"who": "owner", "scheme": "jwt", "method": "POST", "path": "/api/jwt/cart/", "sent": {}, "body": None}
    return nothing | {"status": 200, "received": {}, "answer": None} | fields


def written(*exchanges, title="A step", notes=()):
    return script([{"title": title, "events": [*notes, *exchanges]}], "http://shop.test")


@pytest.mark.parametrize("nasty", ["it's", '"', "$(touch x)", "`touch x`", "\\", "a\nb", "{}", "# 200", "💥"])
def test_values_reach_curl_unchanged(bash, tmp_path, nasty):
    refreshed = exchange(answer={"access": "header.payload.signature"})
    for credential in ("none", "header.payload.signature"):  # without a variable in the line, and with one
        sent = {"Authorization": f"Bearer {credential}", "X-Other": nasty}
        text = written(refreshed, exchange(sent=sent, body={"label": nasty}, path=f"/api/jwt/?q={nasty}"))
        said = bash(SHOWS_ITS_WORDS + text)
        assert f"X-Other: {nasty}\n" in said
        assert f"{json.dumps({'label': nasty}, ensure_ascii=False)}\n" in said
        assert f"http://shop.test/api/jwt/?q={nasty}\n" in said
    assert not (tmp_path / "x").exists()


def test_a_remark_stays_one(bash, tmp_path):
    notes = [{"note": "two\ntouch x", "value": "and\ntouch x"}]
    bash(written(title="first\ntouch x", notes=notes))
    assert not (tmp_path / "x").exists()


def test_each_token_has_a_name_of_its_own():
    first, second = ({"access": f"access-{number}", "refresh": f"refresh-{number}"} for number in (1, 2))
    old = exchange(body={"refresh": "refresh-1"}, path="/api/jwt/refresh/")
    text = written(exchange(answer=first), exchange(answer=second), old)
    assert "owner_jwt_access_2=$(" in text
    assert text.endswith('api -d "{\\"refresh\\": \\"${owner_jwt_refresh}\\"}" "$SHOP"/api/jwt/refresh/  # 200')


def test_a_copied_cookie_needs_no_jar():
    owner = exchange(scheme="session", received={"Set-Cookie": "sessionid=abc; Path=/"})
    thief = exchange(scheme="session", who="thief", method="GET", sent={"Cookie": "sessionid=abc"})
    text = written(owner, thief)
    assert "owner_session_sessionid=$(cookie sessionid owner_session.jar)" in text
    assert 'api -b "sessionid=${owner_session_sessionid}"' in text


def test_people_have_the_names_of_the_demo(settings):
    accounts = ("owner-1f", "other-2e", "manager-3d", "owner-1f")
    text = written(*[exchange(body={"username": name, "password": "thrown away"}) for name in accounts])
    assert re.findall(r'"username": "(\w+)"', text) == ["alice", "bob", "manager", "alice"]
    assert "thrown away" not in text
    assert text.count(settings.DEMO_PASSWORD) == 4


def test_a_page_gets_a_form_and_not_json():
    agreed = exchange(path="/accounts/delegate/", body={"label": "Recipe app", "allow": "1"})
    line = "page --data-urlencode 'label=Recipe app' --data-urlencode allow=1 \"$SHOP\"/accounts/delegate/  # 200"
    assert written(agreed).endswith(line)
