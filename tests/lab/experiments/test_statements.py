"""The statements: each has an expectation, a reason and sources that can be looked up."""

import re

import pytest

from project.lab.experiments.kit.statement import Finding
from project.lab.experiments.registry import EXPERIMENTS
from tests.lab.experiments.statements import STATEMENTS

# A source names its place: a section, a requirement, or a page's title.
SOURCE = re.compile(r"RFC \d{4} section \d+(\.\d+)*|OWASP ASVS 5\.0 V\d+\.\d+\.\d+|Django documentation, .+")


@pytest.mark.parametrize("number", STATEMENTS)
def test_each_reason_has_two_or_three_sentences(number):
    statement = STATEMENTS[number]
    assert statement.expected in list(Finding)
    assert len(re.findall(r"[.?!](?=\s|$)", statement.because)) in (2, 3)
    assert statement.because.endswith(".")
    assert "\n" not in statement.because


@pytest.mark.parametrize("number", STATEMENTS)
def test_each_source_names_its_place(number):
    settled = STATEMENTS[number].settled
    assert len(set(settled)) == len(settled)
    for source in settled:
        assert SOURCE.fullmatch(source), source


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_each_experiment_leaves_one_more_question(experiment):
    assert "?" in experiment.next_question
