"""The shape of an instrument as it was frozen at opening: its items, dimensions and scales."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.measures.answers import FIVE_POINTS, Answers, as_answers, turn_round


@dataclass(frozen=True, slots=True)
class ItemShape:
    """One column of the answer matrix.

    ``rating`` tells two ratings of one statement apart (differences: size, handling); each is an
    item of its own. ``has_reading`` is False for scales with words of their own (pressure, size,
    handling, contact): they get no level word, no reading and no low rule.
    """

    code: str
    dimension: str
    reverse: bool = False
    points: tuple[int, ...] = FIVE_POINTS
    rating: str = ""
    has_reading: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.rating


@dataclass(frozen=True, slots=True)
class DimensionShape:
    """One dimension: how many answers put a person into its base, and whether it has a score."""

    code: str
    min_answered: int
    has_score: bool


@dataclass(frozen=True, slots=True)
class InstrumentShape:
    """One instrument. ``items`` stand in the order of the columns, ``dimensions`` in that of the
    page. Raises ``ValueError`` when an item has no dimension or stands twice.
    """

    code: str
    dimensions: tuple[DimensionShape, ...]
    items: tuple[ItemShape, ...]

    def __post_init__(self) -> None:
        dimensions = {dimension.code for dimension in self.dimensions}
        if len(dimensions) != len(self.dimensions):
            raise ValueError(f"A dimension stands twice in {self.code}.")
        if {item.dimension for item in self.items} - dimensions:
            raise ValueError(f"An item of {self.code} has no dimension.")
        if len({item.key for item in self.items}) != len(self.items):
            raise ValueError(f"An item stands twice in {self.code}.")

    def columns_of(self, dimension: DimensionShape) -> list[int]:
        """The columns of a dimension's items, in order."""
        return [place for place, item in enumerate(self.items) if item.dimension == dimension.code]

    def parts(self) -> Iterator[tuple[DimensionShape, list[int]]]:
        """Each dimension with its columns, in the order of the page."""
        for dimension in self.dimensions:
            yield dimension, self.columns_of(dimension)

    def read(self, answers: Answers) -> Answers:
        """The matrix checked against the items, with reversed items turned round.

        Raises ``ValueError`` for another number of columns and for an answer off its scale.
        """
        matrix = as_answers(answers, items=len(self.items)).copy()
        for place, item in enumerate(self.items):
            column = matrix[:, [place]]
            if not set(column[column >= 0].tolist()) <= set(item.points):
                raise ValueError(f"An answer to {item.code} is not on its scale.")
            if item.reverse:
                matrix[:, [place]] = turn_round(column, [True], item.points)
        return matrix
