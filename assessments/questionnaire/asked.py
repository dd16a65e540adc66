"""What a round asks, as plain values: instruments, their dimensions, statements and scales.

Read from the items that were frozen when the round opened, in three queries
however many statements there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Exists, F, OuterRef, When
from django.db.models.functions import Coalesce

from assessments.models.content import Dimension, Edition, Level
from assessments.models.rounds import Round, RoundInstrument, RoundItem
from assessments.models.scales import Scale, ScalePoint

THE_FACTORS = "five_factors"


@dataclass(frozen=True)
class Point:
    value: int
    label: str


@dataclass(frozen=True)
class AskedScale:
    """The answers that are offered: on the scale in their order, and those set apart."""

    question: str
    points: tuple[Point, ...]
    apart: tuple[Point, ...]

    @property
    def offered(self) -> tuple[Point, ...]:
        return self.points + self.apart

    def say(self, value: int) -> str:
        """The words of an answer; empty for a value that the scale does not offer."""
        return next((point.label for point in self.offered if point.value == value), "")


@dataclass(frozen=True)
class AskedItem:
    """One thing to answer. A statement that is rated twice makes two items in a row."""

    id: int
    code: str
    number: int
    text: str
    rating: str
    scale: AskedScale
    why: str
    looks_like: str
    is_second_rating: bool

    @property
    def has_help(self) -> bool:
        return bool(self.why or self.looks_like) and not self.is_second_rating


@dataclass(frozen=True)
class AskedDimension:
    id: int
    code: str
    name: str
    number: int
    items: tuple[AskedItem, ...]
    reflection_questions: tuple[str, ...]
    is_overall: bool = False

    @property
    def question(self) -> str:
        """The question of the scale where all items share one, else empty."""
        questions = {item.scale.question for item in self.items}
        return questions.pop() if len(questions) == 1 else ""


@dataclass(frozen=True)
class AskedInstrument:
    """`round_instrument` is what submitting and reading own answers is about."""

    round_instrument: RoundInstrument
    code: str
    title: str
    subtitle: str
    intro: str
    stem: str
    minutes: int
    is_about_self: bool
    dimensions: tuple[AskedDimension, ...]

    @property
    def is_the_factors(self) -> bool:
        return self.code == THE_FACTORS

    @property
    def step_name(self) -> str:
        return "Factor" if self.is_the_factors else "Part"

    @property
    def asked(self) -> int:
        return sum(len(dimension.items) for dimension in self.dimensions)

    def find(self, code: str) -> AskedDimension | None:
        return next((one for one in self.dimensions if one.code == code), None)


def read_asked(round_: Round, audience: str) -> tuple[AskedInstrument, ...]:
    """All that a round asks of one audience, in the order in which it is asked."""
    items = (
        RoundItem.objects.filter(
            round=round_,
            instrument__audience=audience,
            statement__isnull=False,
            dimension__isnull=False,
        )
        .select_related("statement", "dimension", "instrument__edition__instrument")
        .order_by("instrument__order", "order")
    )
    rows = list(items)
    scales = _read_scales(rows)
    return tuple(
        _make_instrument(list(own), scales)
        for _, own in groupby(rows, key=lambda item: item.instrument_id)
    )


def find_asked(round_: Round, audience: str, instrument_code: str) -> AskedInstrument | None:
    asked = read_asked(round_, audience)
    return next((one for one in asked if one.code == instrument_code), None)


def is_offered(*, round_id: int, item_id: int, value: int) -> bool:
    """True when the item belongs to the round and its scale offers the value; one query."""
    second = Case(
        When(rating=RoundItem.Rating.HANDLING, then=F("instrument__edition__second_scale"))
    )
    item = RoundItem.objects.filter(pk=item_id, round=round_id).annotate(
        answered_on=Coalesce("statement__scale", second, "instrument__edition__scale")
    )
    points = ScalePoint.objects.filter(scale=OuterRef("answered_on"), value=value)
    return item.filter(Exists(points)).exists()


def _read_scales(items: Iterable[RoundItem]) -> dict[int, Scale]:
    wanted = {_scale_of(item) for item in items}
    found = Scale.objects.filter(pk__in=wanted).prefetch_related("points")
    return {scale.pk: scale for scale in found}


def _scale_of(item: RoundItem) -> int:
    """The scale that an item is answered on."""
    edition = item.instrument.edition
    if item.statement and item.statement.scale_id:
        return item.statement.scale_id
    if item.rating == RoundItem.Rating.HANDLING and edition.second_scale_id:
        return edition.second_scale_id
    return edition.scale_id


def _make_instrument(items: list[RoundItem], scales: dict[int, Scale]) -> AskedInstrument:
    instrument = items[0].instrument
    edition = instrument.edition
    grouped = groupby(items, key=lambda item: item.dimension)
    return AskedInstrument(
        round_instrument=instrument,
        code=edition.instrument.code,
        title=edition.title,
        subtitle=edition.subtitle,
        intro=edition.intro,
        stem=edition.stem,
        minutes=edition.minutes_typical,
        is_about_self=edition.instrument.level == Level.PERSON,
        dimensions=tuple(
            make_dimension(dimension, number, list(own), edition, scales)
            for number, (dimension, own) in enumerate(grouped, start=1)
            if dimension
        ),
    )


def make_dimension(
    dimension: Dimension,
    number: int,
    items: Sequence[RoundItem],
    edition: Edition,
    scales: dict[int, Scale],
) -> AskedDimension:
    asked: list[AskedItem] = []
    statements = 0
    for item in items:
        is_second = item.rating == RoundItem.Rating.HANDLING
        statements += not is_second
        asked.append(_make_item(item, statements, is_second, edition, scales[_scale_of(item)]))
    return AskedDimension(
        id=dimension.pk,
        code=dimension.code,
        name=dimension.name,
        number=number,
        items=tuple(asked),
        reflection_questions=tuple(dimension.reflection_questions),
        is_overall=dimension.is_overall,
    )


def _make_item(
    item: RoundItem, number: int, is_second: bool, edition: Edition, scale: Scale
) -> AskedItem:
    statement = item.statement
    assert statement is not None  # read_asked asks for statements alone
    return AskedItem(
        id=item.pk,
        code=item.code,
        number=number,
        text=statement.text,
        rating=item.rating,
        scale=_make_scale(scale, edition),
        why=statement.why,
        looks_like=statement.looks_like,
        is_second_rating=is_second,
    )


def _make_scale(scale: Scale, edition: Edition) -> AskedScale:
    is_about_self = edition.instrument.level == Level.PERSON
    points = sorted(scale.points.all(), key=lambda point: point.order)
    return AskedScale(
        question=(is_about_self and scale.question_self) or scale.question_team,
        points=tuple(Point(one.value, one.label) for one in points if one.is_on_scale),
        apart=tuple(Point(one.value, one.label) for one in points if not one.is_on_scale),
    )
