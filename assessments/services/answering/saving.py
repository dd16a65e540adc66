"""Saving answers, comments and the submit. Nothing newer is ever overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models.partnerships import Organisation
from assessments.models.responses import Answer, Comment, Sitting
from assessments.models.rounds import ParticipantState, RoundInstrument
from assessments.services.answering.known import read_known
from assessments.services.answering.offers import find_offer, read_offer
from assessments.services.answering.rows import (
    OpenResponse,
    Put,
    Write,
    lock_response,
    may_comment,
    put_answer_at_once,
    put_comment_at_once,
    put_row,
)
from assessments.services.answering.seats import NEEDS_CODE, LinkHolder
from assessments.services.answering.tokens import DIMENSION, ITEM, write_token
from assessments.services.refusals import AlreadySubmitted, NotAsked, Refused

COMMENT_LENGTH = 2000
BEGUN_ELSEWHERE = (
    "The answers were begun again on another device, so this page is out of date. "
    "Open your personal link to go on."
)
NOT_ASKED = "This answer does not belong to this round. Load the page again."

NOTHING_ANSWERED = "Nothing is answered here yet. Answer at least one statement, then submit."


@dataclass(frozen=True)
class GivenAnswer:
    """One answer as it arrives.

    `based_on` is the revision that the page knew: 0 when none was saved yet,
    None when the answer is to be taken whatever was there. A page that was
    opened without the code knows no revision; it brings a `token`.
    """

    item_id: int
    value: int
    based_on: int | None
    token: str = ""


@dataclass(frozen=True)
class SavedAnswer:
    """`is_current` is false when a newer answer was there already and was kept.

    Without the code `revision` is None: from revisions somebody with only the
    link could work out what was saved before. There is a `token` instead.
    """

    item_id: int
    revision: int | None
    is_current: bool
    token: str = ""


@dataclass(frozen=True)
class SavedComment:
    """As for an answer; revision 0 when there is no text any more."""

    revision: int | None
    is_current: bool
    token: str = ""


def save_answer(*, seat: LinkHolder, given: GivenAnswer, now: datetime) -> SavedAnswer:
    """Saves one answer, in one statement; a second look is taken only where that saved nothing.

    An answer based on an older revision than the stored one is not saved, but
    for a repeat of the very same value, which counts as saved. Raises NotAsked
    when the item is not asked of this person or does not offer the value,
    RoundNotOpen, and AlreadySubmitted for a writer without the code.
    """
    write = _answer_of(seat, given)
    offer = find_offer(round_id=seat.round_id, item_id=given.item_id)
    if offer and given.value in offer.values:
        put = put_answer_at_once(seat=seat, write=write, offer=offer, now=now)
        if put:
            return _saved_answer(seat, write, put)
    return _save_answer_slowly(seat, write, now)


@transaction.atomic
def save_answers(
    *, seat: LinkHolder, given: Sequence[GivenAnswer], now: datetime
) -> list[SavedAnswer]:
    """Saves answers whose values the caller has checked against the items' scales: all that were
    not overtaken, or none when something is refused. Raises as `save_answer` does."""
    response = _open_for_writing(seat, now)
    saved = []
    for answer in given:
        write = _answer_of(seat, answer)
        _check_same_response(response, write)
        saved.append(_saved_answer(seat, write, put_row(response=response, write=write)))
    return saved


def save_comment(
    *,
    seat: LinkHolder,
    dimension_id: int,
    text: str,
    based_on: int | None,
    now: datetime,
    token: str = "",
) -> SavedComment:
    """Saves what a person wrote on a dimension; an empty text deletes it.

    Saves nothing when a newer text is there already. A page without the code
    deletes only what it wrote itself: nobody saw any other text there, so an
    empty box is no wish to delete it. Raises as `save_answer` does.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > COMMENT_LENGTH:
        raise Refused(f"A comment can have {COMMENT_LENGTH} characters. Please shorten it.")
    known = read_known(
        seat=seat, based_on=based_on, token=token, kind=DIMENSION, about=dimension_id
    )
    write = Write(Comment, dimension_id, text, known)
    if not text:
        return _take_comment_out(seat, write, token, now)
    put = put_comment_at_once(seat=seat, write=write, now=now)
    if put is None:
        put = _put_comment_slowly(seat, write, now)
    return _saved_comment(seat, write, put)


