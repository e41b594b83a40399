"""What may be said of the figures: medians with intervals, ratios round by round, and no winner inside the noise.

Rounds differ by what else the machine does, so ratios are taken within each round, where both sides met the same
machine, and only then summarised. The interval is the percentile bootstrap's: rounds drawn again and again with
replacement, and the middle 95 % of the medians that come out.
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


@dataclass(frozen=True)
class Estimate:
    """A median, the interval that it is believed to lie in, and from how many rounds."""

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
    """Return how far from 1 a ratio goes by itself, as a factor, from the ratio of one variant to itself (A/A)."""
    return max(abs(math.log(control.low)), abs(math.log(control.high)), abs(math.log(control.median)))


def verdict(found, control):
    """Return "cheaper", "dearer", or "undecided" where one cannot tell it from noise.

    A difference is named only from enough rounds, and when the whole interval lies beyond what the same variant under
    two names showed.
    """
    if min(found.rounds, control.rounds) < ENOUGH:
        return "undecided"
    margin = noise(control)
    if math.log(found.high) < -margin:
        return "cheaper"
    if math.log(found.low) > margin:
        return "dearer"
    return "undecided"


def percentiles(values):
    """Return p50, p95 and p99 by the nearest rank."""
    ordered = sorted(values)
    return {f"p{p}": ordered[max(0, math.ceil(len(ordered) * p / 100) - 1)] for p in (50, 95, 99)}
