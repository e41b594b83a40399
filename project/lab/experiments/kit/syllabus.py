"""The syllabus: what an honest run is expected to find on each statement, why, and who settles it."""

import tomllib
from pathlib import Path


def read():
    """Return {"statements": {number: {"expected", "because", "settled"}}, "go_on": {experiment: question}}."""
    syllabus = tomllib.loads(Path(__file__).with_name("syllabus.toml").read_text("utf-8"))
    return syllabus | {"statements": {int(number): entry for number, entry in syllabus["statements"].items()}}


SYLLABUS = read()
