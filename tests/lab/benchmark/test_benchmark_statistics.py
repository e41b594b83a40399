"""What the benchmark may say of figures, and what it may not."""

import random

import pytest

from project.lab.benchmark.statistics import Estimate, estimate, percentiles, ratio, verdict

QUIET = Estimate(1.0, 0.98, 1.02, 10)


def noisy(middle, rounds=12, seed=1):
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [middle * draw.lognormvariate(0, 0.1) for _ in range(rounds)]


def test_median_is_in_its_interval():
    found = estimate([5.0, 1.0, 3.0, 2.0, 4.0])
    assert found.median == 3.0
    assert found.low <= 3.0 <= found.high
    assert found == estimate([5.0, 1.0, 3.0, 2.0, 4.0])


def test_most_intervals_cover_the_truth():
    covering = [estimate(noisy(1.0, rounds=15, seed=seed)) for seed in range(100)]
    assert sum(found.low <= 1.0 <= found.high for found in covering) >= 85


def test_more_rounds_narrow_the_interval():
    few, many = estimate(noisy(1.0, rounds=6)), estimate(noisy(1.0, rounds=200))
    assert many.high - many.low < few.high - few.low


def test_one_round_has_no_width():
    assert estimate([7.0]) == Estimate(7.0, 7.0, 7.0, 1)


def test_ratio_is_taken_round_by_round():
    machine = [1.0, 3.0, 0.5, 10.0]  # how slow the machine was in each round
    found = ratio([1.2 * slow for slow in machine], [1.0 * slow for slow in machine])
    assert (found.low, found.high) == (pytest.approx(1.2), pytest.approx(1.2))


def test_unequal_rounds_are_refused():
    with pytest.raises(ValueError, match="zip"):
        ratio([1.0, 2.0], [1.0])


def test_significant_differences():
    assert verdict(Estimate(0.8, 0.75, 0.85, 10), QUIET) == "cheaper"
    assert verdict(Estimate(1.2, 1.15, 1.25, 10), QUIET) == "more expensive"


@pytest.mark.parametrize(
    ("found", "control"),
    [
        (Estimate(1.0, 0.99, 1.01, 10), QUIET),
        (Estimate(1.03, 1.01, 1.05, 10), QUIET),  # its interval begins inside the noise
        (Estimate(0.8, 0.75, 0.85, 10), Estimate(1.1, 0.95, 1.3, 10)),  # a run as noisy as that shows nothing
        (Estimate(0.8, 0.75, 0.85, 10), Estimate(0.7, 0.7, 0.7, 10)),  # in whichever direction the noise went
    ],
)
def test_no_winner_inside_the_noise(found, control):
    assert verdict(found, control) == "no significant difference"


def test_variant_does_not_beat_itself():
    control = ratio(noisy(1.0, seed=1), noisy(1.0, seed=2))
    assert verdict(ratio(noisy(1.0, seed=3), noisy(1.0, seed=2)), control) == "no significant difference"
    assert verdict(ratio(noisy(2.0, seed=3), noisy(1.0, seed=2)), control) == "more expensive"


@pytest.mark.parametrize(("rounds", "said"), [(4, "no significant difference"), (5, "cheaper")])
def test_no_winner_below_five_rounds(rounds, said):
    assert verdict(ratio([1.0] * rounds, [2.0] * rounds), ratio([1.0] * rounds, [1.0] * rounds)) == said


def test_percentiles_are_measured_values():
    assert percentiles(range(1, 101)) == {"p50": 50, "p95": 95, "p99": 99}
    assert percentiles([7]) == {"p50": 7, "p95": 7, "p99": 7}
