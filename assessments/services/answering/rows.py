"""The statements of a save, in SQL: open the response under the round's lock, put one row.

Django can say neither in one statement, and saving is what this service does
most often. All run on SQLite and PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from assessments.models.content import Edition, Instrument
from assessments.models.partnerships import Organisation
from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import Round, RoundInstrument, RoundItem
from assessments.services.answering.known import ANY, Known, Shape
from assessments.services.answering.offers import Offer
from assessments.services.answering.prepared import run
from assessments.services.answering.seats import LinkHolder
from assessments.services.answering.turns import take_turn
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
IS_OFFERED = "round.opened_at = %(opened)s AND response.audience = %(audience)s"
# Contact is between sectors: what somebody says of their own is never stored.
IS_OTHER_SECTOR = """NOT EXISTS (
    SELECT 1 FROM {organisation} own
    WHERE own.id = response.organisation_id AND own.sector_id = %(sector)s
)"""
# The quick test takes no words.
MAY_COMMENT = """
    round.asks_for_comments
    AND EXISTS (SELECT 1 FROM {readers} reader WHERE reader.round_id = round.id)
    AND EXISTS (
        SELECT 1 FROM {item} item
        JOIN {instrument} instrument ON instrument.id = item.instrument_id
        JOIN {edition} edition ON edition.id = instrument.edition_id
        JOIN {checklist} checklist ON checklist.id = edition.instrument_id
        WHERE item.round_id = round.id AND item.dimension_id = %(about)s
            AND instrument.audience = response.audience AND checklist.code <> 'quick_test'
    )
"""
PUT_ROW = """
    INSERT INTO {table} AS stored (id, response_id, {about}, {field}, revision)
    SELECT %(id)s, {response_id}, %(about)s, %(value)s, %(first)s
    {source}
    ON CONFLICT (response_id, {about}) DO UPDATE SET
        {field} = excluded.{field}, revision = {next_revision}
    WHERE {gives_way}
    RETURNING response_id, revision
