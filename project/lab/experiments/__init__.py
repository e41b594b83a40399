"""The experiments, in lesson order, and how one is run.

An experiment is a module: its question as docstring, the STATEMENTS that it tests, what of this project decides them,
and `run(lab)`, which does things as clients of the shop and notes cases. What follows from the cases is the finding.
"""

import time
from dataclasses import dataclass
from importlib import import_module

from django.utils import timezone

from project.lab.experiments.kit.finding import finding
from project.lab.experiments.kit.laboratory import Laboratory
from project.lab.experiments.kit.syllabus import SYLLABUS

PARTS = {
    "A": ("Memory", ["forgetting", "signing_in", "lookups"]),
    "B": ("Integrity and secrecy", ["anatomy", "tampering", "weak_key", "algorithms", "encryption"]),
    "C": (
        "Ending",
        ["expiry", "logout", "revocation", "refresh", "stale_truth", "housekeeping"],
    ),
    "D": ("Rights", ["status_codes", "delegation", "one_token_many_services"]),
    "F": ("Scale", ["speed", "capacity"]),
}
FOLDERS = {"A": "a_memory", "B": "b_integrity", "C": "c_ending", "D": "d_rights", "F": "f_scale"}
NAMES = [name for _, names in PARTS.values() for name in names]


@dataclass(frozen=True)
class Experiment:
    """One experiment: a module, and what the syllabus says about it."""

    name: str

    @property
    def module(self):
        return import_module(f"project.lab.experiments.{FOLDERS[self.part]}.{self.name}")

    @property
    def title(self):
        return self.name.replace("_", " ").capitalize()

    @property
    def question(self):
        return self.module.__doc__.partition("\n")[0]

    @property
    def sources(self):
        """Return the standards and pages that the module names."""
        return " ".join(self.module.__doc__.partition("Source: ")[2].split()).rstrip(".")

    @property
    def statements(self):
        return self.module.STATEMENTS

    @property
    def part(self):
        return next(letter for letter, (_, names) in PARTS.items() if self.name in names)

    @property
    def go_on(self):
        """Return the question to go on with."""
        return SYLLABUS["go_on"][self.name]


EXPERIMENTS = {name: Experiment(name) for name in NAMES}


def run(name, url):
    """Run an experiment against the shop at `url` and return what came of it, as plain data.

    Raises NoAnswer when the shop is not there, or does not share this program's database and keys.
    """
    experiment, started = EXPERIMENTS[name], time.perf_counter()
    with Laboratory(url) as lab:
        experiment.module.run(lab)
        steps, cases = lab.steps, lab.cases
    return {
        "experiment": name,
        "title": experiment.title,
        "question": experiment.question,
        "at": timezone.now().isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - started, 2),
        "steps": steps,
        "findings": [
            found(number, says, cases.get(number, [])) for number, says in sorted(experiment.statements.items())
        ],
    }


def found(number, says, cases):
    """Return the finding on one statement, with the cases it follows from and what the syllabus expects."""
    result, expected = finding(cases), SYLLABUS["statements"][number]["expected"]
    return {
        "number": number,
        "says": says,
        "finding": str(result),
        "expected": expected,
        "as_expected": result == expected,
        "cases": [case.as_dict() for case in cases],
    }
