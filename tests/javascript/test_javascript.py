"""The unit tests of the scripts, run by Node's own test runner: `node --test tests/javascript/*.test.mjs`."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node") or shutil.which("nodejs")
FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))
OLDEST = (20, 19)  # the first that reads a module without being told that it is one


@pytest.fixture(scope="module")
def node():
    """Node's path. Where it is missing or too old, say what to install."""
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True).stdout if NODE else ""  # noqa: S603
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
        pytest.skip("there is no Node.js 20.19 or newer on this machine: apt-get install nodejs")
    return NODE


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_script_passes_its_unit_tests(node, file):
    ran = subprocess.run([node, "--test", file], capture_output=True, text=True)  # noqa: S603
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not re.search(r"^# tests 0$", ran.stdout, re.MULTILINE)


def test_there_are_unit_tests():
    assert len(FILES) > 5
