"""Reliability of a dimension, for editors: pooled over partnerships, never for a single one.

Closing adds each partnership's sums to those of the edition; the figures come from the sums.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessments.measures.answers import Answers, Floats, is_on_scale
from assessments.measures.thresholds import RELIABILITY_PARTNERSHIPS, RELIABILITY_PEOPLE

ROUNDS_OF_FACTORING = 500


@dataclass(frozen=True, slots=True, eq=False)
class ReliabilitySums:
    """Running sums of one dimension over people who answered all of its statements.

    ``sums`` has shape (items,), ``products`` (items, items): sums of answers and of products of
    two answers. A person's total is the sum of the answers; ``between`` sums, over partnerships,
    the squared sum of totals divided by the number of people; ``squared_sizes`` the squared
    numbers of people. The sums of a single partnership would tell much about its people: add
    them at once and keep only the result.
    """

    people: int
    partnerships: int
    sums: NDArray[np.int64]
    products: NDArray[np.int64]
    between: float
    squared_sizes: int

    def __add__(self, other: "ReliabilitySums") -> "ReliabilitySums":
        """Both together. Raises ``ValueError`` for another number of items."""
        if self.sums.shape != other.sums.shape:
            raise ValueError("Sums of dimensions with different statements cannot be added.")
        return ReliabilitySums(
            self.people + other.people,
            self.partnerships + other.partnerships,
            self.sums + other.sums,
            self.products + other.products,
            self.between + other.between,
            self.squared_sizes + other.squared_sizes,
        )


@dataclass(frozen=True, slots=True)
class Reliability:
    """Coefficients; ``None`` where one is not defined (one item, no variance, no fit)."""

    people: int
    partnerships: int
    alpha: float | None
    omega: float | None
    icc1: float | None
    icc2: float | None


def sum_partnership(answers: Answers) -> ReliabilitySums:
    """The sums of one partnership; ``answers`` has shape (people, items of the dimension), turned.

    Only people who answered every item on the scale enter; a partnership without any adds nothing
    and is not counted.
    """
    complete = answers[is_on_scale(answers).all(axis=1)].astype(np.int64)
    people = len(complete)
    total = int(complete.sum())
    return ReliabilitySums(
        people=people,
        partnerships=int(people > 0),
        sums=complete.sum(axis=0),
        products=complete.T @ complete,
        between=total**2 / people if people else 0.0,
        squared_sizes=people**2,
    )


def measure_reliability(sums: ReliabilitySums) -> Reliability | None:
    """Alpha, omega, ICC(1) and ICC(2) of a dimension; ``None`` below 30 people or 10 partnerships.

    Alpha and omega say how far the statements go together over all people; ICC(1) how much of
    the difference between people's totals lies between partnerships, ICC(2) how reliable the
    mean of a partnership is.
    """
    if sums.people < RELIABILITY_PEOPLE or sums.partnerships < RELIABILITY_PARTNERSHIPS:
        return None
    covariance = _covariance(sums)
    icc1, icc2 = intraclass(sums)
    return Reliability(
        sums.people, sums.partnerships, alpha(covariance), omega(covariance), icc1, icc2
    )


def alpha(covariance: Floats) -> float | None:
    """Cronbach's alpha from the covariance matrix of the items, shape (items, items).

    ``None`` for one item or no variance. Source: Cronbach (1951), Psychometrika 16(3).
    """
    items, total = len(covariance), float(covariance.sum())
    if items < 2 or total <= 0:
        return None
    return items / (items - 1) * (1 - float(np.trace(covariance)) / total)


def omega(covariance: Floats) -> float | None:
    """McDonald's omega (total) of one common factor, from the covariance matrix of the items.

    The factor is fitted by iterated principal axes. ``None`` for fewer than three items (one
    factor is then not determined), an item without variance, and where no factor fits (a loading
    that would leave an item a negative variance, or no convergence). Source: McDonald (1999),
    Test Theory, chapter 6.
    """
    variances = np.diag(covariance)
    if len(covariance) < 3 or bool((variances <= 0).any()):
        return None
    loadings = _fit_one_factor(covariance, variances)
    if loadings is None:
        return None
    common = float(loadings.sum()) ** 2
    unique = float((variances - loadings**2).sum())
    return common / (common + unique)


def _fit_one_factor(covariance: Floats, variances: Floats) -> Floats | None:
    scale = np.sqrt(variances)
    correlation = covariance / np.outer(scale, scale)
    shared = np.abs(correlation - np.eye(len(scale))).max(axis=1)
    for _ in range(ROUNDS_OF_FACTORING):
        reduced = correlation.copy()
        np.fill_diagonal(reduced, shared)
        values, vectors = np.linalg.eigh(reduced)
        if values[-1] <= 0:
            return None
        loadings = np.asarray(vectors[:, -1] * np.sqrt(values[-1]), dtype=np.float64)
        if bool((loadings**2 > 1).any()):
            return None
        if float(np.abs(loadings**2 - shared).max()) < 1e-9:
            return loadings * scale
        shared = loadings**2
    return None


def _covariance(sums: ReliabilitySums) -> Floats:
    means = sums.sums / sums.people
    spread = sums.products - sums.people * np.outer(means, means)
    return np.asarray(spread / (sums.people - 1), dtype=np.float64)


def intraclass(sums: ReliabilitySums) -> tuple[float | None, float | None]:
    """ICC(1) and ICC(2) of people's totals by one-way analysis of variance.

    Partnerships of different size enter with their typical size. ``None`` where the variance
    leaves one undefined, or with one partnership or one person in each.

    Source: Bliese (2000), in Klein & Kozlowski (eds), Multilevel Theory, Research, and Methods
    in Organizations.
    """
    total, squares = int(sums.sums.sum()), int(sums.products.sum())
    groups, people = sums.partnerships, sums.people
    if groups < 2 or people <= groups:
        return None, None
    between = (sums.between - total**2 / people) / (groups - 1)
    within = (squares - sums.between) / (people - groups)
    typical_size = (people - sums.squared_sizes / people) / (groups - 1)
    all_variance = between + (typical_size - 1) * within
    one = (between - within) / all_variance if all_variance > 0 else None
    two = (between - within) / between if between > 0 else None
    return one, two
