"""What the figures allow to say: medians with intervals, ratios round by round, and no winner inside the noise.

Rounds differ by what else the machine does. So a ratio is taken within each round, where both variants met the same
machine, and only then summarised. The interval is the percentile bootstrap's: rounds are drawn again and again with
replacement, and it holds the middle 95 % of their medians.
Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

import math
import random
import statistics
from dataclasses import asdict, dataclass

RESAMPLES = 1000
CONFIDENCE = 0.95
# Why: from four rounds even the widest interval, from the least to the most, misses the median one time in eight.
ENOUGH = 5  # rounds, to name a winner
CHEAPER, MORE_EXPENSIVE, NO_DIFFERENCE = "cheaper", "more expensive", "no significant difference"


@dataclass(frozen=True)
class Estimate:
    """A median, the interval around it, and the number of rounds that it is from."""

    median: float
    low: float
    high: float
    rounds: int

    @property
    def side_of_one(self):
        """Return on which side of 1, no difference, the whole interval lies: "below", "above", or "" for neither."""
        return "below" if self.high < 1 else "above" if self.low > 1 else ""

    def as_dict(self):
        return {name: round(value, 4) for name, value in asdict(self).items()}


def estimate(values, seed=0):
    """Return the Estimate of the values' median. The same values give the same interval."""
    values = list(values)
    draw = random.Random(seed)  # noqa: S311 - no secret
    medians = sorted(statistics.median(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    outside = int(RESAMPLES * (1 - CONFIDENCE) / 2)
    return Estimate(statistics.median(values), medians[outside], medians[-1 - outside], len(values))


def ratio(values, others):
    """Return the Estimate of values/others, taken round by round."""
    return estimate(value / other for value, other in zip(values, others, strict=True))


def noise(control):
    """Return how far from 1 a ratio is without a difference, as a factor: from a variant over itself (A/A)."""
    return max(abs(math.log(control.low)), abs(math.log(control.high)), abs(math.log(control.median)))


def verdict(found, control):
    """Return CHEAPER, MORE_EXPENSIVE or NO_DIFFERENCE.

    A difference is significant if there were enough rounds, and if its whole interval lies beyond what the same
    variant showed on two servers.
    """
    if not is_significant(found, control):
        return NO_DIFFERENCE
    return CHEAPER if found.high < 1 else MORE_EXPENSIVE


def is_significant(found, control):
    """Say whether a ratio lies wholly beyond the noise of the control."""
    if min(found.rounds, control.rounds) < ENOUGH:
        return False
    margin = noise(control)
    return math.log(found.high) < -margin or math.log(found.low) > margin


def percentiles(values):
    """Return p50, p95 and p99 by the nearest rank."""
    ordered = sorted(values)
    return {f"p{p}": ordered[max(0, math.ceil(len(ordered) * p / 100) - 1)] for p in (50, 95, 99)}
