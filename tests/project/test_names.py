"""The names of the tests are short sentences, so that a list of them can be read."""

import ast
from pathlib import Path
from statistics import median

TESTS = Path(__file__).parents[1]


def names():
    for path in TESTS.rglob("test_*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        yield from (node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_no_name_is_over_70():
    assert [name for name in names() if len(name) > 70] == []


def test_half_of_them_are_short():
    assert median(map(len, names())) <= 32
