"""Level and spread of one set of values: counts, bands, mean, median, quartiles, SD, AD.

Every function takes the values of the people who count (missing ones are left out by the
function, as negative codes or NaN) and knows nothing of who may be shown what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from assessments.measures.answers import Answers, Floats
from assessments.measures.thresholds import (
    PATCHY_FROM,
    SCALE_HIGHEST,
    SCALE_LOWEST,
    USUALLY_FROM,
)

HALF_POINT_EDGES: Final = tuple(
    SCALE_LOWEST + step / 2 for step in range(2 * (SCALE_HIGHEST - SCALE_LOWEST) + 1)
)


@dataclass(frozen=True, slots=True)
class Bands:
    """People in the weak (1 and 2), middle (3) and strong (4 and 5) band."""

    weak: int
    middle: int
    strong: int

    @property
    def total(self) -> int:
        return self.weak + self.middle + self.strong


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Lower quartile, median, upper quartile, in points of the scale."""

    q1: float
    median: float
    q3: float


def count_points(column: Answers, points: Sequence[int]) -> tuple[int, ...]:
    """People on each point of the scale, in the order of ``points``.

    ``column`` has shape (people,); missing codes are left out. Raises ``ValueError`` for an
    answer that is no point of the scale.
    """
    counts = tuple(int(np.count_nonzero(column == point)) for point in points)
    if sum(counts) != int(np.count_nonzero(column >= 0)):
        raise ValueError("An answer is not on the scale of its item.")
    return counts


def count_bands(column: Answers) -> Bands:
    """People in the three bands of a five-point item; ``column`` has shape (people,)."""
    ones, twos, threes, fours, fives = count_points(column, range(1, 6))
    return Bands(ones + twos, threes, fours + fives)


def count_score_bands(scores: Floats) -> Bands:
    """People whose dimension score is under 2.5, from 2.5 to under 3.5, and from 3.5.

    ``scores`` has shape (people,); NaN (not enough answered) is left out.
    """
    known = scores[~np.isnan(scores)]
    weak = int(np.count_nonzero(known < PATCHY_FROM))
    strong = int(np.count_nonzero(known >= USUALLY_FROM))
    return Bands(weak, len(known) - weak - strong, strong)


def count_half_points(scores: Floats) -> tuple[int, ...]:
    """People in eight bins of half a point, 1.0 to under 1.5 up to 4.5 to 5.0.

    ``scores`` has shape (people,), on 1 to 5; NaN is left out.
    """
    counts, _ = np.histogram(scores[~np.isnan(scores)], bins=np.asarray(HALF_POINT_EDGES))
    return tuple(int(count) for count in counts)


def present(values: Answers | Floats) -> Floats:
    """The values that are not missing, as floats: negative codes and NaN are left out."""
    if values.dtype.kind == "f":
        return np.asarray(values[~np.isnan(values)], dtype=np.float64)
    return np.asarray(values[values >= 0], dtype=np.float64)


def mean(values: Answers | Floats) -> float | None:
    """Arithmetic mean of the values that are not missing; ``None`` when there are none."""
    here = present(values)
    return float(here.mean()) if here.size else None


def quartiles(values: Answers | Floats) -> Quartiles | None:
    """Quartiles and median by linear interpolation (Hyndman and Fan's type 7, numpy's default).

    Missing values are left out; ``None`` when there are none. Source: Hyndman & Fan (1996), The
    American Statistician 50(4).
    """
    here = present(values)
    if not here.size:
        return None
    q1, median, q3 = np.quantile(here, [0.25, 0.5, 0.75])
    return Quartiles(float(q1), float(median), float(q3))


def standard_deviation(values: Answers | Floats) -> float | None:
    """Standard deviation of these people themselves (divided by n, not n - 1).

    On five points an even spread gives 1.41 and half the group at each end 2.0, which is what
    the split threshold refers to. Missing values are left out; ``None`` when there are none.
    """
    here = present(values)
    return float(here.std()) if here.size else None


def average_deviation(values: Answers | Floats) -> float | None:
    """Average deviation about the mean (AD_M): "people differ by about so many points".

    The mean of the absolute distances from the mean, in points of the scale. Missing values are
    left out; ``None`` when there are none. Source: Burke, Finkelstein & Dusig (1999),
    Organizational Research Methods 2(1).
    """
    here = present(values)
    return float(np.abs(here - here.mean()).mean()) if here.size else None
