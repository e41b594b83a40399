"""All statements of all experiments, by their number."""

from dataclasses import replace

from project.lab.experiments.registry import EXPERIMENTS

STATEMENTS = {
    number: statement for experiment in EXPERIMENTS.values() for number, statement in experiment.statements.items()
}


def expect_otherwise(monkeypatch, number, finding):
    """Have the statement's experiment expect another finding until the test is over."""
    module = next(experiment.module for experiment in EXPERIMENTS.values() if number in experiment.statements)
    changed = [replace(one, expected=finding) if one.number == number else one for one in module.STATEMENTS]
    monkeypatch.setattr(module, "STATEMENTS", changed)
