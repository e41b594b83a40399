"""Each scheme of the list follows the protocol, and is named where it must be and nowhere else."""

import inspect
import re
from operator import attrgetter
from pathlib import Path

import pytest

from accounts.schemes import Scheme, schemes

ROOT = Path(__file__).parents[2]
TOP = ("project", "accounts", "shop", "templates", "tests")
CODE = {".py", ".html", ".js", ".mjs", ".css", ".json", ".toml"}


@pytest.mark.parametrize("scheme", schemes(), ids=attrgetter("name"))
def test_it_follows_the_protocol(scheme):
    assert isinstance(scheme, Scheme)
    assert re.fullmatch("[a-z][a-z_-]+", scheme.name)
    assert scheme.title
    assert scheme.about.endswith(".")
    assert (scheme.side, scheme.carrier) in {("session", "cookie"), ("token", "cookie"), ("token", "header")}
    assert scheme.needs_csrf == (scheme.carrier == "cookie")
    assert bool(scheme.cookies) == (scheme.carrier == "cookie")


@pytest.mark.parametrize("scheme", schemes(), ids=attrgetter("name"))
def test_authenticate_is_written_here(scheme):
    path = Path(inspect.getsourcefile(type(scheme).authenticate))
    assert path.relative_to(ROOT).parts[0] in ("accounts", "project")


def test_it_is_named_in_few_places():
    """As for any other: its module, the list, what is about it alone, and what teaches it."""
    scheme = next(scheme for scheme in schemes() if scheme.refreshes and scheme.ends_at_once)
    module = Path(inspect.getsourcefile(type(scheme))).relative_to(ROOT)
    expected = {"project/settings.py", module.as_posix(), f"tests/accounts/test_{module.name}"}
    teaching = ("project/lab/experiments/", "tests/lab/experiments/", "templates/lab/lessons/")
    name = re.compile(scheme.name.replace("-", "."))
    files = [path for top in TOP for path in (ROOT / top).rglob("*") if path.suffix in CODE]
    naming = {path.relative_to(ROOT).as_posix() for path in files if name.search(path.read_text())}
    assert {path for path in naming if not path.startswith(teaching)} == expected