@transaction.atomic
def submit_sitting(*, seat: LinkHolder, instrument: RoundInstrument, now: datetime) -> None:
    """Submits one instrument, which is the consent to count it. Again does no harm.

    Raises Refused where nothing was answered; the prediction and how openly
    somebody answered are about other answers, so do not stand alone.
    """
    response = _open_for_writing(seat, now)
    answers = Answer.objects.filter(response=response.pk, item__instrument=instrument)
    if not answers.filter(item__question=None).exists():
        raise Refused(NOTHING_ANSWERED)
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


def _answer_of(seat: LinkHolder, given: GivenAnswer) -> Write:
    known = read_known(
        seat=seat, based_on=given.based_on, token=given.token, kind=ITEM, about=given.item_id
    )
    return Write(Answer, given.item_id, given.value, known)


@transaction.atomic
def _save_answer_slowly(seat: LinkHolder, write: Write, now: datetime) -> SavedAnswer:
    """Saves under the lock what could not be saved at once, or says why not."""
    response = _open_same(seat, write, now)
    offer = read_offer(round_id=seat.round_id, item_id=write.about)
    if offer is None or offer.audience != response.audience or write.value not in offer.values:
        raise NotAsked(NOT_ASKED)
    if offer.sector_id and _is_sector_of(response, offer.sector_id):
        return _own_sector(seat, response, write)
    return _saved_answer(seat, write, put_row(response=response, write=write))


@transaction.atomic
def _put_comment_slowly(seat: LinkHolder, write: Write, now: datetime) -> Put | None:
    response = _open_same(seat, write, now)
    if not may_comment(response=response, write=write):
        raise NotAsked(NOT_ASKED)
    return put_row(response=response, write=write)


def _open_same(seat: LinkHolder, write: Write, now: datetime) -> OpenResponse:
    response = _open_for_writing(seat, now)
    _check_same_response(response, write)
    return response


def _is_sector_of(response: OpenResponse, sector_id: int) -> bool:
    own = Organisation.objects.filter(sector=sector_id).values_list("pk", flat=True)
    return response.organisation_id in own


def _check_same_response(response: OpenResponse, write: Write) -> None:
    if write.known.response_id not in (None, response.pk):
        raise Refused(BEGUN_ELSEWHERE)


def _own_sector(seat: LinkHolder, response: OpenResponse, write: Write) -> SavedAnswer:
    """Nobody is asked how often they meet their own sector, and no answer to it is stored.

    Without the code it looks saved: a refusal would tell which sector was
    confirmed.
    """
    if response.can_read:
        raise NotAsked(NOT_ASKED)
    return _saved_answer(seat, write, Put(response.pk, 0))


def _saved_answer(seat: LinkHolder, write: Write, put: Put | None) -> SavedAnswer:
    if put is None:
        return SavedAnswer(write.about, None, is_current=False)
    if seat.reader:
        return SavedAnswer(write.about, put.revision, is_current=True)
    return SavedAnswer(write.about, None, is_current=True, token=_token(ITEM, write, put))


def _saved_comment(seat: LinkHolder, write: Write, put: Put | None) -> SavedComment:
    if put is None:
        return SavedComment(None, is_current=False)
    if seat.reader:
        return SavedComment(put.revision, is_current=True)
    return SavedComment(None, is_current=True, token=_token(DIMENSION, write, put))


def _token(kind: bytes, write: Write, put: Put) -> str:
    return write_token(
        response_id=put.response_id,
        kind=kind,
        about=write.about,
        revision=put.revision,
        is_own=True,
    )


@transaction.atomic
def _take_comment_out(seat: LinkHolder, write: Write, token: str, now: datetime) -> SavedComment:
    response, known = _open_same(seat, write, now), write.known
    if not response.can_read and not known.is_own:
        return SavedComment(None, is_current=True, token=token)
    stored = Comment.objects.filter(response=response.pk, dimension=write.about)
    wanted = stored if known.revision is None else stored.filter(revision=known.revision)
    if not wanted.delete()[0] and stored.exists():
        return SavedComment(None, is_current=False)
    return _saved_comment(seat, write, Put(response.pk, 0))
