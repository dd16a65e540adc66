"""One dimension as a page: its form with what is saved, and how far the person has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.leaders.progress import Part, Step, find_part
from assessments.questionnaire.asked import AskedDimension
from assessments.questionnaire.forms import DimensionForm, Stored
from assessments.results.words import join_words
from assessments.services.answering.own import read_answers, read_comments
from assessments.services.answering.seats import Seat
from assessments.services.answering.terms import comments_need

COMMENT_NOTE = (
    "{readers} can read comments after the close, without names and in random order, and only "
    "if {least} or more people answer. Please do not name patients, residents or staff."
)
BLIND_NOTE = " What you wrote on another device is not shown here; a new text takes its place."


@dataclass(frozen=True)
class Sheet:
    seat: Seat
    part: Part
    dimension: AskedDimension
    answers: dict[int, Stored]
    comment: Stored | None
    comment_note: str

    @property
    def states(self) -> list[str]:
        return self.part.states_at(self.dimension)

    @property
    def step(self) -> Step:
        return self.part.steps[self.dimension.number - 1]

    @property
    def url_before(self) -> str | None:
        return self.part.url_before(self.dimension)

    @property
    def url_after(self) -> str:
        return self.part.url_after(self.dimension)

    @property
    def is_last(self) -> bool:
        return self.dimension.number == len(self.part.steps)

    def make_form(self, data: Mapping[str, Any] | None = None) -> DimensionForm:
        return DimensionForm(
            data,
            dimension=self.dimension,
            stored=self.answers,
            comment=self.comment,
            comment_note=self.comment_note,
        )


def open_sheet(seat: Seat, instrument_code: str, dimension_code: str) -> Sheet | None:
    """The page of a dimension; None when the round does not ask it."""
    part = find_part(seat, instrument_code)
    dimension = part.instrument.find(dimension_code) if part else None
    if part is None or dimension is None:
        return None
    saved = read_answers(seat, part.instrument.round_instrument)
    written = read_comments(seat).get(dimension.id)
    return Sheet(
        seat=seat,
        part=part,
        dimension=dimension,
        answers={key: Stored(one.value, one.revision) for key, one in saved.items()},
        comment=Stored(written.text, written.revision) if written else None,
        comment_note=_note(seat),
    )


def _note(seat: Seat) -> str:
    """Who reads comments; empty where none are asked for."""
    round_ = seat.round
    if not round_.asks_for_comments:
        return ""
    readers = [str(user) for user in round_.comment_readers.all()]
    if not readers:
        return ""
    least = comments_need(round_)
    note = COMMENT_NOTE.format(readers=join_words(readers), least=least)
    return note if seat.can_read else note + BLIND_NOTE
