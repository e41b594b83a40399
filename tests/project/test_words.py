"""Words that are no longer used, and what to say instead: one word for one thing, and plain sentences."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("README.md", "CHANGELOG.md", "accounts", "project", "shop", "templates", "tests")
TEXTS = {".py", ".md", ".html", ".js", ".mjs", ".css"}
NOWHERE = ()

# What is not said -> (what is said, where it may be said all the same: parts of paths).
WORDS = {
    r"\bdoors?\b": ("scheme, mount, view, endpoint, session store", NOWHERE),
    r"\b(buy|buys|buying|bought|purchases?)\b": ("refresh, exchange", ("/shop/", "settings.py", "demo/seed.py")),
    r"\bbeliev\w+": ("trust, verify, accept", NOWHERE),
    r"\bwhoever\b": ("anyone who, the client that", ("lab/experiments/",)),  # their reasons quote
    r"\bbut for\b": ("except, without", NOWHERE),
    r"\bdearer\b": ("more expensive", NOWHERE),
    r"\btold[ _]apart\b": ("significant", NOWHERE),
    r"\b(undecided|again_of)\b": ("no significant difference, control_name", NOWHERE),
    r"\b(KnowsItsUser|StrictKey|OnlyOne|log_in_first|costs_in_words)\b": ("the names of today", NOWHERE),
    r"\bcome in: open|\bgo out: end": ("log in, log out", NOWHERE),
}


@cache
def lines():
    """Return (path, line) of every text, this one excepted."""
    files = [file for place in PLACES for file in [ROOT / place, *(ROOT / place).rglob("*")] if file.suffix in TEXTS]
    return [
        (f"/{file.relative_to(ROOT).as_posix()}", line.strip())
        for file in files
        if file != Path(__file__)
        for line in file.read_text().splitlines()
    ]


@pytest.mark.parametrize("word", WORDS)
def test_word_is_no_longer_used(word):
    instead, allowed = WORDS[word]
    found = [(path, line) for path, line in lines() if re.search(word, line, re.IGNORECASE)]
    used = [f"{path}: {line}" for path, line in found if not any(part in path for part in allowed)]
    assert used == [], f"say: {instead}"
