"""Reading a round's answers, once: a matrix of people and items for each instrument."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Aggregate, F, TextField, Value
from django.db.models.functions import Cast
from numpy.typing import NDArray

from assessments.measures.answers import BLANK, Answers
from assessments.measures.base import counted_people, dimension_bases
from assessments.measures.shapes import InstrumentShape
from assessments.models.partnerships import Organisation
from assessments.models.responses import Answer, Response, Sitting
from assessments.models.rounds import Audience, Round, RoundInstrument, RoundItem
from assessments.services.places import count_places
from assessments.services.shapes import make_shape

# Values of answers go from -4 to 5 (see measures.answers), so 16 codes hold them.
CODES, LOWEST_IS_ZERO = 16, 8


@dataclass(frozen=True)
class InstrumentAnswers:
    """The submitted sittings of one instrument.

    `rows` are places in `Population.responses`, ascending; `answers` has shape
    (len(rows), len(items)). Single questions stand apart, in `questions` and
    `asked`: they belong to no dimension's figures.
    """

    instrument: RoundInstrument
    shape: InstrumentShape
    items: list[RoundItem]
    rows: NDArray[np.intp]
    answers: Answers
    questions: list[RoundItem]
    asked: Answers

    def given_by(self, row: int) -> dict[str, int]:
        """What one person answered here, by item code; blanks left out."""
        items = [*self.items, *self.questions]
        values = [*self.answers[row].tolist(), *self.asked[row].tolist()]
        return {
            item.code: value for item, value in zip(items, values, strict=True) if value != BLANK
        }

    def row_of(self, place: int) -> int | None:
        """The row of a response in `answers`; None when it did not submit this instrument."""
        row = int(np.searchsorted(self.rows, place))
        return row if row < len(self.rows) and self.rows[row] == place else None


@dataclass(frozen=True, slots=True)
class OneResponse:
    """What closing needs of a response; small, as there may be a hundred thousand."""

    pk: UUID
    code_digest: str
    public_key: bytes
    organisation_id: int | None
    role_level: str
    is_known: bool
    is_named: bool


@dataclass(frozen=True)
class Population:
    """One audience of one round: the responses that count, and everything they answered.

    `invited` is everybody who had a place; `unnamed` of these had no name, and
    `has_more_than_invited` says that more came by a join code than were in the room.
    """

    audience: str
    invited: int
    responses: list[OneResponse]
    unnamed: int = 0
    has_more_than_invited: bool = False
    instruments: list[InstrumentAnswers] = field(default_factory=list)

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.array([response.is_known for response in self.responses], dtype=bool)

    def responses_of(self, own: InstrumentAnswers) -> list[OneResponse]:
        """The responses of one instrument, in the order of its rows."""
        return [self.responses[place] for place in own.rows.tolist()]


def read_populations(round_: Round) -> list[Population]:
    """Every audience that the round asked. Responses that do not count are left out.

    A response counts when an instrument was submitted and at least one
    dimension reached its minimum of answers.
    """
    instruments = list(
        RoundInstrument.objects.filter(round=round_)
        .select_related("edition__instrument", "edition__scale")
        .order_by("order")
    )
    asked = dict.fromkeys(instrument.audience for instrument in instruments)
    return [
        _read_population(round_, audience, [own for own in instruments if own.audience == audience])
        for audience in asked or [Audience.LEADERS]
    ]


def _read_population(
    round_: Round, audience: str, instruments: list[RoundInstrument]
) -> Population:
    fields = [field.name for field in dataclass_fields(OneResponse)]
    rows = Response.objects.filter(round=round_, audience=audience).values_list(*fields)
    responses = [OneResponse(*row) for row in rows.iterator(chunk_size=5_000)]
    place_of = {response.pk: place for place, response in enumerate(responses)}
    read = [_read_instrument(own, place_of) for own in instruments]
    for own in read:
        _leave_out_own_sector(own, responses)
    counts = np.zeros(len(responses), dtype=bool)
    for own in read:
        bases = dimension_bases(own.shape, own.shape.read(own.answers))
        counts[own.rows] |= counted_people(bases, len(own.answers))
    kept = np.flatnonzero(counts)
    places = count_places(round_, audience)
    named = round_.participants.filter(audience=audience).count()
    return Population(
        audience=audience,
        invited=named + places.unnamed,
        unnamed=places.unnamed,
        has_more_than_invited=places.has_more_than_invited,
        responses=[responses[place] for place in kept],
        instruments=[_keep(own, kept) for own in read],
    )


def _read_instrument(instrument: RoundInstrument, place_of: dict[UUID, int]) -> InstrumentAnswers:
    items = list(
        RoundItem.objects.filter(instrument=instrument)
        .select_related("statement__scale", "dimension")
        .order_by("order")
    )
    sittings = Sitting.objects.filter(instrument=instrument, is_submitted=True)
    submitted = [
        place_of[response]
        for response in sittings.values_list("response_id", flat=True)
        if response in place_of
    ]
    rows = np.array(sorted(submitted), dtype=np.intp)
    row_of = {place: row for row, place in enumerate(rows.tolist())}
    matrix = np.full((len(rows), len(items)), BLANK, dtype=np.int8)
    pks = np.array([item.pk for item in items], dtype=np.int64)
    columns = np.argsort(pks)
    for response, answered, values in _read_answers(instrument):
        row = row_of.get(place_of.get(response, -1))
        if row is not None:
            matrix[row, columns[np.searchsorted(pks, answered, sorter=columns)]] = values
    is_question = np.array([item.question_id is not None for item in items], dtype=bool)
    stated = [item for item in items if item.question_id is None]
    edition = instrument.edition
    return InstrumentAnswers(
        instrument=instrument,
        shape=make_shape(edition.instrument.code, edition.scale.code, stated),
        items=stated,
        rows=rows,
        answers=matrix[:, ~is_question],
        questions=[item for item in items if item.question_id is not None],
        asked=matrix[:, is_question],
    )


def _leave_out_own_sector(own: InstrumentAnswers, responses: list[OneResponse]) -> None:
    """Contact is between sectors: what somebody says of their own is not counted or kept."""
    sectors = np.array([item.sector_id or 0 for item in own.items], dtype=np.int64)
    if not sectors.any():
        return
    sector_of = dict(
        Organisation.objects.filter(
            pk__in={response.organisation_id for response in responses}
        ).values_list("pk", "sector")
    )
    homes = [sector_of.get(responses[place].organisation_id or 0, -1) for place in own.rows]
    own.answers[np.array(homes, dtype=np.int64)[:, np.newaxis] == sectors] = BLANK


def _read_answers(
    instrument: RoundInstrument,
) -> Iterator[tuple[UUID, NDArray[np.int64], NDArray[np.int64]]]:
    """Each response with the items that it answered, by primary key, and the values.

    One joined text a person: a row an answer takes twice the time. An answer
    is one number in it: the item in the higher bits, the value in the lowest.
    """
    answers = Answer.objects.filter(item__instrument=instrument)
    number = F("item_id") * CODES + F("value") + LOWEST_IS_ZERO
    joined = Aggregate(
        Cast(number, TextField()),
        Value(" "),
        function="STRING_AGG" if connection.vendor == "postgresql" else "GROUP_CONCAT",
        output_field=TextField(),
    )
    rows = answers.order_by().values("response_id").annotate(joined=joined)
    for response, text in rows.values_list("response_id", "joined").iterator(chunk_size=1_000):
        items, codes = np.divmod(np.fromstring(text, dtype=np.int64, sep=" "), CODES)
        yield response, items, codes - LOWEST_IS_ZERO


def _keep(own: InstrumentAnswers, kept: NDArray[np.intp]) -> InstrumentAnswers:
    """The same answers for the kept responses alone, with their new places."""
    new_place = {place: row for row, place in enumerate(kept.tolist())}
    stays = np.array([place in new_place for place in own.rows.tolist()], dtype=bool)
    return InstrumentAnswers(
        instrument=own.instrument,
        shape=own.shape,
        items=own.items,
        rows=np.array([new_place[place] for place in own.rows[stays].tolist()], dtype=np.intp),
        answers=own.answers[stays],
        questions=own.questions,
        asked=own.asked[stays],
    )
