"""One published figure as one row of a result."""

from decimal import Decimal

from assessments.measures.figures import DimensionFigures, StatementFigures
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import RoundItem


def statement_row(
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
        mean=as_figure(figure.mean),
        weak=bands.weak if bands else None,
        middle=bands.middle if bands else None,
        strong=bands.strong if bands else None,
        reading=figure.reading or "",
        is_low=figure.low,
        has_many_dont_know=figure.dont_know_flag,
        counts=list(figure.counts) if figure.counts else None,
        q1=as_figure(quartiles.q1 if quartiles else None),
        median=as_figure(quartiles.median if quartiles else None),
        q3=as_figure(quartiles.q3 if quartiles else None),
        standard_deviation=as_figure(figure.sd),
        average_deviation=as_figure(figure.ad),
        consensus=figure.consensus,
        a_wg=as_figure(figure.awg),
        dont_know=figure.dont_know,
        not_applicable=figure.not_applicable,
        prefer_not_to_say=figure.prefer_not_to_say,
    )


def dimension_row(
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
        mean=as_figure(figure.mean),
        reading=figure.reading or "",
        is_low=figure.low,
        q1=as_figure(quartiles.q1 if quartiles else None),
        median=as_figure(quartiles.median if quartiles else None),
        q3=as_figure(quartiles.q3 if quartiles else None),
        average_deviation=as_figure(figure.ad),
        r_star_wg=as_figure(figure.rwg),
        interval_low=as_figure(interval.low if interval else None),
        interval_high=as_figure(interval.high if interval else None),
        bins=list(figure.bins) if figure.bins else None,
    )


def as_figure(value: float | None) -> Decimal | None:
    """A rounded figure as it will be read: never -0.0, never a float's tail."""
    return None if value is None else Decimal(str(value)) + 0
