"""How many lines each side needs: `accounts/README.md` shows what the script counts."""

import pytest

from tests.accounts.scheme_lines import BESIDE_ITS_MODULE, README, code_lines, counts, modules, needed_by, table

SOURCE = '''"""What it is."""

# Why it is.
NAMES = (
    "alice",
)


def greet(name):
    """Say hello."""
    return f"""Hello,
{name}!"""
'''


def test_readme_shows_the_table():
    assert table() in README.read_text(), "python -m tests.accounts.scheme_lines --write"


def test_tokens_need_three_times_the_code():
    lines = counts()
    assert 2.5 < lines["signed tokens"] / lines["sessions"] < 3.5  # as README.md says


def test_each_line_is_counted_once():
    assert sum(counts().values()) == sum(len(code_lines(path.read_text())) for path in modules().values())


def test_no_definition_is_forgotten():
    parts = {part for row in needed_by().values() for part in row}
    assert all(parts.issuperset(definitions) for definitions in BESIDE_ITS_MODULE.values())


def test_only_code_counts():
    assert code_lines(SOURCE) == {4, 5, 6, 9, 11, 12}


@pytest.mark.parametrize("source", ["", "# Nothing.\n", '"""Nothing."""\n'])
def test_nothing_has_no_lines(source):
    assert code_lines(source) == set()
