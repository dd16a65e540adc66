"""Reading one round's result whole: six queries, however many people answered."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q

from assessments.measures.answers import DONT_KNOW, NOT_APPLICABLE
from assessments.measures.readings import Reading
from assessments.measures.spread import Bands
from assessments.measures.thresholds import has_dimension_score
from assessments.models.content import Dimension
from assessments.models.results import (
    CollectedComment,
    DimensionFigure,
    Group,
    Result,
    StatementFigure,
)
from assessments.models.rounds import Audience, Round, RoundItem
from assessments.models.scales import ScalePoint
from assessments.results.figures import (
    CaseStudyWords,
    CommentWords,
    DimensionResult,
    InstrumentResult,
    RoundResult,
    ScaleWords,
    StatementResult,
)

NUMBERS_OF_STATEMENT = (
    "mean",
    "q1",
    "median",
    "q3",
    "standard_deviation",
    "average_deviation",
    "a_wg",
)
WHOLES_OF_STATEMENT = (
    "people",
    "is_low",
    "consensus",
    "dont_know",
    "not_applicable",
    "has_many_dont_know",
)
NUMBERS_OF_DIMENSION = (
    "mean",
    "q1",
    "median",
    "q3",
    "average_deviation",
    "r_star_wg",
    "interval_low",
    "interval_high",
)


def read_result(round_: Round, audience: str = Audience.LEADERS) -> RoundResult:
    """The frozen result with the exact words that people answered.

    Raises Result.DoesNotExist before the close.
    """
    waiting = Q(comments__state=CollectedComment.State.WAITING)
    result = Result.objects.annotate(comments_waiting=Count("comments", filter=waiting)).get(
        round=round_, audience=audience
    )
    return RoundResult(
        round_id=round_.pk,
        number=round_.number,
        closed_at=round_.closed_at,
        audience=result.audience,
        schema_version=result.schema_version,
        smallest_group=result.smallest_group,
        invited=result.invited,
        counted=result.counted,
        unnamed=result.unnamed,
        is_bands_only=result.is_bands_only,
        has_more_than_invited=result.has_more_than_invited,
        comments_waiting=result.comments_waiting,
        instruments=_read_instruments(round_, result) if result.counted is not None else (),
    )


def _read_instruments(round_: Round, result: Result) -> tuple[InstrumentResult, ...]:
    items = list(
        RoundItem.objects.filter(
            round=round_, instrument__audience=result.audience, statement__isnull=False
        )
        .select_related("statement", "dimension__case_study", "instrument__edition__instrument")
        .order_by("instrument__order", "order")
    )
    whole = {"result": result, "group": Group.WHOLE}
    statements = {figure.item_id: figure for figure in StatementFigure.objects.filter(**whole)}
    dimensions = {figure.dimension_id: figure for figure in DimensionFigure.objects.filter(**whole)}
    comments = {} if result.is_bands_only else _read_comments(result)
    scales = _read_scales(items)
    return tuple(
        _make_instrument(own, statements, dimensions, comments, scales)
        for own in _group(items, lambda item: item.instrument_id)
    )


def _read_comments(result: Result) -> dict[int, tuple[CommentWords, ...]]:
    """Released texts by dimension; their keys are random, so their order tells nothing."""
    released = CollectedComment.objects.filter(
        result=result, state=CollectedComment.State.RELEASED
    ).order_by("id")
    comments: dict[int, tuple[CommentWords, ...]] = {}
    for one in released:
        own = comments.get(one.dimension_id, ())
        comments[one.dimension_id] = (*own, CommentWords(one.text, one.is_redacted))
    return comments


def _read_scales(items: Iterable[RoundItem]) -> dict[int, ScaleWords]:
    wanted = {_scale_of(item) for item in items}
    points: dict[int, list[ScalePoint]] = {}
    rows = ScalePoint.objects.filter(scale__in=wanted).select_related("scale")
    for point in rows.order_by("scale", "value"):
        points.setdefault(point.scale_id, []).append(point)
    return {scale: _make_scale(own) for scale, own in points.items()}


def _scale_of(item: RoundItem) -> int:
    """The scale that the item was answered on."""
    edition = item.instrument.edition
    if item.statement and item.statement.scale_id:
        return item.statement.scale_id
    if item.rating == RoundItem.Rating.HANDLING and edition.second_scale_id:
        return edition.second_scale_id
    return edition.scale_id


def _make_scale(points: list[ScalePoint]) -> ScaleWords:
    off_scale = {point.value: point.label for point in points if not point.is_on_scale}
    return ScaleWords(
        code=points[0].scale.code,
        points=tuple(point.label for point in points if point.is_on_scale),
        dont_know=off_scale.get(DONT_KNOW, ""),
        not_applicable=off_scale.get(NOT_APPLICABLE, ""),
    )


def _make_instrument(
    items: list[RoundItem],
    statements: Mapping[int, StatementFigure],
    dimensions: Mapping[int, DimensionFigure],
    comments: Mapping[int, tuple[CommentWords, ...]],
    scales: Mapping[int, ScaleWords],
) -> InstrumentResult:
    edition = items[0].instrument.edition
    return InstrumentResult(
        code=edition.instrument.code,
        title=edition.title,
        subtitle=edition.subtitle,
        stem=edition.stem,
        scale=scales[edition.scale_id],
        is_shown=any(item.pk in statements for item in items),
        map_rule=edition.map_rule,
        dimensions=tuple(
            _make_dimension(
                edition.instrument.code,
                own[0].dimension,
                dimensions.get(own[0].dimension_id or 0),
                tuple(_make_statement(item, statements.get(item.pk), scales) for item in own),
                comments.get(own[0].dimension_id or 0, ()),
            )
            for own in _group(items, lambda item: item.dimension_id)
        ),
    )


def _make_dimension(
    instrument: str,
    dimension: Dimension | None,
    figure: DimensionFigure | None,
    statements: tuple[StatementResult, ...],
    comments: tuple[CommentWords, ...],
) -> DimensionResult:
    if dimension is None:
        raise ValueError("Every statement of a round stands in a dimension.")
    words: dict[str, Any] = {
        "code": dimension.code,
        "name": dimension.name,
        "description": dimension.description,
        "reflection_questions": tuple(dimension.reflection_questions),
        "suggested_actions": tuple(dimension.suggested_actions),
        "case_study": _make_case_study(dimension),
        "is_overall": dimension.is_overall,
        "has_score": has_dimension_score(instrument, dimension.code),
        "statements": statements,
        "comments": comments,
    }
    if figure is None:
        return DimensionResult(**words)
    return DimensionResult(
        **words,
        people=figure.people,
        reading=Reading(figure.reading) if figure.reading else None,
        is_low=figure.is_low,
        bins=tuple(figure.bins) if figure.bins else None,
        **_numbers(figure, NUMBERS_OF_DIMENSION),
    )


def _make_case_study(dimension: Dimension) -> CaseStudyWords | None:
    study = dimension.case_study
    if study is None:
        return None
    return CaseStudyWords(
        title=study.title,
        summary=study.summary,
        note=dimension.case_study_note,
        credit=study.credit,
    )


def _make_statement(
    item: RoundItem, figure: StatementFigure | None, scales: Mapping[int, ScaleWords]
) -> StatementResult:
    statement = item.statement
    if statement is None:
        raise ValueError(f"{item.code} is no statement.")
    words: dict[str, Any] = {
        "item_code": item.code,
        "code": statement.code,
        "rating": item.rating,
        "text": statement.text,
        "is_reversed": statement.reverse,
        "prompt": statement.prompt,
        "kind": statement.kind,
        "direction": statement.direction,
        "scale": scales[_scale_of(item)],
    }
    if figure is None:
        return StatementResult(**words)
    return StatementResult(
        **words,
        bands=_bands_of(figure),
        reading=Reading(figure.reading) if figure.reading else None,
        counts=tuple(figure.counts) if figure.counts else None,
        **_numbers(figure, NUMBERS_OF_STATEMENT),
        **{name: getattr(figure, name) for name in WHOLES_OF_STATEMENT},
    )


def _bands_of(figure: StatementFigure) -> Bands | None:
    if figure.weak is None or figure.middle is None or figure.strong is None:
        return None
    return Bands(figure.weak, figure.middle, figure.strong)


def _numbers(figure: object, names: Iterable[str]) -> dict[str, Any]:
    """Stored decimals as numbers that measures and charts can work with."""
    values = {name: getattr(figure, name) for name in names}
    return {name: None if value is None else float(value) for name, value in values.items()}


def _group(items: Iterable[RoundItem], key: Any) -> list[list[RoundItem]]:
    """Items in runs that share a key, both in the order in which they first appear."""
    groups: dict[Any, list[RoundItem]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
