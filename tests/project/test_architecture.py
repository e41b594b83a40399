"""The shape of the house: what may know what."""

import ast
from pathlib import Path

import pytest

from accounts import jwt_scheme, session_scheme

ROOT = Path(__file__).parents[2]


def modules(package):
    return [path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def imports(path):
    """Return the dotted names that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def importers_of(package, *forbidden):
    """Return the modules of a package that import something below one of the forbidden names."""
    return [
        str(path.relative_to(ROOT))
        for path in modules(package)
        if any(name == root or name.startswith(f"{root}.") for name in imports(path) for root in forbidden)
    ]


def test_shop_imports_no_accounts_no_lab():
    assert importers_of("shop", "accounts", "project.lab") == []


def test_accounts_imports_no_shop_no_lab():
    assert importers_of("accounts", "shop", "project.lab") == []


def test_nothing_depends_on_the_lab():
    outside = [name for name in importers_of("project", "project.lab") if not name.startswith("project/lab/")]
    assert outside == []


def test_only_accounts_imports_jwt():
    assert importers_of("shop", "jwt", "rest_framework_simplejwt") == []
    # But for the benchmark, which mounts the library's own authenticators to compare with them, and for the experiment
    # that asks what the library checks for you.
    knowing = {"project/lab/benchmark/stock.py", "project/lab/experiments/c_ending/expiry.py"}
    assert set(importers_of("project", "jwt", "rest_framework_simplejwt")) == knowing


def test_nothing_imports_stock():
    # Only a server of the benchmark loads it, by the name in its settings.
    assert importers_of("project", "project.lab.benchmark.stock", "project.lab.benchmark.stock_settings") == []


@pytest.mark.parametrize("word", ["jwt", "bearer", "token", "session", "cookie", "csrf", "request.auth", ".meta"])
def test_shop_mentions_no_scheme(word):
    lines = [line for path in modules("shop") for line in path.read_text().splitlines() if word in line.casefold()]
    assert lines == []


def test_both_schemes_have_the_same_names_in_the_same_order():
    def names(module):
        tree = ast.parse(Path(module.__file__).read_text())
        return [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]

    shared = [name for name in names(session_scheme) if name in names(jwt_scheme)]
    assert shared == [name for name in names(jwt_scheme) if name in names(session_scheme)]
    assert set(names(session_scheme)) - set(shared) == {"CsrfFailed", "CannotTell"}
    assert set(names(jwt_scheme)) - set(shared) == {"TokenUser"}


def test_the_two_schemes_are_about_as_long():
    lengths = sorted(len(Path(module.__file__).read_text().splitlines()) for module in (session_scheme, jwt_scheme))
    assert lengths[1] <= 1.5 * lengths[0]


def test_there_are_four_packages():
    packages = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert packages == {"project", "accounts", "shop", "tests"}
