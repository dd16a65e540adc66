"""The answer matrix: how an answer is a number, turning statements round, people's scores.

An answer matrix is an ``int8`` array of shape (people, items). Zero or more is an answer on the
item's own scale: 1 to 5 on five-point scales, 0 (no), 1 (partly), 2 (yes) in the quick test, 1 to
4 for foresight. A negative number is missing, and says why. So ``answers >= 0`` always and alone
means "answered on the scale".
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Answers: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]

BLANK: Final = -1
DONT_KNOW: Final = -2
NOT_APPLICABLE: Final = -3
PREFER_NOT_TO_SAY: Final = -4

MISSING_CODES: Final = (BLANK, DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY)
FIVE_POINTS: Final = (1, 2, 3, 4, 5)


def as_answers(values: ArrayLike, items: int | None = None) -> Answers:
    """``values`` as an answer matrix of shape (people, items).

    An empty list becomes a matrix of no people with ``items`` columns. Raises ``ValueError`` for
    another number of dimensions or columns, and for a negative number that is no missing code.
    """
    matrix = np.asarray(values, dtype=np.int8)
    if matrix.size == 0 and matrix.ndim < 2:
        matrix = matrix.reshape(0, items or 0)
    if matrix.ndim != 2:
        raise ValueError("An answer matrix has people as rows and items as columns.")
    if items is not None and matrix.shape[1] != items:
        raise ValueError(f"Expected {items} items, found {matrix.shape[1]}.")
    if matrix.size and int(matrix.min()) < PREFER_NOT_TO_SAY:
        raise ValueError(f"{int(matrix.min())} is neither an answer nor a missing code.")
    return matrix


def is_on_scale(answers: Answers) -> Flags:
    """True where a person answered on the scale; the shape of ``answers``."""
    return answers >= 0


def turn_round(answers: Answers, reverse: Sequence[bool], points: Sequence[int]) -> Answers:
    """Answers with the reversed items scored the other way, 6 minus the answer on 1 to 5.

    ``answers`` has shape (people, items), ``reverse`` one flag an item, ``points`` the scale of
    all of them. Missing codes stay as they are. Returns a copy. Raises ``ValueError`` when
    ``reverse`` has another length than there are items.
    """
    flags = np.asarray(reverse, dtype=bool)
    if flags.shape != (answers.shape[1],):
        raise ValueError("One reverse flag is needed for each item.")
    turned = np.where(flags & is_on_scale(answers), min(points) + max(points) - answers, answers)
    return turned.astype(np.int8)


def count_answered(answers: Answers) -> NDArray[np.intp]:
    """For each person, how many items were answered on the scale; shape (people,)."""
    return np.asarray(is_on_scale(answers).sum(axis=1), dtype=np.intp)


def has_enough(answers: Answers, min_answered: int) -> Flags:
    """For each person, whether enough items were answered on the scale; shape (people,).

    These are the people of the base B(d) when ``answers`` holds the items of one dimension. With
    a minimum of 0 nobody would need to answer: raises ``ValueError`` below 1.
    """
    if min_answered < 1:
        raise ValueError("At least one answer on the scale is needed.")
    return count_answered(answers) >= min_answered


def person_scores(answers: Answers, min_answered: int) -> Floats:
    """Each person's score: the mean of the items answered on the scale; shape (people,).

    ``answers`` holds the items of one dimension, already turned round. Don't know, not
    applicable and blanks are left out; NaN for a person with fewer than ``min_answered``.
    """
    answered = count_answered(answers)
    totals = np.where(is_on_scale(answers), answers, 0).sum(axis=1, dtype=np.int64)
    enough = has_enough(answers, min_answered)
    scores = np.full(len(answers), np.nan)
    np.divide(totals, answered, out=scores, where=enough)
    return scores
