"""Locks on a round: shared for saving, exclusive for everything that changes its state.

SQLite begins every transaction with the write lock (BEGIN IMMEDIATE), so a
plain read inside one is enough there.
"""

from datetime import datetime

from django.db import connection

from assessments.models.rounds import Round
from assessments.services.refusals import RoundNotOpen

CLOSED = "This round has closed, so nothing more can be saved."


def lock_round(round_id: int) -> Round:
    """The round, locked until the transaction ends. Call inside `transaction.atomic`."""
    # The lock is on the round alone: its partnership may be read meanwhile.
    rounds = Round.objects.select_related("partnership").select_for_update(of=("self",))
    return rounds.get(pk=round_id)


def lock_open_round_shared(*, round_id: int, now: datetime) -> None:
    """Waits for a close that has begun, then makes sure that the round still takes answers.

    Raises RoundNotOpen when it does not. Many savers hold this lock at once;
    a close waits for them.
    """
    query = "SELECT 1 FROM assessments_round WHERE id = %s AND state = %s AND ends_at > %s"
    if connection.features.has_select_for_update:
        # Django knows no shared lock. PostgreSQL looks at the row again after
        # waiting, so a round that closed meanwhile is not found.
        query += " FOR SHARE"
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(query, [round_id, Round.State.OPEN, moment])
        if cursor.fetchone() is None:
            raise RoundNotOpen(CLOSED)
