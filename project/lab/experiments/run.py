"""Run an experiment against a shop, and put down what was found as plain data."""

import time

from django.utils import timezone

from project.lab.experiments.kit.laboratory import Laboratory
from project.lab.experiments.kit.statement import finding
from project.lab.experiments.registry import EXPERIMENTS


def run_experiment(name, url):
    """Run an experiment against the shop at `url` and return what came of it, as plain data.

    Raises NoAnswer when the shop is not there, or does not share this program's database and keys.
    """
    experiment, started = EXPERIMENTS[name], time.perf_counter()
    with Laboratory(url) as lab:
        experiment.module.run(lab)
        steps, cases = lab.transcript.steps, lab.cases
    if unknown := cases.keys() - experiment.statements.keys():
        raise ValueError(f"The experiment {name} has cases of statements that are not its own: {unknown}.")
    return {
        "experiment": name,
        "title": experiment.title,
        "question": experiment.question,
        "at": timezone.now().isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - started, 2),
        "steps": steps,
        "findings": [
            what_follows(statement, cases.get(number, [])) for number, statement in experiment.statements.items()
        ],
    }


def what_follows(statement, cases):
    """Return the finding on one statement, with the cases that it follows from and what is expected."""
    result = finding(cases)
    return {
        "number": statement.number,
        "says": statement.says,
        "finding": str(result),
        "expected": str(statement.expected),
        "as_expected": result == statement.expected,
        "cases": [case.as_dict() for case in cases],
    }


def explained(name, findings):
    """Return the findings of an experiment, each with the reason and with who settles it."""
    statements = EXPERIMENTS[name].statements
    return [
        finding | {"because": statements[finding["number"]].because, "settled": statements[finding["number"]].settled}
        for finding in findings
    ]
