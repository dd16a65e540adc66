"""A person's own answers, for their own eyes: on the page, as a profile, and after the close."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.db import connection

from assessments.measures.answers import BLANK, DONT_KNOW, person_scores
from assessments.measures.readings import Level, level_words
from assessments.measures.rounding import round_figure
from assessments.models.content import Edition
from assessments.models.responses import Answer, Comment, SealedResponse
from assessments.models.rounds import RoundInstrument, RoundItem
from assessments.services.answering.seats import Seat
from assessments.services.answering.tokens import ITEM, write_token
from assessments.services.keys import Reader, derive_reader, read_return_code
from assessments.services.sealing import SealedAnswers, unseal
from assessments.services.shapes import make_shape

# In SQL, as every page asks these. Without the code no value leaves the database.
READ = "SELECT {about}, revision, {value} FROM {table} WHERE response_id = %s"
ANSWERS = Answer._meta.db_table
READ_ANSWERS = READ.format(about="item_id", value="value", table=ANSWERS)
READ_REVISIONS = READ.format(about="item_id", value="NULL", table=ANSWERS)
READ_COMMENTS = READ.format(about="dimension_id", value="text", table=Comment._meta.db_table)


class OwnAnswer(NamedTuple):
    value: int
    revision: int


class OwnComment(NamedTuple):
    text: str
    revision: int


@dataclass(frozen=True)
class OwnAnswers:
    """`revisions` by item are known without the code and never told; `answers` need it."""

    revisions: Mapping[int, int]
    answers: Mapping[int, OwnAnswer]

    @property
    def answered(self) -> Set[int]:
        return self.revisions.keys()


@dataclass(frozen=True)
class OwnDimension:
    """One dimension of a person's own profile; no score below the minimum of answers.

    `has_score` is false where the dimension is no scale, so never has one.
    """

    code: str
    name: str
    has_score: bool
    score: float | None
    levels: tuple[Level, ...]
    items: int
    left_out: int
    dont_know: int


def read_answers(seat: Seat) -> OwnAnswers:
    """All that is saved, in one query."""
    rows = _read_rows(READ_ANSWERS if seat.can_read else READ_REVISIONS, seat)
    revisions = {item: revision for item, revision, _ in rows}
    if not seat.can_read:
        return OwnAnswers(revisions, {})
    return OwnAnswers(
        revisions, {item: OwnAnswer(value, revision) for item, revision, value in rows}
    )


def write_tokens(seat: Seat, items: Iterable[int], own: OwnAnswers) -> dict[int, str]:
    """What a page without the code carries for each item, in place of what it may not show."""
    if seat.can_read or seat.response_id is None:
        return {}
    return {
        item: write_token(
            response_id=seat.response_id,
            kind=ITEM,
            about=item,
            revision=own.revisions.get(item, 0),
        )
        for item in items
    }


def read_comments(seat: Seat) -> dict[int, OwnComment]:
    """Saved comments by dimension id. Empty without the code, whatever was saved."""
    if not seat.can_read:
        return {}
    rows = _read_rows(READ_COMMENTS, seat)
    return {dimension: OwnComment(text, revision) for dimension, revision, text in rows}


def _read_rows(sql: str, seat: Seat) -> list[tuple[int, int, Any]]:
    if seat.response_id is None:
        return []
    is_native = connection.features.has_native_uuid_field
    with connection.cursor() as cursor:
        cursor.execute(sql, [seat.response_id if is_native else seat.response_id.hex])
        return cursor.fetchall()


def read_own_profile(seat: Seat, instrument: RoundInstrument) -> list[OwnDimension]:
    """The person's own scores of one instrument. Raises PermissionError without the code."""
    if not seat.can_read:
        raise PermissionError("Only the return code opens an own profile.")
    rows = Answer.objects.filter(response=seat.response_id, item__instrument=instrument)
    by_code = dict(rows.values_list("item__code", "value"))
    return make_profile(instrument.edition, _items_of(instrument), by_code)


def open_sealed(*, round_id: int, reader: Reader | None) -> SealedAnswers | None:
    """A person's own answers after the close; None without the right code."""
    if reader is None:
        return None
    row = SealedResponse.objects.filter(round=round_id, code_digest=reader.code_digest).first()
    return unseal(sealed=bytes(row.sealed), reader=reader) if row else None


def enter_code_after_close(*, round_id: int, typed: str) -> Reader | None:
    """The reader of a typed code when it opens sealed answers of this round, else None."""
    code = read_return_code(typed)
    if code is None:
        return None
    reader = derive_reader(code=code, round_id=round_id)
    sealed = SealedResponse.objects.filter(round=round_id, code_digest=reader.code_digest)
    return reader if sealed.exists() else None


def profile_from_sealed(
    content: SealedAnswers, instrument: RoundInstrument
) -> list[OwnDimension] | None:
    """The profile of an instrument that was submitted before the close, else None."""
    if instrument.edition.instrument.code not in content.instruments:
        return None
    return make_profile(instrument.edition, _items_of(instrument), content.answers)


def make_profile(
    edition: Edition, items: Sequence[RoundItem], by_code: Mapping[str, int]
) -> list[OwnDimension]:
    """A profile of statements and sectors; single questions belong to no dimension."""
    items = [item for item in items if item.question_id is None]
    shape = make_shape(edition.instrument.code, edition.scale.code, items)
    answers = np.array([[by_code.get(item.code, BLANK) for item in items]], dtype=np.int8)
    turned = shape.read(answers)
    profile = []
    for dimension, columns in shape.parts():
        own = turned[:, columns]
        score = float(person_scores(own, dimension.min_answered)[0])
        shown = None if np.isnan(score) or not dimension.has_score else round_figure(score)
        profile.append(
            OwnDimension(
                code=dimension.code,
                name=_name_of(items, columns),
                has_score=dimension.has_score,
                score=shown,
                levels=level_words(shown) if shown is not None else (),
                items=len(columns),
                left_out=int((own == BLANK).sum()),
                dont_know=int((own == DONT_KNOW).sum()),
            )
        )
    return profile


def _name_of(items: Sequence[RoundItem], columns: Sequence[int]) -> str:
    dimension = items[columns[0]].dimension
    return dimension.name if dimension else ""


def _items_of(instrument: RoundInstrument) -> list[RoundItem]:
    items = RoundItem.objects.filter(instrument=instrument)
    return list(items.select_related("statement__scale", "dimension").order_by("order"))
