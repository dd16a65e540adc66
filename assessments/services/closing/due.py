"""Rounds that close by themselves on their closing date."""

from datetime import datetime

from assessments.models.rounds import Round
from assessments.services.closing.door import close_round


def close_due_rounds(*, now: datetime) -> int:
    """Closes every open round whose end has come; returns how many."""
    due = list(Round.objects.filter(state=Round.State.OPEN, ends_at__lte=now))
    for round_ in due:
        close_round(round_=round_, actor=None, now=now)
    return len(due)
