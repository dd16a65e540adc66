"""The shape that measures need, made from the frozen items of a round."""

from collections.abc import Sequence

from assessments.measures.answers import FIVE_POINTS
from assessments.measures.quick_test import QUICK_TEST_POINTS
from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape
from assessments.measures.thresholds import has_dimension_score, min_answered_for
from assessments.models.rounds import RoundItem

# Level words and readings are about how often something is seen, so only this scale has them.
SCALE_WITH_READINGS = "freq5"
SCALE_OF_QUICK_TEST = "test4"


def make_shape(
    instrument_code: str, scale_code: str, items: Sequence[RoundItem]
) -> InstrumentShape:
    """The shape of one instrument; `items` stand in the order of the matrix's columns."""
    return InstrumentShape(
        code=instrument_code,
        dimensions=tuple(
            _shape_dimension(instrument_code, code, items)
            for code in dict.fromkeys(dimension_code(item) for item in items)
        ),
        items=tuple(_shape_item(item, scale_code) for item in items),
    )


def dimension_code(item: RoundItem) -> str:
    return item.dimension.code if item.dimension else ""


def _shape_dimension(instrument: str, code: str, items: Sequence[RoundItem]) -> DimensionShape:
    statements = sum(dimension_code(item) == code for item in items)
    return DimensionShape(
        code=code,
        min_answered=min_answered_for(instrument, code, statements),
        has_score=has_dimension_score(instrument, code),
    )


def _shape_item(item: RoundItem, scale_code: str) -> ItemShape:
    statement = item.statement
    own_scale = statement.scale.code if statement and statement.scale else scale_code
    return ItemShape(
        code=item.code,
        dimension=dimension_code(item),
        reverse=bool(statement and statement.reverse),
        points=QUICK_TEST_POINTS if own_scale == SCALE_OF_QUICK_TEST else FIVE_POINTS,
        has_reading=own_scale == SCALE_WITH_READINGS,
    )
