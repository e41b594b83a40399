"""Words that are no longer used, what to say instead, and where: one word for one thing, and plain sentences."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {".py", ".md", ".html", ".js", ".css"}
DOCUMENTS = ("README.md", "CHANGELOG.md", "project/README.md", "project/decisions.md", "tests/README.md")
NOT_IN_THE_SHOP = (*DOCUMENTS, "accounts", "project/api", "project/urls.py", "project/lab/recorder")
EVERYWHERE = (
    *NOT_IN_THE_SHOP,
    "shop",
    "templates/shop",
    "templates/accounts",
    "tests/shop",
    "tests/accounts",
    "tests/project",
    "project/lab/compare",
    "project/lab/inspector",
    "project/lab/static",
    "templates/lab/compare",
    "templates/lab/inspector",
    "templates/lab/lessons",
    "tests/browser",
    "tests/javascript",
    "tests/lab/compare",
    "tests/lab/inspector",
)

# What is not said -> (what is said, where).
WORDS = {
    r"\bdoors?\b": ("scheme, mount, view, endpoint, session store", EVERYWHERE),
    r"\b(buy|buys|buying|bought|purchases?)\b": ("refresh, exchange", NOT_IN_THE_SHOP),
    r"\bbeliev\w+": ("trust, verify", EVERYWHERE),
    r"\bwhoever\b": ("anyone who, the client that", EVERYWHERE),
    r"\bbut for\b": ("except", EVERYWHERE),
    r"\bdearer\b": ("more expensive", EVERYWHERE),
    r"\btold[ _]apart\b": ("significant", EVERYWHERE),
    r"\b(KnowsItsUser|StrictKey|OnlyOne|log_in_first|costs_in_words|again_of|of_sessions)\b": (
        "see the code",
        EVERYWHERE,
    ),
}


def texts(places):
    """Return the files with text in some folders, this one excepted."""
    for place in places:
        path = ROOT / place
        files = [path] if path.is_file() else path.rglob("*")
        yield from (file for file in files if file.suffix in TEXTS and file != Path(__file__))


@pytest.mark.parametrize("word", WORDS)
def test_word_is_no_longer_used(word):
    instead, places = WORDS[word]
    used = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in texts(places)
        for line in file.read_text().splitlines()
        if re.search(word, line, re.IGNORECASE)
    ]
    assert used == [], f"say: {instead}"