"""
# Who knew a row that is gone does not bring it back. No EXISTS: PostgreSQL would plan a join.
IS_THERE = """(
    SELECT 1 FROM {table} old WHERE old.response_id = {response_id} AND old.{about} = %(about)s
) IS NOT NULL"""
# The names are ours, so nobody can put SQL into them.
COLUMNS = {
    Answer: {"table": Answer._meta.db_table, "about": "item_id", "field": "value"},
    Comment: {"table": Comment._meta.db_table, "about": "dimension_id", "field": "text"},
}
TYPES = {
    "id": "uuid",
    "own": "uuid",
    "about": "bigint",
    "round": "bigint",
    "sector": "bigint",
    "first": "integer",
    "known": "integer",
    "leaves": "integer",
    "mark": "integer",
    "claim": "varchar",
    "digest": "varchar",
    "audience": "varchar",
    "now": "timestamptz",
    "opened": "timestamptz",
}
TYPES_OF = {Answer: {**TYPES, "value": "smallint"}, Comment: {**TYPES, "value": "text"}}
# The round first, as everybody does; then nobody deletes the response meanwhile.
LOCK = " FOR SHARE OF round FOR KEY SHARE OF response"


@dataclass(frozen=True)
class OpenResponse:
    """A response whose round stays open until the transaction ends."""

    pk: UUID
    can_read: bool
    is_submitted: bool
    audience: str
    organisation_id: int | None


@dataclass(frozen=True)
class Write:
    """One value for one row: an answer to an item, or a comment on a dimension."""

    model: type[Answer] | type[Comment]
    about: int
    value: int | str
    known: Known

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
    pk, code_digest, is_submitted, audience, organisation_id = row
    return OpenResponse(
        pk=_read_key(pk),
        can_read=is_reader_of(seat.reader, code_digest),
        is_submitted=bool(is_submitted),
        audience=audience,
        organisation_id=organisation_id,
    )


def put_answer_at_once(
    *, seat: LinkHolder, write: Write, offer: Offer, now: datetime
) -> Put | None:
    """Checks everything and saves, in one statement, so that nothing can come between.

    None when it may not be saved, for whatever reason: the slow way finds out why.
    """
    conditions = [IS_OFFERED]
    values = {
        "opened": connection.ops.adapt_datetimefield_value(offer.opened_at),
        "audience": offer.audience,
        "sector": offer.sector_id,
    }
    if offer.sector_id:
        conditions.append(IS_OTHER_SECTOR)
    return _put_at_once(seat, write, conditions, values, now)


def put_comment_at_once(*, seat: LinkHolder, write: Write, now: datetime) -> Put | None:
    """As for an answer, where the round asks for comments and names who reads them."""
    return _put_at_once(seat, write, [MAY_COMMENT], {}, now)


def _put_at_once(
    seat: LinkHolder,
    write: Write,
    conditions: list[str],
    values: dict[str, Any],
    now: datetime,
) -> Put | None:
    own = write.known.response_id
    all_conditions = [
        OPEN_RESPONSE,
        "response.code_digest = %(digest)s" if seat.reader else f"NOT {HAS_SUBMITTED}",
        *conditions,
        *(["response.id = %(own)s"] if own else []),
    ]
    all_values = {
        **_open_values(seat, now),
        **write.values,
        **values,
        "digest": seat.reader.code_digest if seat.reader else "",
        "own": _prepare(own) if own else None,
    }
    lock = LOCK if connection.features.has_select_for_update else ""
    with take_turn():
        return _put(write, " AND ".join(all_conditions), "response.id", lock, all_values)


def put_row(*, response: OpenResponse, write: Write) -> Put | None:
    """The same under the lock of `lock_response`; None when a newer row was there."""
    values = {**write.values, "own": _prepare(response.pk)}
    return _put(write, f"WHERE {ANY}", "%(own)s", "", values)


def may_comment(*, response: OpenResponse, write: Write) -> bool:
    """True when a comment on that dimension is asked of this response."""
    query = "SELECT 1 FROM {round} round JOIN {response} response ON response.round_id = round.id"
    query = f"{query} WHERE response.id = %(own)s AND {MAY_COMMENT}".format(**_tables())
    with connection.cursor() as cursor:
        cursor.execute(query, {**write.values, "own": _prepare(response.pk)})
        return cursor.fetchone() is not None


def _put(
    write: Write, source: str, response_id: str, lock: str, values: dict[str, Any]
) -> Put | None:
    query = _put_sql(write.model, write.known.shape, source, response_id, lock)
    rows = run(query, values, TYPES_OF[write.model], whole=2)
    return Put(_read_key(rows[0][0]), rows[0][1]) if rows else None


@cache
def _put_sql(
    model: type[Answer] | type[Comment], shape: Shape, source: str, response_id: str, lock: str
) -> str:
    columns = {**COLUMNS[model], "response_id": response_id}
    if shape.is_there:
        source = f"{source} AND {IS_THERE}"
    return PUT_ROW.format(
        **columns,
        source=source.format(**columns, **_tables()) + lock,
        next_revision=shape.next_revision(columns["field"]),
        gives_way=shape.gives_way(columns["field"]),
    )


@cache
def _lock_sql(vendor: str) -> str:
    columns = f"response.id, response.code_digest, {HAS_SUBMITTED}, response.audience"
    query = f"SELECT {columns}, response.organisation_id {OPEN_RESPONSE}"
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
        "item": RoundItem._meta.db_table,
        "instrument": RoundInstrument._meta.db_table,
        "edition": Edition._meta.db_table,
        "checklist": Instrument._meta.db_table,
        "organisation": Organisation._meta.db_table,
        "readers": Round.comment_readers.through._meta.db_table,
    }


def _prepare(key: UUID) -> UUID | str:
    """As UUIDField does it, which takes longer to make than a row to write."""
    return key if connection.features.has_native_uuid_field else key.hex


def _read_key(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
