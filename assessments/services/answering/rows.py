"""The statements of a save, in SQL: open the response under the round's lock, put one row.

Django can say neither in one statement, and saving is what this service does
most often. All run on SQLite and PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import Round
from assessments.services.answering.known import ANY, Known
from assessments.services.answering.offers import MAY_COMMENT, OFFERED, OFFERED_OF_OTHERS
from assessments.services.answering.seats import LinkHolder
from assessments.services.keys import is_reader_of
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import Refused

OPEN_RESPONSE = """
    FROM {round} round
    JOIN {response} response ON response.round_id = round.id AND response.claim_digest = %(claim)s
    WHERE round.id = %(round)s AND round.state = 'open' AND round.ends_at > %(now)s
"""
HAS_SUBMITTED = """EXISTS (
    SELECT 1 FROM {sitting} sitting WHERE sitting.response_id = response.id AND sitting.is_submitted
)"""
PUT_ROW = """
    INSERT INTO {table} AS stored (id, response_id, {about}, {field}, revision)
    SELECT %(id)s, {response_id}, %(about)s, %(value)s, %(first)s
    {source}
    ON CONFLICT (response_id, {about}) DO UPDATE SET
        {field} = excluded.{field}, revision = {next_revision}
    WHERE {gives_way}
    RETURNING response_id, revision
"""
# Who knew a row that is gone does not bring it back.
IS_THERE = """EXISTS (
    SELECT 1 FROM {table} old WHERE old.response_id = {response_id} AND old.{about} = %(about)s
)"""
# The round first, as everybody does; then nobody deletes the response meanwhile.
LOCK = " FOR SHARE OF round FOR KEY SHARE OF response"


@dataclass(frozen=True)
class OpenResponse:
    """A response whose round stays open until the transaction ends."""

    pk: UUID
    can_read: bool
    is_submitted: bool


@dataclass(frozen=True)
class Write:
    """One value for one row: an answer to an item, or a comment on a dimension."""

    model: type[Answer] | type[Comment]
    about: int
    value: int | str
    known: Known

    @property
    def columns(self) -> dict[str, str]:
        """Where it is written. The names are ours, so nobody can put SQL into them."""
        is_answer = self.model is Answer
        return {
            "table": self.model._meta.db_table,
            "about": "item_id" if is_answer else "dimension_id",
            "field": "value" if is_answer else "text",
        }

    @property
    def values(self) -> dict[str, Any]:
        return {
            "id": _prepare(uuid4()),
            "about": self.about,
            "value": self.value,
            "first": self.known.first_revision,
            "known": self.known.revision,
            "leaves": self.known.leaves,
            "mark": self.known.mark,
        }


@dataclass(frozen=True)
class Put:
    response_id: UUID
    revision: int


def lock_response(*, seat: LinkHolder, now: datetime) -> OpenResponse:
    """The response of a link, with the round locked as by `lock_open_round_shared`.

    Call inside `transaction.atomic`. Raises RoundNotOpen, and Refused when
    nothing has been begun or it has been deleted meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(_lock_sql(connection.vendor), _open_values(seat, now))
        row = cursor.fetchone()
    if row is None:
        lock_open_round_shared(round_id=seat.round_id, now=now)
        raise Refused("Nothing has been begun with this link yet. Open your link to begin.")
    pk, code_digest, is_submitted = row
    return OpenResponse(
        pk=_read_key(pk),
        can_read=is_reader_of(seat.reader, code_digest),
        is_submitted=bool(is_submitted),
    )


def put_at_once(*, seat: LinkHolder, write: Write, now: datetime) -> Put | None:
    """Checks everything and saves, in one statement, so that nothing can come between.

    None when it may not be saved, for whatever reason: `lock_response`,
    `is_asked` and `put_row` find out why.
    """
    known = write.known
    conditions = [
        "response.code_digest = %(digest)s" if seat.reader else f"NOT {HAS_SUBMITTED}",
        OFFERED_OF_OTHERS if write.model is Answer else MAY_COMMENT,
    ]
    if known.response_id:
        conditions.append("response.id = %(own)s")
    source = " AND ".join([OPEN_RESPONSE, *conditions])
    lock = LOCK if connection.features.has_select_for_update else ""
    values = {
        **_open_values(seat, now),
        **write.values,
        "digest": seat.reader.code_digest if seat.reader else "",
        "own": known.response_id and _prepare(known.response_id),
    }
    return _put(write, "response.id", source, lock, values)


def put_row(*, response: OpenResponse, write: Write) -> Put | None:
    """The same under the lock of `lock_response`; None when a newer row was there."""
    values = {**write.values, "own": _prepare(response.pk)}
    return _put(write, "%(own)s", f"WHERE {ANY}", "", values)


def is_asked(*, response: OpenResponse, write: Write) -> bool:
    """True when the response's round asks it and it is a possible answer.

    True also of a person's own sector, which is asked of all the others.
    """
    return _holds(OFFERED if write.model is Answer else MAY_COMMENT, response, write)


def is_own_sector(*, response: OpenResponse, write: Write) -> bool:
    """True for an answer that is asked of all but people of this person's own sector."""
    return not _holds(OFFERED_OF_OTHERS, response, write)


def _holds(condition: str, response: OpenResponse, write: Write) -> bool:
    query = "SELECT 1 FROM {round} round JOIN {response} response ON response.round_id = round.id"
    query = f"{query} WHERE response.id = %(own)s AND {condition}".format(**_tables())
    with connection.cursor() as cursor:
        cursor.execute(query, {**write.values, "own": _prepare(response.pk)})
        return cursor.fetchone() is not None


def _put(
    write: Write, response_id: str, source: str, lock: str, values: dict[str, Any]
) -> Put | None:
    known = write.known
    columns = {**write.columns, "response_id": response_id}
    if known.revision:
        source = f"{source} AND {IS_THERE}"
    query = PUT_ROW.format(
        **columns,
        source=source.format(**columns, **_tables()) + lock,
        next_revision=known.next_revision(columns["field"]),
        gives_way=known.gives_way(columns["field"]),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        # All of them: SQLite commits only once the last row was fetched.
        rows = cursor.fetchall()
    return Put(_read_key(rows[0][0]), rows[0][1]) if rows else None


@cache
def _lock_sql(vendor: str) -> str:
    query = f"SELECT response.id, response.code_digest, {HAS_SUBMITTED} {OPEN_RESPONSE}"
    lock = LOCK if connection.features.has_select_for_update else ""
    return query.format(**_tables()) + lock


def _open_values(seat: LinkHolder, now: datetime) -> dict[str, Any]:
    return {
        "claim": seat.claim,
        "round": seat.round_id,
        "now": connection.ops.adapt_datetimefield_value(now),
    }


@cache
def _tables() -> dict[str, str]:
    return {
        "round": Round._meta.db_table,
        "response": Response._meta.db_table,
        "sitting": Sitting._meta.db_table,
    }


def _prepare(key: UUID) -> Any:
    return models.UUIDField().get_db_prep_value(key, connection)


def _read_key(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
