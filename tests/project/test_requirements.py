"""What is installed for the demo is enough for it, and what lacks a package says which line installs it."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.missing_packages import MODULES

ROOT = Path(__file__).parents[2]
MORE = ["tests/requirements.txt", "project/lab/benchmark/requirements.txt"]
WITHOUT = """
import sys

class Missing:
    def find_spec(name, path, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing)
sys.argv = {argv!r}
{run}
"""
PYTEST = "import pytest; sys.exit(pytest.main())"
MANAGE = "import runpy; runpy.run_path('manage.py', run_name='__main__')"


def required(file):
    return set(re.findall(r"^([\w-]+)", (ROOT / file).read_text().lower().replace("_", "-"), re.MULTILINE))


def modules_of(distributions):
    return {module for module, names in packages_distributions().items() if distributions & {*map(str.lower, names)}}


def imported(path):
    """Return the packages that a module imports when it is loaded."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found


def test_requirements_suffice():
    more = modules_of({name for file in MORE for name in required(file)} - required("requirements.txt"))
    assert more >= MODULES
    folders = ["accounts", "shop", "project", "tests/shop", "tests/accounts"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")] + [*(ROOT / "tests").glob("*.py")]
    benchmark = ROOT / "project" / "lab" / "benchmark"
    needing = [path for path in files if benchmark not in path.parents and imported(path) & more]
    assert needing == []


def test_each_version_is_pinned():
    for file in ["requirements.txt", *MORE]:
        lines = [line for line in (ROOT / file).read_text().splitlines() if line and line[0] not in "#-"]
        assert lines
        assert [line for line in lines if not re.match(r"[\w\[\],-]+==\S", line)] == []


def run_without(package, run, *argv):
    code = WITHOUT.format(package=package, argv=["", *argv], run=run)
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)  # noqa: S603


def test_missing_package_stops_no_other():
    options = ["--collect-only", "-q", "-p", "no:hypothesispytest", "-p", "no:schemathesis"]
    files = ["tests/project/api/test_generated_input.py", "tests/shop/test_orders.py"]
    done = run_without("hypothesis", PYTEST, *options, *files)
    assert "No module named 'hypothesis': .venv/bin/pip install -r tests/requirements.txt" in done.stdout
    assert "tests/shop/test_orders.py::" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("package", ["psutil", "pycurl"])
def test_benchmark_names_what_it_lacks(package):
    done = run_without(package, MANAGE, "benchmark", "session")
    line = f"No module named '{package}': .venv/bin/pip install -r project/lab/benchmark/requirements.txt\n"
    assert done.stderr == line
    assert done.returncode == 1
