"""From the items of a round, frozen at its opening, to what a page shows."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from assessments.models.content import Edition, Level, SingleQuestion, Statement
from assessments.models.rounds import RoundInstrument, RoundItem
from assessments.models.scales import Scale
from assessments.questionnaire.values import (
    AskedDimension,
    AskedInstrument,
    AskedItem,
    AskedScale,
    Point,
)

QUICK_TEST: Final = "quick_test"
# As in measures/answers.py and measures/foresight.py, which this room may not import; a test
# holds them together.
PREFER_NOT_TO_SAY: Final = Point(-4, "Prefer not to say")
BANDS: Final = (
    Point(1, "Rarely seen"),
    Point(2, "Patchy"),
    Point(3, "Usually seen"),
    Point(4, "Views differ"),
)
OTHER_PARTNERS: Final = "Other partners"
LAST_CODE, LAST_NAME = "last", "One last question"
SECTORS_CODE: Final = "sectors"
ABOUT_THE_PROBLEM: Final = (
    "Not every problem needs leading across a whole system. Four questions about this one:"
)


def make_instrument(
    round_instrument: RoundInstrument,
    items: Sequence[RoundItem],
    scales: Mapping[int, Scale],
    problem: str = "",
) -> AskedInstrument:
    """`items` stand in their order; each has its statement, dimension, sector or question."""
    edition = round_instrument.edition
    pages = _make_pages(items, edition, scales)
    is_about_problem = edition.instrument.code == QUICK_TEST and bool(problem)
    return AskedInstrument(
        round_instrument=round_instrument,
        code=edition.instrument.code,
        title=edition.title,
        subtitle=edition.subtitle,
        intro=ABOUT_THE_PROBLEM if is_about_problem else edition.intro,
        stem="" if is_about_problem else edition.stem,
        minutes=edition.minutes_typical,
        is_about_self=edition.instrument.level == Level.PERSON,
        dimensions=tuple(page for page in pages if page.items),
        last=next((page for page in pages if not page.items), None),
        problem=problem if is_about_problem else "",
        map_rule=edition.map_rule,
        result_rule=edition.result_rule,
    )


def scale_of(item: RoundItem, edition: Edition) -> int | None:
    """The scale that an item is answered on; None for a prediction, which has four words."""
    if item.question:
        return item.question.scale_id
    if item.statement and item.statement.scale_id:
        return item.statement.scale_id
    if item.rating == RoundItem.Rating.HANDLING and edition.second_scale_id:
        return edition.second_scale_id
    return edition.scale_id


def _make_pages(
    items: Sequence[RoundItem], edition: Edition, scales: Mapping[int, Scale]
) -> list[AskedDimension]:
    make = _ItemMaker(edition, scales)
    grouped = groupby(items, key=lambda item: item.dimension_id)
    return [
        _make_page(number, list(own), edition, make)
        for number, (_, own) in enumerate(grouped, start=1)
    ]


def _make_page(
    number: int, rows: list[RoundItem], edition: Edition, make: "_ItemMaker"
) -> AskedDimension:
    dimension = rows[0].dimension
    items, asides = make.all_of(rows)
    if dimension is None:
        is_table = bool(items)
        return AskedDimension(
            id=None,
            code=SECTORS_CODE if is_table else LAST_CODE,
            name=(edition.subtitle or edition.title) if is_table else LAST_NAME,
            number=number,
            items=items,
            asides=asides,
            reflection_questions=(),
            takes_comments=False,
            is_table=is_table,
        )
    return AskedDimension(
        id=dimension.pk,
        code=dimension.code,
        name=dimension.name,
        number=number,
        items=items,
        asides=asides,
        reflection_questions=tuple(dimension.reflection_questions),
        is_overall=dimension.is_overall,
        takes_comments=edition.instrument.code != QUICK_TEST,
    )


class _ItemMaker:
    """Makes the items of one edition; items on one scale share it."""

    def __init__(self, edition: Edition, scales: Mapping[int, Scale]) -> None:
        self.edition = edition
        self.scales = scales
        self.made: dict[int, AskedScale] = {}

    def all_of(
        self, rows: Iterable[RoundItem]
    ) -> tuple[tuple[AskedItem, ...], tuple[AskedItem, ...]]:
        """What counts, numbered, and the single questions beside it."""
        items: list[AskedItem] = []
        asides: list[AskedItem] = []
        number = 0
        for row in rows:
            if row.question:
                asides.append(self._ask_question(row, row.question))
                continue
            number += row.rating != RoundItem.Rating.HANDLING
            items.append(self._ask(row, number))
        return tuple(items), tuple(asides)

    def _ask(self, row: RoundItem, number: int) -> AskedItem:
        statement = row.statement
        return AskedItem(
            id=row.pk,
            code=row.code,
            number=number,
            text=statement.text if statement else _name_sector(row),
            rating=row.rating,
            scale=self._make_scale(scale_of(row, self.edition)),
            why=statement.why if statement else "",
            looks_like=statement.looks_like if statement else "",
            is_second_rating=row.rating == RoundItem.Rating.HANDLING,
            sector=row.sector_id,
            is_pull=statement is not None and statement.direction == Statement.Direction.PULL,
        )

    def _ask_question(self, row: RoundItem, question: SingleQuestion) -> AskedItem:
        scale = scale_of(row, self.edition)
        return AskedItem(
            id=row.pk,
            code=row.code,
            number=0,
            text=question.text,
            rating=row.rating,
            scale=_set_apart(question, self._make_scale(scale)) if scale else PREDICTION,
            why="",
            looks_like="",
            is_second_rating=False,
        )

    def _make_scale(self, key: int | None) -> AskedScale:
        assert key is not None  # only predictions have none
        if key not in self.made:
            self.made[key] = make_scale(self.scales[key], self.edition)
        return self.made[key]


PREDICTION: Final = AskedScale(question="", points=BANDS, apart=())


def _set_apart(question: SingleQuestion, scale: AskedScale) -> AskedScale:
    """How openly somebody answered they know themselves, or would rather not say."""
    if not question.extra_option:
        return scale
    return AskedScale("How far do you agree?", points=scale.points, apart=(PREFER_NOT_TO_SAY,))


def _name_sector(row: RoundItem) -> str:
    return row.sector.name if row.sector else OTHER_PARTNERS


def make_scale(scale: Scale, edition: Edition) -> AskedScale:
    is_about_self = edition.instrument.level == Level.PERSON
    points = sorted(scale.points.all(), key=lambda point: point.order)
    return AskedScale(
        question=(is_about_self and scale.question_self) or scale.question_team,
        points=tuple(Point(one.value, one.label) for one in points if one.is_on_scale),
        apart=tuple(Point(one.value, one.label) for one in points if not one.is_on_scale),
    )
