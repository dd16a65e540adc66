"""Saving answers, comments and the submit. Nothing newer is ever overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from assessments.models.responses import Answer, Comment, Sitting
from assessments.models.rounds import ParticipantState, RoundInstrument
from assessments.services.answering.rows import OpenResponse, lock_response, put_row
from assessments.services.answering.seats import NEEDS_CODE, LinkHolder
from assessments.services.refusals import AlreadySubmitted, Refused

COMMENT_LENGTH = 2000
BEGUN_ELSEWHERE = (
    "The answers were begun again on another device, so this page is out of date. "
    "Open your personal link to go on."
)


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as it arrives.

    `based_on` is the revision that the page knew: 0 when none was saved yet,
    None when the page may not know, as it was opened without the code.
    """

    item_id: int
    value: int
    based_on: int | None


@dataclass(frozen=True)
class SavedAnswer:
    """`is_current` is false when a newer answer was there already and was kept.

    Without the code `revision` is None: from revisions somebody with only the
    link could work out what was saved before.
    """

    item_id: int
    revision: int | None
    is_current: bool


@dataclass(frozen=True)
class SavedComment:
    """As for an answer; revision 0 when there is no text any more."""

    revision: int | None
    is_current: bool


@transaction.atomic
def save_answers(
    *, seat: LinkHolder, given: Sequence[GivenAnswer], now: datetime
) -> list[SavedAnswer]:
    """Saves answers whose values the caller has checked against the items' scales.

    An answer based on an older revision than the stored one is not saved, but
    for a repeat of the very same value, which counts as saved. Raises
    RoundNotOpen, and AlreadySubmitted for a writer without the code. One
    answer costs two statements and the transaction.
    """
    response = _open_for_writing(seat, now)
    return [_save_answer(response, answer) for answer in given]


@transaction.atomic
def save_comment(
    *, seat: LinkHolder, dimension_id: int, text: str, based_on: int | None, now: datetime
) -> SavedComment:
    """Saves what a person wrote on a dimension; an empty text deletes it.

    Saves nothing when a newer text is there already. Without the code nobody
    saw the text, so an empty box is no wish to delete it.
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > COMMENT_LENGTH:
        raise Refused(f"A comment can have {COMMENT_LENGTH} characters. Please shorten it.")
    response = _open_for_writing(seat, now)
    if not text:
        return _take_comment_out(response, dimension_id, based_on)
    revision = _put(response, Comment, "dimension", dimension_id, "text", text, based_on)
    if revision is None:
        return SavedComment(_current_comment(response, dimension_id), is_current=False)
    return SavedComment(revision if response.can_read else None, is_current=True)


@transaction.atomic
def submit_sitting(*, seat: LinkHolder, instrument: RoundInstrument, now: datetime) -> None:
    """Submits one instrument, which is the consent to count it. Again does no harm."""
    response = _open_for_writing(seat, now)
    Sitting.objects.update_or_create(
        response_id=response.pk, instrument=instrument, defaults={"is_submitted": True}
    )
    ParticipantState.objects.filter(participant=seat.place_id).update(
        state=ParticipantState.State.SUBMITTED
    )


def _open_for_writing(seat: LinkHolder, now: datetime) -> OpenResponse:
    response = lock_response(seat=seat, now=now)
    if seat.reader and not response.can_read:
        # A page of answers that were deleted must not write into those that came after.
        raise Refused(BEGUN_ELSEWHERE)
    if not response.can_read and response.is_submitted:
        raise AlreadySubmitted(NEEDS_CODE)
    return response


def _save_answer(response: OpenResponse, given: GivenAnswer) -> SavedAnswer:
    revision = _put(response, Answer, "item", given.item_id, "value", given.value, given.based_on)
    if revision is None:
        stored = Answer.objects.filter(response=response.pk, item=given.item_id)
        return SavedAnswer(given.item_id, stored.values_list("revision", flat=True).get(), False)
    return SavedAnswer(given.item_id, revision if response.can_read else None, is_current=True)


def _put(
    response: OpenResponse,
    model: type[Answer] | type[Comment],
    about: str,
    about_id: int,
    field: str,
    value: int | str,
    based_on: int | None,
) -> int | None:
    # A page without the code may not learn from a refusal what was there.
    known = based_on if response.can_read else None
    key: dict[str, UUID | int] = {"response": response.pk, about: about_id}
    return put_row(model=model, key=key, field=field, value=value, based_on=known)


def _take_comment_out(
    response: OpenResponse, dimension_id: int, based_on: int | None
) -> SavedComment:
    if not response.can_read:
        return SavedComment(None, is_current=True)
    stored = Comment.objects.filter(response=response.pk, dimension=dimension_id)
    revision = _current_comment(response, dimension_id)
    if revision and based_on is not None and based_on != revision:
        return SavedComment(revision, is_current=False)
    stored.delete()
    return SavedComment(0, is_current=True)


def _current_comment(response: OpenResponse, dimension_id: int) -> int:
    stored = Comment.objects.filter(response=response.pk, dimension=dimension_id)
    return stored.values_list("revision", flat=True).first() or 0
