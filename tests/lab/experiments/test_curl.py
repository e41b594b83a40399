"""Ten minutes with curl: each line of the API's README is run, and answers as it says."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

from tests.lab.demo.demo import Demo

pytestmark = pytest.mark.servers
README = (settings.BASE_DIR / "project" / "api" / "README.md").read_text()
SECTION = README[README.index("## Ten minutes with curl") :]
LINES = [line for fence in re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL) for line in fence.splitlines()]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What the lines print, in one list per line."""
    assert shutil.which("curl"), "This test needs curl: apt-get install curl"
    directory = tmp_path_factory.mktemp("curl")
    with Demo(directory) as demo:
        lines = [line.replace("127.0.0.1:8000", f"127.0.0.1:{demo.port}") for line in LINES]
        script = "\n".join(f"{line}\necho '=== {number}'" for number, line in enumerate(lines))
        out = subprocess.check_output(["bash", "-euo", "pipefail"], input=script, cwd=directory, text=True)  # noqa: S607
    return [part.splitlines() for part in re.split(r"=== \d+\n", out)[:-1]]


def test_each_line_answers_with_the_status_it_names(said):
    named = {number: line.split("  # ")[1] for number, line in enumerate(LINES) if "  # " in line}
    assert len(named) >= 14
    assert {number: said[number][-1] for number in named} == named


def test_the_token_is_bigger_than_the_cookie(said):
    cookie, token = [int(out[0].split()[0]) for line, out in zip(LINES, said, strict=True) if "size_request" in line]
    assert cookie < token


def test_a_session_costs_two_queries_a_token_none(said):
    timing = [out[0] for line, out in zip(LINES, said, strict=True) if "server-timing" in line]
    assert [re.search(r'auth;[^,]*desc="(\d+) statements"', line)[1] for line in timing] == ["2", "0"]
