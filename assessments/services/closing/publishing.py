"""Writing the result: published figures as rows, and nothing that may not be shown."""

import numpy as np

from assessments.measures.figures import WholeFigures
from assessments.measures.published import publish_whole
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import Round
from assessments.services.closing.group_rows import write_groups
from assessments.services.closing.other_rows import (
    QUICK_TEST,
    write_candour,
    write_contact,
    write_counted,
    write_foresight,
    write_quick_test,
)
from assessments.services.closing.population import InstrumentAnswers, Population
from assessments.services.closing.rows import dimension_row, statement_row
from assessments.services.round_items import CONTACT


def write_result(round_: Round, population: Population, *, is_bands_only: bool) -> Result:
    """The frozen result of one audience. Below the smallest group it holds no figure at all.

    Bands alone where more answered by a join code than were in the room: then
    somebody answered more than once, and detail would lean on that.
    """
    people = int(np.count_nonzero(~population.known))
    is_shown = people >= round_.smallest_group
    result = Result.objects.create(
        round=round_,
        audience=population.audience,
        smallest_group=round_.smallest_group,
        invited=population.invited if is_shown else None,
        counted=len(population.responses) if is_shown else None,
        unnamed=population.unnamed if is_shown else 0,
        is_bands_only=is_bands_only or population.has_more_than_invited,
        has_more_than_invited=population.has_more_than_invited,
    )
    if is_shown:
        for own in population.instruments:
            _write_instrument(result, own, population)
    return result


def _write_instrument(result: Result, own: InstrumentAnswers, population: Population) -> None:
    known = population.known[own.rows]
    if own.shape.code == QUICK_TEST:
        write_quick_test(result, own, known)
        return
    if own.shape.code == CONTACT:
        write_contact(result, own, population)
        return
    figures = publish_whole(
        own.shape,
        own.answers,
        known,
        population.invited,
        result.smallest_group,
        bands_only=result.is_bands_only,
    )
    if not figures.shown:
        return
    write_counted(result, figures.instrument, figures.counted)
    _write_statements(result, own, figures)
    _write_dimensions(result, own, figures)
    write_groups(result, own, population)
    write_candour(result, own, population)
    write_foresight(result, own, figures.dimensions, known)


def _write_statements(result: Result, own: InstrumentAnswers, figures: WholeFigures) -> None:
    StatementFigure.objects.bulk_create(
        statement_row(result, figures.instrument, item, figure)
        for item, figure in zip(own.items, figures.statements, strict=True)
    )


def _write_dimensions(result: Result, own: InstrumentAnswers, figures: WholeFigures) -> None:
    first_item = {item.dimension.code: item for item in reversed(own.items) if item.dimension}
    DimensionFigure.objects.bulk_create(
        dimension_row(result, figures.instrument, first_item[figure.code], figure)
        for figure in figures.dimensions
    )
