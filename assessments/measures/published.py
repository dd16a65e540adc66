"""What closing publishes about the whole: every figure that may be shown, suppressed and rounded.

``publish_whole`` is the one way from a population's answers to figures of the whole.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from assessments.measures import agreement, readings, spread
from assessments.measures.answers import (
    DONT_KNOW,
    FIVE_POINTS,
    NOT_APPLICABLE,
    PREFER_NOT_TO_SAY,
    Answers,
    Floats,
    person_scores,
)
from assessments.measures.base import (
    DimensionBase,
    as_flags,
    counted_people,
    dimension_bases,
)
from assessments.measures.figures import DimensionFigures, StatementFigures, WholeFigures
from assessments.measures.intervals import Interval, half_width
from assessments.measures.readings import Reason, Topic
from assessments.measures.rounding import round_figure, round_number, round_percent
from assessments.measures.rule import Extent, decide_whole
from assessments.measures.shapes import InstrumentShape, ItemShape
from assessments.measures.spread import Quartiles
from assessments.measures.thresholds import (
    SCALE_HIGHEST,
    SCALE_LOWEST,
    SMALLEST_GROUP,
)


def publish_whole(
    shape: InstrumentShape,
    answers: Answers,
    known: ArrayLike,
    invited: int,
    k: int = SMALLEST_GROUP,
    *,
    bands_only: bool = False,
) -> WholeFigures:
    """Every figure of one instrument that may be shown for the whole of one population.

    ``answers`` has shape (people, items) in the order of ``shape.items``, one row for each
    submitted sitting of this instrument, as it was given (reversed items are turned here);
    ``known`` one flag a row; ``invited`` is N, ``k`` the smallest group of the round. A row
    counts when at least one dimension reaches its minimum of answers on the scale. Sizes that are
    compared with k leave out the known; figures and counts keep them. ``bands_only`` gives
    invited, counted and the three bands of statements, and nothing else.

    Raises ``ValueError`` for a matrix that does not fit the shape, for a k below the smallest
    group, and for a scale that is not 1 to 5 (the quick test and foresight have functions of
    their own).
    """
    if k < SMALLEST_GROUP:
        raise ValueError(f"The smallest group is never below {SMALLEST_GROUP}.")
    if any(item.points != FIVE_POINTS for item in shape.items):
        raise ValueError(f"{shape.code} is not on a scale of 1 to 5.")
    turned = shape.read(answers)
    known = as_flags(known, len(turned))
    bases = dimension_bases(shape, turned)
    decision = decide_whole(bases, known, k, columns=len(shape.items))
    if not decision.shown:
        return _nothing(shape, bands_only)
    counted = counted_people(bases, len(turned))
    statements: dict[tuple[str, str], StatementFigures] = {}
    dimensions: list[DimensionFigures] = []
    for base, extent in zip(bases, decision.dimensions, strict=True):
        figures = [
            _publish_statement(
                shape.items[column],
                turned[counted, column],
                base.answers[:, place],
                decision.statements[column],
            )
            for place, column in enumerate(base.columns)
        ]
        statements |= {figure.key: figure for figure in figures}
        if base.shape.has_score:
            dimensions.append(_publish_dimension(base, figures, extent, invited))
    whole = WholeFigures(
        instrument=shape.code,
        shown=True,
        bands_only=False,
        invited=invited,
        counted=int(np.count_nonzero(counted)),
        statements=tuple(statements[item.key] for item in shape.items),
        dimensions=tuple(dimensions),
    )
    return _keep_bands(whole) if bands_only else whole


def discuss_statements(
    shape: InstrumentShape, figures: WholeFigures
) -> tuple[tuple[str, Reason], ...]:
    """What to talk about first among the statements, from published figures alone.

    Statements on scales without readings are left out; codes are those of the statements.
    """
    readable = {item.key for item in shape.items if item.has_reading}
    return readings.order_for_discussion(
        Topic(
            code=figure.code,
            mean=figure.mean,
            bands=figure.bands,
            dont_know=figure.dont_know or 0,
            dont_know_flag=bool(figure.dont_know_flag),
        )
        for figure in figures.statements
        if figure.key in readable
    )


def _nothing(shape: InstrumentShape, bands_only: bool) -> WholeFigures:
    return WholeFigures(
        instrument=shape.code,
        shown=False,
        bands_only=bands_only,
        invited=None,
        counted=None,
        statements=tuple(_empty(item) for item in shape.items),
        dimensions=tuple(
            DimensionFigures(dimension.code)
            for dimension in shape.dimensions
            if dimension.has_score
        ),
    )


def _empty(item: ItemShape) -> StatementFigures:
    return StatementFigures(item.code, item.rating, item.dimension, item.reverse)


def _keep_bands(whole: WholeFigures) -> WholeFigures:
    """The whole with the three bands of its statements and nothing else."""
    return replace(
        whole,
        bands_only=True,
        statements=tuple(
            StatementFigures(
                figure.code,
                figure.rating,
                figure.dimension,
                figure.reverse,
                shown=figure.shown,
                bands=figure.bands,
            )
            for figure in whole.statements
        ),
        dimensions=tuple(DimensionFigures(figure.code) for figure in whole.dimensions),
    )


def _publish_statement(
    item: ItemShape, everyone: Answers, column: Answers, extent: Extent
) -> StatementFigures:
    """One statement; don't knows go by ``everyone`` who counts, answers by B(i) in ``column``."""
    dont_know = int(np.count_nonzero(everyone == DONT_KNOW))
    figure = replace(
        _empty(item),
        dont_know=dont_know,
        not_applicable=int(np.count_nonzero(everyone == NOT_APPLICABLE)),
        prefer_not_to_say=int(np.count_nonzero(everyone == PREFER_NOT_TO_SAY)),
        dont_know_flag=readings.has_many_dont_knows(dont_know, len(everyone)),
    )
    if extent >= Extent.LEVEL:
        figure = _with_level(figure, item, column[column >= 0])
    if extent >= Extent.DETAIL:
        figure = _with_detail(figure, column[column >= 0])
    return figure


