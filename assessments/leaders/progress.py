"""How far a person has come: parts of a round, their dimensions, and where to go on.

Made from which items were answered alone, so it is the same with and without the code.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.urls import reverse

from assessments.questionnaire.asked import AskedDimension, AskedInstrument, read_asked
from assessments.services.answering.own import read_answers
from assessments.services.answering.seats import Seat


@dataclass(frozen=True)
class Step:
    """One dimension, as a page of its own. A page apart asks nothing that counts."""

    dimension: AskedDimension
    answered: int
    url: str

    @cached_property
    def asked(self) -> int:
        return len(self.dimension.items)

    @cached_property
    def is_done(self) -> bool:
        return self.answered >= self.asked

    @property
    def is_begun(self) -> bool:
        return self.answered > 0

    @property
    def left_out(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Part:
    """One instrument: a sitting of its own, with its own submit.

    `last` is a page after the steps that is none of them.
    """

    instrument: AskedInstrument
    steps: tuple[Step, ...]
    is_submitted: bool
    review_url: str
    profile_url: str
    last: Step | None = None

    @cached_property
    def pages(self) -> tuple[Step, ...]:
        return (*self.steps, self.last) if self.last else self.steps

    @property
    def answered(self) -> int:
        return sum(step.answered for step in self.steps)

    @cached_property
    def asked(self) -> int:
        return self.instrument.asked

    @cached_property
    def is_done(self) -> bool:
        return all(step.is_done for step in self.steps)

    @property
    def states(self) -> list[str]:
        """For the compass: where nobody stands now."""
        return [self._state(step) for step in self.steps]

    @property
    def next_url(self) -> str:
        """The first page with something left, else the review."""
        waiting = next((step for step in self.steps if not step.is_done), None)
        return waiting.url if waiting else self.review_url

    def states_at(self, here: AskedDimension) -> list[str]:
        return [
            "now" if step.dimension.code == here.code else self._state(step) for step in self.steps
        ]

    def url_before(self, here: AskedDimension) -> str | None:
        return self.pages[here.number - 2].url if here.number > 1 else None

    def url_after(self, here: AskedDimension) -> str:
        is_last = here.number >= len(self.pages)
        return self.review_url if is_last else self.pages[here.number].url

    def _state(self, step: Step) -> str:
        return "done" if step.is_done else "todo"


@dataclass(frozen=True)
class WayOn:
    """The one button of the standing page."""

    label: str
    url: str


def read_parts(seat: Seat, answered: Collection[int] | None = None) -> tuple[Part, ...]:
    """`answered` are the ids of answered items, where the caller has read them already."""
    if answered is None:
        answered = read_answers(seat).answered
    return tuple(_make_part(seat, instrument, answered) for instrument in list_asked(seat))


def find_part(
    seat: Seat, instrument_code: str, answered: Collection[int] | None = None
) -> Part | None:
    """One part alone: the page of a dimension needs no more."""
    instrument = next((one for one in list_asked(seat) if one.code == instrument_code), None)
    if instrument is None:
        return None
    return _make_part(
        seat, instrument, read_answers(seat).answered if answered is None else answered
    )


def list_asked(seat: Seat) -> tuple[AskedInstrument, ...]:
    """What this person is asked: nobody is asked how often they meet their own sector."""
    sector = seat.organisation.sector_id if seat.organisation else None
    return read_asked(seat.round, seat.audience, sector)


def find_way_on(parts: tuple[Part, ...], place: tuple[str, str] | None) -> WayOn | None:
    """Back to the page that was left, else to the first part that is not submitted."""
    waiting = [part for part in parts if not part.is_submitted]
    if not waiting:
        return None
    for part in waiting:
        for step in part.pages:
            if (part.instrument.code, step.dimension.code) == place and part.answered:
                return WayOn(f"Go on with {step.dimension.name}", step.url)
    first = waiting[0]
    if first.is_done:
        return WayOn("Review and submit", first.review_url)
    label = "Go on" if first.answered else f"Start, about {first.instrument.minutes} minutes"
    return WayOn(label, first.next_url)


def _make_part(seat: Seat, instrument: AskedInstrument, answered: Collection[int]) -> Part:
    code = instrument.code
    return Part(
        instrument=instrument,
        steps=tuple(_make_step(seat, code, one, answered) for one in instrument.dimensions),
        is_submitted=instrument.round_instrument.pk in seat.submitted,
        review_url=address_of("answer_review", seat.round_id, code),
        profile_url=address_of("own_profile", seat.round_id, code),
        last=_make_step(seat, code, instrument.last, answered) if instrument.last else None,
    )


def _make_step(seat: Seat, code: str, dimension: AskedDimension, answered: Collection[int]) -> Step:
    return Step(
        dimension=dimension,
        answered=sum(item.id in answered for item in dimension.items),
        url=address_of("answer_dimension", seat.round_id, code, dimension.code),
    )


@lru_cache(maxsize=4096)
def address_of(name: str, *parts: int | str) -> str:
    """Kept, as every answering page names a dozen addresses of its round."""
    return reverse(name, args=parts)
