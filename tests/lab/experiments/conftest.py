"""One run of an experiment serves all tests that only read what came of it."""

import pytest

from project.lab.experiments.run import run_experiment

RUNS = {}  # {experiment: the result of a run of the shop as it is}


@pytest.fixture
def run_of(shop_url):
    """Return a function that returns the result of a run of an experiment; its accounts are gone."""

    def run_of(name):
        if name not in RUNS:
            RUNS[name] = run_experiment(name, shop_url)
        return RUNS[name]

    return run_of
