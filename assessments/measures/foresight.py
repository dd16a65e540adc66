"""Foresight: how many leaders knew what most others would say about a factor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from assessments.measures.answers import as_answers
from assessments.measures.base import as_flags, size
from assessments.measures.figures import DimensionFigures
from assessments.measures.readings import Level, Reading
from assessments.measures.rounding import round_percent
from assessments.measures.thresholds import SMALLEST_GROUP

RARELY_SEEN: Final = 1
PATCHY: Final = 2
USUALLY_SEEN: Final = 3
VIEWS_DIFFER: Final = 4
FORESIGHT_POINTS: Final = (RARELY_SEEN, PATCHY, USUALLY_SEEN, VIEWS_DIFFER)

_POINT_OF: Final = {
    Level.RARELY_SEEN: RARELY_SEEN,
    Level.PATCHY: PATCHY,
    Level.USUALLY_SEEN: USUALLY_SEEN,
}


@dataclass(frozen=True, slots=True)
class ForesightFigures:
    """One factor: people who guessed, and the whole percentage of them who foresaw the result."""

    dimension: str
    shown: bool = False
    answered: int | None = None
    percent: int | None = None


def publish_foresight(
    factors: Sequence[DimensionFigures],
    answers: ArrayLike,
    known: ArrayLike,
    k: int = SMALLEST_GROUP,
) -> tuple[ForesightFigures, ...]:
    """Share of the people who foresaw each factor's published result, for the whole.

    ``answers`` has shape (people, factors): 1 rarely seen, 2 patchy, 3 usually seen, 4 views
    differ, or a missing code (left out). A factor near a cut point has two words, and either
    foresaw it. Shown where k people or more guessed (without the known, who stay in the figure)
    and the factor itself is shown. Raises ``ValueError`` for a guess off the scale, or a k below
    the smallest group.
    """
    if k < SMALLEST_GROUP:
        raise ValueError(f"The smallest group is never below {SMALLEST_GROUP}.")
    matrix = as_answers(answers, items=len(factors))
    if not set(matrix[matrix >= 0].tolist()) <= set(FORESIGHT_POINTS):
        raise ValueError("A guess is not one of the four words.")
    known = as_flags(known, len(matrix))
    figures = []
    for place, factor in enumerate(factors):
        guessed = matrix[:, place] >= 0
        results = _results(factor)
        if not results or size(guessed, known) < k:
            figures.append(ForesightFigures(factor.code))
            continue
        right = np.count_nonzero(np.isin(matrix[guessed, place], results))
        people = int(np.count_nonzero(guessed))
        percent = round_percent(int(right) / people)
        figures.append(ForesightFigures(factor.code, True, people, percent))
    return tuple(figures)


def _results(factor: DimensionFigures) -> list[int]:
    if not factor.shown:
        return []
    if factor.reading == Reading.VIEWS_DIFFER:
        return [VIEWS_DIFFER]
    return [_POINT_OF[level] for level in factor.levels]
