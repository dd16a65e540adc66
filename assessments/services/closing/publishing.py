"""Writing the result: published figures as rows, and nothing that may not be shown."""

from decimal import Decimal

import numpy as np

from assessments.measures.published import (
    DimensionFigures,
    StatementFigures,
    WholeFigures,
    publish_whole,
)
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import Round, RoundItem
from assessments.services.closing.group_rows import write_groups
from assessments.services.closing.population import InstrumentAnswers, Population


def write_result(round_: Round, population: Population, *, is_bands_only: bool) -> Result:
    """The frozen result of one audience. Below the smallest group it holds no figure at all."""
    people = int(np.count_nonzero(~population.known))
    is_shown = people >= round_.smallest_group
    result = Result.objects.create(
        round=round_,
        audience=population.audience,
        smallest_group=round_.smallest_group,
        invited=population.invited if is_shown else None,
        counted=len(population.responses) if is_shown else None,
        is_bands_only=is_bands_only,
    )
    if is_shown:
        for own in population.instruments:
            _write_instrument(result, own, population)
    return result


def _write_instrument(result: Result, own: InstrumentAnswers, population: Population) -> None:
    figures = publish_whole(
        own.shape,
        own.answers,
        population.known[own.rows],
        population.invited,
        result.smallest_group,
        bands_only=result.is_bands_only,
    )
    if not figures.shown:
        return
    _write_statements(result, own, figures)
    _write_dimensions(result, own, figures)
    write_groups(result, own, population)


def _write_statements(result: Result, own: InstrumentAnswers, figures: WholeFigures) -> None:
    StatementFigure.objects.bulk_create(
        _statement_row(result, figures.instrument, item, figure)
        for item, figure in zip(own.items, figures.statements, strict=True)
    )


def _write_dimensions(result: Result, own: InstrumentAnswers, figures: WholeFigures) -> None:
    first_item = {item.dimension.code: item for item in reversed(own.items) if item.dimension}
    DimensionFigure.objects.bulk_create(
        _dimension_row(result, figures.instrument, first_item[figure.code], figure)
        for figure in figures.dimensions
    )


def _statement_row(
    result: Result, instrument: str, item: RoundItem, figure: StatementFigures
) -> StatementFigure:
    bands, quartiles = figure.bands, figure.quartiles
    return StatementFigure(
        result=result,
        item=item,
        instrument_code=instrument,
        dimension_code=figure.dimension,
        code=item.code,
        rating=item.rating,
        order=item.order,
        people=figure.answered,
        mean=_figure(figure.mean),
        weak=bands.weak if bands else None,
        middle=bands.middle if bands else None,
        strong=bands.strong if bands else None,
        reading=figure.reading or "",
        is_low=figure.low,
        has_many_dont_know=figure.dont_know_flag,
        counts=list(figure.counts) if figure.counts else None,
        q1=_figure(quartiles.q1 if quartiles else None),
        median=_figure(quartiles.median if quartiles else None),
        q3=_figure(quartiles.q3 if quartiles else None),
        standard_deviation=_figure(figure.sd),
        average_deviation=_figure(figure.ad),
        consensus=figure.consensus,
        a_wg=_figure(figure.awg),
        dont_know=figure.dont_know,
        not_applicable=figure.not_applicable,
        prefer_not_to_say=figure.prefer_not_to_say,
    )


def _dimension_row(
    result: Result, instrument: str, item: RoundItem, figure: DimensionFigures
) -> DimensionFigure:
    quartiles, interval = figure.quartiles, figure.interval
    return DimensionFigure(
        result=result,
        dimension=item.dimension,
        instrument_code=instrument,
        code=figure.code,
        order=item.order,
        people=figure.answered,
        mean=_figure(figure.mean),
        reading=figure.reading or "",
        is_low=figure.low,
        q1=_figure(quartiles.q1 if quartiles else None),
        median=_figure(quartiles.median if quartiles else None),
        q3=_figure(quartiles.q3 if quartiles else None),
        average_deviation=_figure(figure.ad),
        r_star_wg=_figure(figure.rwg),
        interval_low=_figure(interval.low if interval else None),
        interval_high=_figure(interval.high if interval else None),
        bins=list(figure.bins) if figure.bins else None,
    )


def _figure(value: float | None) -> Decimal | None:
    """A rounded figure as it will be read: never -0.0, never a float's tail."""
    return None if value is None else Decimal(str(value)) + 0
