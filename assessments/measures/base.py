"""Who counts: the bases of the figures, and their sizes.

Known people (those with a part in running the round) stay in every figure and leave every size.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from assessments.measures.answers import Answers, Flags, has_enough, is_on_scale
from assessments.measures.shapes import DimensionShape, InstrumentShape


def size(people: Flags, known: Flags) -> int:
    """How many of ``people`` count towards the smallest group: all but the known.

    Both have shape (people,).
    """
    return int(np.count_nonzero(people & ~known))


def as_flags(flags: ArrayLike, people: int) -> Flags:
    """``flags`` as an array of shape (people,). Raises ``ValueError`` for another length."""
    array = np.asarray(flags, dtype=bool)
    if array.shape != (people,):
        raise ValueError(f"One flag is needed for each of {people} people.")
    return array


@dataclass(frozen=True, slots=True, eq=False)
class DimensionBase:
    """The base of one dimension in one population.

    ``people`` is B(d), shape (people,); ``answered`` are B(i), shape (people, items of the
    dimension): those of B(d) who answered the item on the scale; ``answers`` are the items' turned
    answers with everyone outside B(d) made blank.
    """

    shape: DimensionShape
    columns: tuple[int, ...]
    people: Flags
    answered: Flags
    answers: Answers


def dimension_bases(shape: InstrumentShape, turned: Answers) -> tuple[DimensionBase, ...]:
    """The bases of all dimensions; ``turned`` comes from ``InstrumentShape.read``."""
    bases = []
    for dimension, columns in shape.parts():
        part = turned[:, columns]
        people = has_enough(part, dimension.min_answered)
        answers = np.where(people[:, np.newaxis], part, np.int8(-1))
        answered = is_on_scale(answers)
        bases.append(DimensionBase(dimension, tuple(columns), people, answered, answers))
    return tuple(bases)


def counted_people(bases: Iterable[DimensionBase], people: int) -> Flags:
    """Who counts: people in the base of at least one dimension; shape (people,)."""
    counted = np.zeros(people, dtype=bool)
    for base in bases:
        counted |= base.people
    return counted
