"""`.ci/newest_python`: on which Python the checks run the newest Django."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci/newest_python"


@pytest.fixture
def python(tmp_path):
    """Return a function that makes an interpreter of a version, and its path."""

    def python(path, version):
        path = tmp_path / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{version and f'echo {version}'}\n")
        path.chmod(0o700)
        return str(path)

    return python


@pytest.fixture
def newest(tmp_path):
    """Return a function that runs the script where only these interpreters are at hand."""

    def newest(**environment):
        at_hand = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "PYENV_ROOT": f"{tmp_path}/pyenv", **environment}
        return subprocess.run([SCRIPT], env=at_hand, capture_output=True, text=True, check=True).stdout  # noqa: S603

    return newest


def test_it_asks_for_the_version(newest):
    version, path = newest(PYTHONS=sys.executable).split()
    asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert asked == f"Python {version}\n"
    assert tuple(map(int, version.split("."))) >= sys.version_info[:3]


@pytest.mark.parametrize(
    "path", ["bin/python3", "bin/python3.100", "pyenv/versions/new/bin/python", "elsewhere/python"]
)
def test_it_looks_in_each_place(python, newest, path):
    python("bin/python3.9", "3.9.1")
    at = python(path, "3.100.0")
    assert newest(PYTHONS=f"/nowhere/python:{at}" if "elsewhere" in path else "") == f"3.100.0 {at}\n"


def test_ten_is_newer_than_nine(python, newest):
    pythons = [python(f"elsewhere/{number}", f"3.{number}.0") for number in (109, 1010, 99)]
    assert newest(PYTHONS=":".join(pythons)) == f"3.1010.0 {pythons[1]}\n"


@pytest.mark.parametrize("name", ["python3.100-config", "python3.100t", "python3-old"])
def test_only_pythons_are_asked(python, newest, name):
    at = python(f"bin/{name}", "3.100.0")
    assert at not in newest()


@pytest.mark.parametrize("version", ["", "3.100.0; exit 1"])
def test_unusable_python_is_passed_over(python, newest, version):
    at = python("bin/python3.100", version)  # as an alpha release, one without venv, a shim of pyenv
    assert at not in newest()
