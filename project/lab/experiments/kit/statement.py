"""A statement of the tutorials, the cases that a run observes of it, and the finding that follows from them."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Finding(StrEnum):
    """What a run says of a statement."""

    HOLDS = "holds"
    DEPENDS = "depends"  # true under a condition, which the cases show
    FAILS = "fails"

    @property
    def words(self):
        """Return how a page or the terminal says it."""
        return WORDS[self]


HOLDS, DEPENDS, FAILS = Finding
WORDS = {HOLDS: "true", DEPENDS: "it depends", FAILS: "false"}


@dataclass(frozen=True)
class Statement:
    """What tutorials say, and what is known about it.

    Args:
        expected: the finding of an honest run.
        because: why, in two or three sentences. It says nothing that a run measures: figures stand in the transcript.
        settled: who settles it: sections of standards, pages of a documentation; empty where the run alone does.
    """

    number: int
    says: str
    expected: Finding
    because: str
    settled: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """One observation about a statement: under a condition, what was seen, and whether it is as the statement says."""

    condition: str
    as_said: bool
    observed: str

    def as_dict(self):
        return asdict(self)


def finding(cases):
    """Return what follows from the cases of one statement. Raises ValueError where nothing was observed."""
    if not cases:
        raise ValueError("A statement of this experiment was not observed.")
    answers = {case.as_said for case in cases}
    if len(answers) == 2:
        return Finding.DEPENDS
    return Finding.HOLDS if True in answers else Finding.FAILS
