"""Words that are no longer used, what to say instead, and where: one word for one thing, and plain sentences."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = {".py", ".md", ".html", ".js", ".mjs", ".css", ".toml"}
DOCUMENTS = ("README.md", "project/README.md", "project/decisions.md", "project/lab/README.md", "tests/README.md")
EVERYWHERE = ("README.md", "CHANGELOG.md", "project", "accounts", "shop", "templates", "tests")
EXPERIMENTS = ("project/lab/experiments",)  # the reasons there are sentences of another kind
ROOMS = ("recorder", "compare", "inspector", "experiments", "capacity", "benchmark", "mounts", "processes")
NOT_IN_THE_SHOP = (*DOCUMENTS, "accounts", "project/api", *(f"project/lab/{room}" for room in ROOMS))

# What is not said -> (what is said, where, where not).
WORDS = {
    "doors?": ("scheme, mount, view, endpoint, session store", EVERYWHERE, ()),
    "buy|buys|buying|bought|purchases?": ("refresh, exchange", NOT_IN_THE_SHOP, ()),
    "successors?": ("the next token", EVERYWHERE, ()),
    "believ(e|es|ed|ing)": ("trust, verify", EVERYWHERE, EXPERIMENTS),
    "call(ed)? back": ("revoke", EVERYWHERE, ()),
    "asks? nobody|asking nobody": ("looks nothing up", EVERYWHERE, EXPERIMENTS),
    "look-ups?": ("lookup", EVERYWHERE, ()),
    "whoever": ("anyone who, the client that", EVERYWHERE, EXPERIMENTS),
    "but for": ("except", EVERYWHERE, ()),
    "by itself": ("automatically, on its own", EVERYWHERE, EXPERIMENTS),
    "dearer": ("more expensive", EVERYWHERE, ()),
    "told apart": ("significant", EVERYWHERE, ()),
    "undecided": ("no significant difference", EVERYWHERE, ()),
    "broke off|breaks off": ("failed", EVERYWHERE, ()),
    "to go on with": ("next question", EVERYWHERE, ()),
    "at a stretch": ("per visit", EVERYWHERE, ()),
    "twin page|step,? two": ("Compare", EVERYWHERE, ()),
    "made up afresh": ("generated", EVERYWHERE, ()),
    "KnowsItsUser|StrictKey|OnlyOne|log_in_first|costs_in_words|again_of": ("see the code", EVERYWHERE, ()),
    "come in: open|go out: end": ("log in, log out", EVERYWHERE, ()),
    "house": ("BenchmarkEnvironment", ("project/lab/benchmark",), ()),
}


def texts(places, left_out):
    """Return the files with text in some folders, this one excepted."""
    for place in places:
        path = ROOT / place
        for file in [path] if path.is_file() else path.rglob("*"):
            name = file.relative_to(ROOT).as_posix()
            if file.suffix in TEXTS and file != Path(__file__) and not name.startswith(left_out):
                yield file


@pytest.mark.parametrize("word", WORDS)
def test_word_is_no_longer_used(word):
    instead, places, left_out = WORDS[word]
    # A name holds words, too: look_up.
    pattern = re.compile(rf"(?<![a-z])(?:{word.replace(' ', '[ _-]')})(?![a-z])", re.IGNORECASE)
    used = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in texts(places, left_out)
        for line in file.read_text().splitlines()
        if pattern.search(line)
    ]
    assert used == [], f"say: {instead}"
