"""Saving answers, comments and the submit. Nothing newer is ever overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import ParticipantState, RoundInstrument
from assessments.services.answering.seats import Seat
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import AlreadySubmitted, Refused

COMMENT_LENGTH = 2000


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as it arrives.

    `based_on` is the revision that the page knew (0: none saved yet; None: the
    page may not know, as it was opened without the code).
    """

    item_id: int
    value: int
    based_on: int | None


@dataclass(frozen=True)
class SavedAnswer:
    """`is_current` is false when a newer answer was there already and was kept."""

    item_id: int
    revision: int
    is_current: bool


@transaction.atomic
def save_answers(*, seat: Seat, given: Sequence[GivenAnswer], now: datetime) -> list[SavedAnswer]:
    """Saves answers whose values the caller has checked against the items' scales.

    An answer based on an older revision than the stored one is not saved, but
    for a repeat of the very same value, which counts as saved. Raises
    RoundNotOpen, and AlreadySubmitted for a writer without the code.
    """
    response = _open_for_writing(seat, now)
    items = [answer.item_id for answer in given]
    stored = {
        answer.item_id: answer
        for answer in Answer.objects.filter(response=response, item__in=items)
    }
    return [_save_one(response, answer, stored.get(answer.item_id)) for answer in given]


@transaction.atomic
def save_comment(
    *, seat: Seat, dimension_id: int, text: str, based_on: int | None, now: datetime
) -> bool:
    """Saves what a person wrote on a dimension; an empty text deletes it.

    Returns False, and saves nothing, when a newer text is there already.
    """
    text = text.strip()
    if len(text) > COMMENT_LENGTH:
        raise Refused(f"A comment can have {COMMENT_LENGTH} characters. Please shorten it.")
    response = _open_for_writing(seat, now)
    comment = Comment.objects.filter(response=response, dimension=dimension_id).first()
    if comment is None:
        if text:
            Comment.objects.create(response=response, dimension_id=dimension_id, text=text)
        return True
    if comment.text == text:
        return True
    if based_on is not None and based_on != comment.revision:
        return False
    if not text:
        # Without the code nobody saw the text, so an empty box is no wish to delete it.
        if seat.can_read:
            comment.delete()
        return True
    comment.text = text
    comment.revision += 1
    comment.save(update_fields=["text", "revision"])
    return True


@transaction.atomic
def submit_sitting(*, seat: Seat, instrument: RoundInstrument, now: datetime) -> None:
    """Submits one instrument, which is the consent to count it. Again does no harm."""
    response = _open_for_writing(seat, now)
    Sitting.objects.update_or_create(
        response=response, instrument=instrument, defaults={"is_submitted": True}
    )
    ParticipantState.objects.filter(participant=seat.participant).update(
        state=ParticipantState.State.SUBMITTED
    )


def _open_for_writing(seat: Seat, now: datetime) -> Response:
    lock_open_round_shared(round_id=seat.participant.round_id, now=now)
    if seat.response_id is None:
        raise Refused("Nothing has been begun with this link yet.")
    # Locked, so that one person's requests follow one another.
    response = Response.objects.select_for_update().filter(pk=seat.response_id).first()
    if response is None:
        raise Refused("These answers were deleted meanwhile. Open your link to begin again.")
    if not seat.can_read and Sitting.objects.filter(response=response, is_submitted=True).exists():
        raise AlreadySubmitted("These answers were submitted, so only the return code opens them.")
    return response


def _save_one(response: Response, given: GivenAnswer, stored: Answer | None) -> SavedAnswer:
    if stored is None:
        Answer.objects.create(response=response, item_id=given.item_id, value=given.value)
        return SavedAnswer(given.item_id, revision=1, is_current=True)
    if stored.value == given.value:
        return SavedAnswer(given.item_id, revision=stored.revision, is_current=True)
    if given.based_on is not None and given.based_on != stored.revision:
        return SavedAnswer(given.item_id, revision=stored.revision, is_current=False)
    Answer.objects.filter(pk=stored.pk).update(value=given.value, revision=F("revision") + 1)
    return SavedAnswer(given.item_id, revision=stored.revision + 1, is_current=True)
