"""After the commit: make the database overwrite what the close deleted.

Recorded on the round when done; a worker retries what is not.
"""

import logging
import time
from datetime import datetime

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from assessments.models.mail import OutgoingMail
from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.results import CollectedComment
from assessments.models.rounds import ParticipantState, Round, RoundKey, Throttle, Ticket

logger = logging.getLogger(__name__)
# People who are saving answers wait behind the lock that is waited for.
LONGEST_WAIT_FOR_A_TABLE = "2s"
LOOKS, BETWEEN_LOOKS = 20, 0.1
WIPED_MODELS = (
    Answer,
    Comment,
    Sitting,
    Response,
    ParticipantState,
    Ticket,
    Throttle,
    RoundKey,
    OutgoingMail,
    CollectedComment,
)


def wipe(*, round_id: int, now: datetime) -> bool:
    """Overwrites deleted rows and records it; False when the database was too busy.

    PostgreSQL: VACUUM FULL of the tables that were emptied of this round. A
    plain VACUUM gives the space free but leaves the bytes in it, in tables and
    in indexes, as long as another round has rows on the same pages. SQLite:
    secure_delete has overwritten the pages; the write-ahead log is cut to
    nothing. Call outside a transaction.
    """
    try:
        done = _vacuum() if connection.vendor == "postgresql" else _truncate_log()
    except DatabaseError:
        logger.warning("Round %s: overwriting failed and will be tried again.", round_id)
        return False
    if done:
        Round.objects.filter(pk=round_id).update(wiped_at=now)
    return done


def wipe_due(*, now: datetime) -> int:
    """Retries every closed round that is not recorded as overwritten; returns how many are left."""
    due = Round.objects.filter(closed_at__isnull=False, wiped_at=None).values_list("pk", flat=True)
    return sum(not wipe(round_id=round_id, now=now) for round_id in list(due))


def _vacuum() -> bool:
    """Writes each table anew, which nobody may use meanwhile; gives up when it is busy for long.

    While somebody still reads the past, such as a back-up that began before
    the close, deleted rows would be written anew as well.
    """
    with connection.cursor() as cursor:
        if not _wait_for_readers_of_the_past(cursor):
            return False
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT_FOR_A_TABLE])
        try:
            for model in WIPED_MODELS:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"VACUUM (FULL) {table}")
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _wait_for_readers_of_the_past(cursor: CursorWrapper) -> bool:
    """Whether all transactions that were there when we came have ended within two seconds.

    Those of every database of the server count: what VACUUM FULL itself sees
    begins with the oldest of them. Those of other database users are seen with
    the right to read all statistics.
    """
    cursor.execute("SELECT txid_snapshot_xmax(txid_current_snapshot())")
    (now,) = cursor.fetchone()
    for _ in range(LOOKS):
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND greatest(age(backend_xmin), age(backend_xid))"
            " > txid_snapshot_xmax(txid_current_snapshot()) - %s",
            [now],
        )
        if cursor.fetchone() == (0,):
            return True
        time.sleep(BETWEEN_LOOKS)
    return False


def _truncate_log() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    return row is None or row[0] == 0
