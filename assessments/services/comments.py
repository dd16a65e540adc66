"""Comments after the close: released, held back or redacted, by their named readers alone.

Released texts are part of the result. Whatever is not released is deleted on
its day (`closing.comments.delete_unreleased`). Events tell of acts, never of texts.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.locking import lock_round
from assessments.services.redacting import take_out
from assessments.services.refusals import Refused

State = CollectedComment.State
CHANGED = (
    "Somebody else changed this comment after you opened the page, so nothing was done. "
    "Read it as it is now."
)
GONE = "This comment has been deleted: its 30 days are over."
SHARED = "The results are shared, and leaders may have read this comment. It stays as it is."


def list_comments(round_: Round, now: datetime) -> QuerySet[CollectedComment]:
    """By audience and part, and within a part in no order: keys are random.

    Without texts whose day has come, and without any where a round shows three
    bands and nothing else.
    """
    found = CollectedComment.objects.filter(result__round=round_, result__is_bands_only=False)
    kept = found.filter(state=State.RELEASED) | found.filter(delete_on__gt=now.date())
    return kept.select_related("result", "dimension__edition").order_by(
        "result__audience", "dimension__edition", "dimension__order", "id"
    )


def digest_of(comment: CollectedComment) -> str:
    """What a page showed, for the act that follows to notice a change."""
    return hashlib.sha256(f"{comment.state}\x1f{comment.text}".encode()).hexdigest()


@transaction.atomic
def release_comment(*, comment: CollectedComment, was: str, actor: User, now: datetime) -> None:
    """Puts it into the results; leaders read it once those are shared."""
    comment, round_ = _lock(comment, was, actor, now)
    _put(comment, State.RELEASED)
    record_event(actor=actor, action="comment released", now=now, round_=round_)


@transaction.atomic
def hold_comment_back(*, comment: CollectedComment, was: str, actor: User, now: datetime) -> None:
    """Keeps it out of the results. Until its day it can still be released."""
    comment, round_ = _lock(comment, was, actor, now)
    _refuse_shared(comment, round_)
    _put(comment, State.HELD_BACK)
    record_event(actor=actor, action="comment held back", now=now, round_=round_)


@transaction.atomic
def take_back_release(*, comment: CollectedComment, was: str, actor: User, now: datetime) -> None:
    """Out of the results again, to be read anew. Refused once they are shared."""
    comment, round_ = _lock(comment, was, actor, now)
    _refuse_shared(comment, round_)
    _put(comment, State.WAITING)
    record_event(actor=actor, action="release taken back", now=now, round_=round_)


@transaction.atomic
def redact_comment(
    *, comment: CollectedComment, places: Collection[int], was: str, actor: User, now: datetime
) -> None:
    """Replaces the stored text; the words are gone, and the database overwrites them.

    `places` count the words of the text as the page showed it.
    """
    if not places:
        raise Refused("Mark the words to take out, or leave the comment as it is.")
    comment, round_ = _lock(comment, was, actor, now)
    _refuse_shared(comment, round_)
    comment.text = take_out(comment.text, places)
    comment.is_redacted = True
    comment.save(update_fields=["text", "is_redacted"])
    Round.objects.filter(pk=round_.pk).update(wiped_at=None)
    record_event(actor=actor, action="comment redacted", now=now, round_=round_)


def _lock(
    comment: CollectedComment, was: str, actor: User, now: datetime
) -> tuple[CollectedComment, Round]:
    """The comment as it is now and its round, which sharing locks too."""
    round_ = lock_round(comment.result.round_id)
    if not round_.comment_readers.filter(pk=actor.pk).exists():
        raise Refused("Only the readers who were named before anybody answered may do this.")
    stored = list_comments(round_, now).filter(pk=comment.pk).first()
    if stored is None:
        raise Refused(GONE)
    if digest_of(stored) != was:
        raise Refused(CHANGED)
    return stored, round_


def _refuse_shared(comment: CollectedComment, round_: Round) -> None:
    if round_.is_shared and comment.state == State.RELEASED:
        raise Refused(SHARED)


def _put(comment: CollectedComment, state: str) -> None:
    comment.state = state
    comment.save(update_fields=["state"])
