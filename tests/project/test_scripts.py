"""The scripts that are run by hand still run: each in short, in a process of its own."""

import subprocess
import sys

import pytest

from tests.project.documents import ROOT

# module -> (what makes it short, a line of what it prints)
SCRIPTS = {
    "tests.project.request_path": ("", "lab on, jwt: "),
    "tests.lab.recorder.recorder_cost": ("script.ROUNDS = script.REQUESTS = 1", "signals without a receiver: "),
    "project.lab.benchmark.verify_cost": ("script.ROUNDS = script.CALLS = 1", "header, then jwt.decode"),
}


@pytest.mark.parametrize("module", SCRIPTS)
def test_it_runs(module):
    short, line = SCRIPTS[module]
    code = f"import importlib; script = importlib.import_module({module!r}); {short}; script.main()"
    if not short:
        code = f"import runpy; runpy.run_module({module!r}, run_name='__main__')"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert (ran.returncode, ran.stderr) == (0, "")
    assert line in ran.stdout
