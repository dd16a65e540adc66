"""Intervals for the mean of a finite population of which some answered."""

import math
from dataclasses import dataclass

from scipy.stats import t

from assessments.measures.thresholds import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


def half_width(sample_sd: float, answered: int, invited: int) -> float | None:
    """Half the width of the 95 % interval for the mean of all who were invited, in points.

    ``sample_sd`` divides by n - 1; ``answered`` people of ``invited``. Student's t with n - 1
    degrees of freedom, times the standard error, times the root of the share that did not answer
    (finite population correction): 0 when everyone answered, or when more did than were invited.
    ``None`` for fewer than two answers. It tells what chance alone could have done, had those who
    answered been drawn by lot; it cannot see that the unwilling may think otherwise.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., sections 2.6 to 2.8.
    """
    if answered < 2:
        return None
    missing = max(0.0, 1 - answered / max(invited, answered))
    quantile = float(t.ppf((1 + CONFIDENCE) / 2, answered - 1))
    return quantile * sample_sd * math.sqrt(missing / answered)
