"""One dimension as a page: its form with what is saved, and how far the person has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.leaders.progress import Part, Step, address_of, find_part
from assessments.models.rounds import Round
from assessments.questionnaire.asked import AskedDimension
from assessments.questionnaire.forms import DimensionForm, Stored
from assessments.questionnaire.frozen import keep_frozen
from assessments.results.words import join_words
from assessments.services.answering.own import read_answers, read_comments, write_tokens
from assessments.services.answering.seats import Seat
from assessments.services.answering.terms import comments_need
from assessments.services.answering.tokens import read_comment_token
from assessments.services.promise_words import COMMENT_NOTE

ABOUT_SELF = "Your profile stays yours. The partnership sees only the average of everybody."
BLIND_NOTE = " What you wrote on another device is not shown here; a new text takes its place."


@dataclass(frozen=True)
class Sheet:
    seat: Seat
    part: Part
    dimension: AskedDimension
    answers: dict[int, Stored]
    comment: Stored | None
    comment_note: str
    tokens: Mapping[int, str]
    comment_token: str

    @cached_property
    def can_read(self) -> bool:
        return self.seat.can_read

    @cached_property
    def home_url(self) -> str:
        return address_of("answer_home", self.seat.round_id)

    @property
    def save_url(self) -> str:
        return address_of("answer_save", self.seat.round_id)

    @cached_property
    def place(self) -> str:
        """ "Factor 2 of 5"; empty where there is but one page, or on the page apart."""
        steps = len(self.part.steps)
        if self.is_apart or steps == 1:
            return ""
        return f"{self.part.instrument.step_name} {self.dimension.number} of {steps}"

    @property
    def promise(self) -> str:
        """What happens to answers about oneself, said before the first."""
        is_first = self.dimension.number == 1
        return ABOUT_SELF if is_first and self.part.instrument.is_about_self else ""

    @cached_property
    def is_apart(self) -> bool:
        """True for the page that is none of the dimensions."""
        return self.dimension == self.part.instrument.last

    @cached_property
    def states(self) -> list[str]:
        return self.part.states_at(self.dimension)

    @cached_property
    def step(self) -> Step:
        return self.part.pages[self.dimension.number - 1]

    @cached_property
    def url_before(self) -> str | None:
        return self.part.url_before(self.dimension)

    @cached_property
    def url_after(self) -> str:
        return self.part.url_after(self.dimension)

    @cached_property
    def is_last(self) -> bool:
        return self.dimension.number == len(self.part.pages)

    def make_form(self, data: Mapping[str, Any] | None = None) -> DimensionForm:
        return DimensionForm(
            data,
            dimension=self.dimension,
            stored=self.answers,
            comment=self.comment,
            comment_note=self.comment_note,
            tokens=self.tokens,
            comment_token=self.comment_token,
        )


def open_sheet(seat: Seat, instrument_code: str, dimension_code: str) -> Sheet | None:
    """The page of a dimension; None when the round does not ask it."""
    own = read_answers(seat)
    part = find_part(seat, instrument_code, own.answered)
    dimension = part.instrument.find(dimension_code) if part else None
    if part is None or dimension is None:
        return None
    note = _note(seat) if dimension.takes_comments else ""
    return Sheet(
        seat=seat,
        part=part,
        dimension=dimension,
        answers={key: Stored(one.value, one.revision) for key, one in own.answers.items()},
        comment=_find_comment(seat, dimension) if note else None,
        comment_note=note,
        tokens=write_tokens(seat, (item.id for item in dimension.all_items), own),
        comment_token=_find_comment_token(seat, dimension) if note else "",
    )


def _find_comment(seat: Seat, dimension: AskedDimension) -> Stored | None:
    written = read_comments(seat).get(dimension.id) if dimension.id else None
    return Stored(written.text, written.revision) if written else None


def _find_comment_token(seat: Seat, dimension: AskedDimension) -> str:
    return read_comment_token(seat, dimension.id) if dimension.id and not seat.can_read else ""


def _note(seat: Seat) -> str:
    """Who reads comments; empty where none are asked for."""
    readers = list_comment_readers(seat.round)
    if not readers:
        return ""
    note = COMMENT_NOTE.format(readers=join_words(readers), least=comments_need(seat.round))
    return note if seat.can_read else note + BLIND_NOTE


@keep_frozen
def list_comment_readers(round_: Round) -> tuple[str, ...]:
    """As they were named when the round opened; none where no comments are asked for."""
    if not round_.asks_for_comments:
        return ()
    return tuple(str(user) for user in round_.comment_readers.all())
