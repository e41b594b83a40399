"""What a run found out: cases that were observed, and what follows from them."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Finding(StrEnum):
    """What an honest run says of a statement."""

    HOLDS = "holds"  # true as said
    DEPENDS = "depends"  # true under a condition, which the cases show
    FAILS = "fails"  # not so


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
