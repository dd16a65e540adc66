"""From figures to descriptions of charts. The charts themselves know no results."""

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from assessments.results.charts.distribution import Distribution, Frame, measure_frame
from assessments.results.charts.radar import Radar, RadarAxis, RadarSeries, make_radar
from assessments.results.figures import (
    DimensionResult,
    InstrumentResult,
    RoundResult,
    StatementResult,
)
from assessments.results.pressures import Pressure

# Fewer dimensions make no figure that can be read.
LEAST_AXES = 3


def describe_profile(
    part: InstrumentResult,
    result: RoundResult,
    *,
    name: str,
    beside: Mapping[str, float | None] | None = None,
) -> Radar | None:
    """The radar of one part with the middle half of people; None with too few dimensions.

    `beside` are one person's own averages by dimension code, for their eyes alone.
    """
    dimensions = part.scored
    if len(dimensions) < LEAST_AXES:
        return None
    when = date_format(localtime(result.closed_at), "F Y") if result.closed_at else ""
    return make_radar(
        name=name,
        title=f"{part.title}, {when}" if when else part.title,
        axes=[_make_axis(dimension) for dimension in dimensions],
        label=f"{when}, average" if when else "average",
        behind=_draw_own(dimensions, beside) if beside else None,
        has_band=any(dimension.q1 is not None for dimension in dimensions),
    )


def _draw_own(
    dimensions: Iterable[DimensionResult], own: Mapping[str, float | None]
) -> RadarSeries:
    return RadarSeries("mine", "you", tuple(own.get(one.code) for one in dimensions))


def _make_axis(dimension: DimensionResult) -> RadarAxis:
    word = dimension.word
    return RadarAxis(
        code=dimension.code,
        name=dimension.name,
        value=dimension.mean,
        low=dimension.q1,
        high=dimension.q3,
        word=word.text if word else "",
        views_differ=dimension.differs,
        short=dimension.short_name,
    )


def describe_answers(statement: StatementResult) -> Distribution | None:
    """Five answers, or three bands where five may not be shown; None where neither may."""
    if statement.bands is None:
        return None
    points = statement.scale.points
    label = statement.text
    if statement.is_reversed:
        label = f"A habit that gets in the way, shown turned round: {label}"
    dont_know = statement.dont_know if statement.scale.dont_know else None
    word = statement.scale.dont_know or "Don't know"
    if statement.counts is not None:
        return Distribution(label, points, statement.counts, dont_know, word)
    bands = (statement.bands.weak, statement.bands.middle, statement.bands.strong)
    return Distribution(label, name_bands(points), bands, dont_know, word)


def name_bands(points: tuple[str, ...]) -> tuple[str, ...]:
    """The three bands of a five-point scale in its own words."""
    one, two, three, four, five = points
    return (f"{one} or {two.lower()}", three, f"{four} or {five.lower()}")


def frame_answers(statements: Iterable[StatementResult]) -> Frame:
    """One frame for all bars of a part, so that a person has one width everywhere."""
    rows = [describe_answers(statement) for statement in statements]
    return measure_frame([row for row in rows if row is not None])


def draw_pressure(pressure: Pressure) -> SafeString:
    """A bar from 0 to everyone, the strongest answer first; the cells beside it say the same."""
    statement = pressure.statement
    if statement.bands is None or not statement.bands.total:
        return SafeString("")
    share = 100 / statement.bands.total
    if pressure.is_pull:
        drawn = _draw_rect("teal-o", 0, statement.bands.strong * share)
    elif statement.counts is None:
        drawn = _draw_rect("f4", 0, statement.bands.strong * share)
    else:
        strongest = statement.counts[-1] * share
        rest = statement.counts[-2] * share
        drawn = _draw_rect("f5", 0, strongest) + _draw_rect("f4", strongest, rest)
    return format_html(
        '<svg class="chart pressure-bar" height="20" aria-hidden="true" focusable="false">{}</svg>',
        drawn,
    )


def _draw_rect(kind: str, left: float, width: float) -> SafeString:
    if not width:
        return SafeString("")
    return format_html(
        '<rect class="{}" x="{}%" width="{}%" y="2" height="16"/>',
        kind,
        f"{left:.2f}",
        f"{width:.2f}",
    )
