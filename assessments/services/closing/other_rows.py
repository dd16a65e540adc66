"""Writing figures that are no levels: the quick test, contact, candour, foresight.

All of the whole, but for contact, which is between sectors and has no number.
"""

import numpy as np
from numpy.typing import NDArray

from assessments.measures.answers import PREFER_NOT_TO_SAY
from assessments.measures.figures import DimensionFigures
from assessments.measures.foresight import publish_foresight
from assessments.measures.groups import publish_contact
from assessments.measures.published import publish_whole
from assessments.measures.quick_test import publish_quick_test
from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape
from assessments.models.results import (
    ContactFigure,
    ForesightFigure,
    InstrumentFigure,
    Result,
    StatementFigure,
)
from assessments.models.rounds import RoundItem
from assessments.services.closing.labels import read_labels, read_unnamed
from assessments.services.closing.population import InstrumentAnswers, Population
from assessments.services.closing.rows import statement_row
from assessments.services.round_items import CANDOUR, FORESIGHT

QUICK_TEST = "quick_test"
CANDOUR_FIGURE = "candour"


def write_counted(result: Result, instrument: str, counted: int | None) -> None:
    """How many counted for one instrument; the caller has made sure that it may be shown."""
    assert counted is not None
    InstrumentFigure.objects.create(result=result, instrument_code=instrument, counted=counted)


def write_quick_test(result: Result, own: InstrumentAnswers, known: NDArray[np.bool_]) -> None:
    """Counts of no, partly and yes for each question, in this order, and the suggestion."""
    if result.is_bands_only:
        return
    figures = publish_quick_test(
        own.shape, own.answers, known, result.invited or 0, result.smallest_group
    )
    if figures.counted is None:
        return
    InstrumentFigure.objects.create(
        result=result,
        instrument_code=QUICK_TEST,
        counted=figures.counted,
        suggestion=figures.suggestion or "",
    )
    StatementFigure.objects.bulk_create(
        StatementFigure(
            result=result,
            item=item,
            instrument_code=QUICK_TEST,
            dimension_code=item.dimension.code if item.dimension else "",
            code=item.code,
            order=item.order,
            counts=[question.no, question.partly, question.yes] if question.shown else None,
            dont_know=question.dont_know,
        )
        for item, question in zip(own.items, figures.questions, strict=True)
    )


def write_contact(result: Result, own: InstrumentAnswers, population: Population) -> None:
    """One row for each cell that is shown: the nearest point of the scale."""
    if result.is_bands_only or not own.items:
        return
    responses = population.responses_of(own)
    items = {item.code: item for item in own.items}
    cells = publish_contact(
        tuple(items),
        own.answers,
        read_labels(responses),
        population.known[own.rows],
        read_unnamed(responses),
        result.smallest_group,
    )
    ContactFigure.objects.bulk_create(
        ContactFigure(
            result=result,
            sector_name=str(cell.sector.label),
            item=items[cell.item],
            point=cell.point,
        )
        for cell in cells
        if cell.shown and cell.point is not None
    )


def write_candour(result: Result, own: InstrumentAnswers, population: Population) -> None:
    """The candour statement, as a checklist of one statement with words of its own."""
    column = _column_of(own.questions, CANDOUR)
    if column is None:
        return
    shape = InstrumentShape(
        code=CANDOUR_FIGURE,
        dimensions=(DimensionShape("", min_answered=1, has_score=False),),
        items=(ItemShape(CANDOUR, "", has_reading=False),),
    )
    figures = publish_whole(
        shape,
        own.asked[:, [column]],
        population.known[own.rows],
        population.invited,
        result.smallest_group,
        bands_only=result.is_bands_only,
    )
    if not figures.shown:
        return
    row = statement_row(result, CANDOUR_FIGURE, own.questions[column], figures.statements[0])
    if not result.is_bands_only:
        # Who declines answers nothing on the scale, so is not among those who count for this
        # one statement; like don't knows of a checklist they go by everybody who counts.
        row.prefer_not_to_say = int((own.asked[:, column] == PREFER_NOT_TO_SAY).sum())
    row.save()


def write_foresight(
    result: Result,
    own: InstrumentAnswers,
    dimensions: tuple[DimensionFigures, ...],
    known: NDArray[np.bool_],
) -> None:
    """For each factor that is shown, how many foresaw its published result."""
    asked = [
        (dimension, column)
        for dimension in dimensions
        if (column := _column_of(own.questions, f"{FORESIGHT}.{dimension.code}")) is not None
    ]
    if result.is_bands_only or not asked:
        return
    figures = publish_foresight(
        [dimension for dimension, _ in asked],
        own.asked[:, [column for _, column in asked]],
        known,
        result.smallest_group,
    )
    ForesightFigure.objects.bulk_create(
        ForesightFigure(
            result=result,
            dimension=own.questions[column].dimension,
            people=figure.answered,
            percent=figure.percent,
        )
        for figure, (_, column) in zip(figures, asked, strict=True)
        if figure.answered is not None and figure.percent is not None
    )


def _column_of(questions: list[RoundItem], code: str) -> int | None:
    codes = [question.code for question in questions]
    return codes.index(code) if code in codes else None
