"""Sharing results as they were seen beforehand: with the comments that the page showed."""

import hashlib
from datetime import datetime

from django.db import transaction

from assessments.models.results import CollectedComment
from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused
from assessments.services.rounds import share_results

CHANGED = (
    "The comments in these results have changed since you opened the page, so nothing is shared "
    "yet. Look again at what people will see."
)


def digest_of_released(round_: Round) -> str:
    """Every comment that sharing would show, for all audiences."""
    released = CollectedComment.objects.filter(
        result__round=round_, state=CollectedComment.State.RELEASED
    ).order_by("id")
    texts = [f"{pk}\x1f{text}" for pk, text in released.values_list("pk", "text")]
    return hashlib.sha256("\x1e".join(texts).encode()).hexdigest()


@transaction.atomic
def share_as_previewed(*, round_: Round, was: str, actor: User, now: datetime) -> Round:
    """Refused when another comment was released, or one taken back, after the page was opened."""
    locked = lock_round(round_.pk)
    if locked.is_closed and not locked.is_shared and digest_of_released(locked) != was:
        raise Refused(CHANGED)
    return share_results(round_=locked, actor=actor, now=now)
