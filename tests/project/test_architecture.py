"""The shape of the project: what may import what."""

import ast
from pathlib import Path

import pytest

from shop import urls

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


def test_shop_imports_no_scheme():
    assert importers_of("shop", "accounts", "project.lab") == []


def test_accounts_imports_no_shop():
    assert importers_of("accounts", "shop", "project.lab") == []


def test_nothing_imports_the_lab():
    outside = [name for name in importers_of("project", "project.lab") if not name.startswith("project/lab/")]
    assert outside == []


def test_two_modules_name_the_lab():
    code = [path for package in ("project", "accounts", "shop") for path in modules(package)]
    outside = [path for path in code if ROOT / "project" / "lab" not in path.parents]
    naming = [str(path.relative_to(ROOT)) for path in outside if names_the_lab(path)]
    assert sorted(naming) == ["project/settings.py", "project/urls.py"]


def names_the_lab(path):
    """Say whether a string of a module, other than a docstring, names a part of the lab."""
    return any(text.startswith("project.lab") for text in strings_of(path))


def test_api_frame_imports_no_shop():
    assert importers_of("project/api", "shop", "project.lab") == []


def test_only_accounts_imports_jwt():
    assert importers_of("shop", "jwt", "rest_framework_simplejwt") == []
    # The benchmark compares with the libraries, a mount of the lab shows it as it comes, one
    # experiment asks what it checks for you.
    lab = ("benchmark/stock.py", "benchmark/verify_cost.py", "experiments/c_ending/expiry.py", "mounts/simplejwt.py")
    knowing = {f"project/lab/{name}" for name in lab}
    assert set(importers_of("project", "jwt", "rest_framework_simplejwt")) == knowing


def test_nothing_imports_stock():
    # Only a server of the benchmark loads it, by the name in its settings.
    assert importers_of("project", "project.lab.benchmark.stock", "project.lab.benchmark.stock_settings") == []


@pytest.mark.parametrize("word", ["jwt", "bearer", "token", "session", "cookie", "csrf", "request.auth", ".meta"])
def test_shop_mentions_no_scheme(word):
    lines = [line for path in modules("shop") for line in path.read_text().splitlines() if word in line.casefold()]
    assert lines == []


def test_accounts_spells_no_shop_route():
    routes = [*urls.api(lambda area: {}, dict), *urls.public, *urls.html]
    spellings = {str(route.pattern) for route in routes} | {route.name for route in routes}
    texts = {text for path in modules("accounts") for text in strings_of(path)}
    assert texts & spellings == {""}


def strings_of(path):
    """Return the strings of a module."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    return {constant for constant in constants if isinstance(constant, str)}


def test_top_level_is_fixed():
    written_by_the_program = {"var", "__pycache__"}
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert names - written_by_the_program == {
        *("manage.py", "project", "accounts", "shop", "templates", "tests", "requirements.txt"),
        *("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"),
    }
