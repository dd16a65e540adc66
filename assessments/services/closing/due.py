"""Rounds that close by themselves on their closing date."""

import logging
from datetime import datetime

from assessments.models.rounds import Round
from assessments.services.closing.door import close_round

logger = logging.getLogger(__name__)


def close_due_rounds(*, now: datetime) -> int:
    """Closes every open round whose end has come; returns how many.

    A round that fails stays open and whole, is reported, and does not keep
    the others from closing; the next call tries it again.
    """
    due = Round.objects.filter(state=Round.State.OPEN, ends_at__lte=now).order_by("ends_at")
    return sum(_close_one(round_, now) for round_ in list(due))


def _close_one(round_: Round, now: datetime) -> bool:
    try:
        close_round(round_=round_, actor=None, now=now)
    except Exception:
        logger.exception("Round %s could not be closed and will be tried again.", round_.pk)
        return False
    return True