def _with_level(figure: StatementFigures, item: ItemShape, column: Answers) -> StatementFigures:
    bands = spread.count_bands(column)
    mean = round_figure(spread.mean(column))
    figure = replace(figure, shown=True, answered=len(column), mean=mean, bands=bands)
    if not item.has_reading or mean is None:
        return figure
    reading = readings.read_bands(bands)
    return replace(
        figure,
        reading=reading,
        levels=readings.shown_levels(mean, reading),
        low=readings.is_low(mean, bands),
    )


def _with_detail(figure: StatementFigures, column: Answers) -> StatementFigures:
    counts = spread.count_points(column, FIVE_POINTS)
    readable = agreement.is_awg_interpretable(column)
    return replace(
        figure,
        detail_shown=True,
        counts=counts,
        quartiles=_round_quartiles(spread.quartiles(column)),
        sd=round_figure(spread.standard_deviation(column)),
        ad=round_figure(spread.average_deviation(column)),
        consensus=round_percent(agreement.consensus(counts)),
        awg=round_figure(agreement.awg(column)) if readable else None,
    )


def _publish_dimension(
    base: DimensionBase, statements: list[StatementFigures], extent: Extent, invited: int
) -> DimensionFigures:
    figure = DimensionFigures(base.shape.code)
    if extent < Extent.LEVEL:
        return figure
    shown = [place for place, statement in enumerate(statements) if statement.shown]
    scores = person_scores(base.answers[base.people], base.shape.min_answered)
    bands = spread.count_score_bands(scores)
    reading = readings.read_bands(bands)
    middle = _mean_of_means(base, shown)
    mean = round_number(middle)
    figure = replace(
        figure,
        shown=True,
        answered=len(scores),
        mean=mean,
        reading=reading,
        levels=readings.shown_levels(mean, reading),
        low=readings.is_low(mean, bands),
    )
    if extent < Extent.DETAIL:
        return figure
    return replace(
        figure,
        detail_shown=True,
        quartiles=_round_quartiles(spread.quartiles(scores)),
        bins=spread.count_half_points(scores),
        ad=round_figure(spread.average_deviation(scores)),
        rwg=round_figure(agreement.rwg_star(base.answers[:, shown])),
        interval=_round_interval(middle, scores, invited),
    )


def _mean_of_means(base: DimensionBase, shown: list[int]) -> float:
    means = [spread.mean(base.answers[:, place]) for place in shown]
    return float(np.mean([mean for mean in means if mean is not None]))


def _round_quartiles(quartiles: Quartiles | None) -> Quartiles | None:
    if quartiles is None:
        return None
    return Quartiles(
        round_number(quartiles.q1), round_number(quartiles.median), round_number(quartiles.q3)
    )


def _round_interval(middle: float, scores: Floats, invited: int) -> Interval | None:
    """The interval for all invited, as wide as people's scores make it, around the shown mean.

    Around the mean of people's scores it would tell that mean too, and with the statements what
    those few said who left one out. Cut at the ends of the scale.
    """
    half = half_width(float(scores.std(ddof=1)), len(scores), invited)
    if half is None:
        return None
    return Interval(
        round_number(max(float(SCALE_LOWEST), middle - half)),
        round_number(min(float(SCALE_HIGHEST), middle + half)),
    )
