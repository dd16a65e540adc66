"""The two statements of a save, in SQL: open the response under the round's lock, put one row.

Django can say neither in one statement, and saving is what this service does
most often. Both run on SQLite and PostgreSQL.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from assessments.models.responses import Response, Sitting
from assessments.models.rounds import Round
from assessments.services.answering.seats import LinkHolder
from assessments.services.keys import is_reader_of
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import Refused

OPEN_RESPONSE = """
    SELECT response.id, response.code_digest, EXISTS (
        SELECT 1 FROM {sitting} sitting
        WHERE sitting.response_id = response.id AND sitting.is_submitted
    )
    FROM {round} round
    JOIN {response} response ON response.round_id = round.id AND response.claim_digest = %s
    WHERE round.id = %s AND round.state = %s AND round.ends_at > %s
"""
# A row that is there gives way when it holds the same value or is the one that
# the writer knew; else nothing changes and no revision comes back.
PUT_ROW = """
    INSERT INTO {table} AS stored (id, {keys}, {field}, revision) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT ({keys}) DO UPDATE SET
        {field} = excluded.{field},
        revision = stored.revision
            + CASE WHEN stored.{field} = excluded.{field} THEN 0 ELSE 1 END
    WHERE stored.{field} = excluded.{field} OR {is_known}
    RETURNING revision
"""


@dataclass(frozen=True)
class OpenResponse:
    """A response whose round stays open until the transaction ends."""

    pk: UUID
    can_read: bool
    is_submitted: bool


def lock_response(*, seat: LinkHolder, now: datetime) -> OpenResponse:
    """The response of a link, with the round locked as by `lock_open_round_shared`.

    Call inside `transaction.atomic`. Raises RoundNotOpen, and Refused when
    nothing has been begun or it has been deleted meanwhile.
    """
    query = OPEN_RESPONSE.format(
        sitting=_quote(Sitting), round=_quote(Round), response=_quote(Response)
    )
    if connection.features.has_select_for_update:
        # The round first, as everybody does; then nobody deletes the response meanwhile.
        query += " FOR SHARE OF round FOR KEY SHARE OF response"
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(query, [seat.claim, seat.round_id, Round.State.OPEN, moment])
        row = cursor.fetchone()
    if row is None:
        lock_open_round_shared(round_id=seat.round_id, now=now)
        raise Refused("Nothing has been begun with this link yet. Open your link to begin.")
    pk, code_digest, is_submitted = row
    return OpenResponse(
        pk=pk if isinstance(pk, UUID) else UUID(pk),
        can_read=is_reader_of(seat.reader, code_digest),
        is_submitted=bool(is_submitted),
    )


def put_row(
    *,
    model: type[models.Model],
    key: dict[str, UUID | int],
    field: str,
    value: int | str,
    based_on: int | None,
) -> int | None:
    """Inserts or changes the one row of `key` and returns its revision.

    None when a newer row than `based_on` was there; it is kept. With None for
    `based_on` the row gives way whatever its revision.
    """
    columns = [_quote_column(model, name) for name in key]
    query = PUT_ROW.format(
        table=_quote(model),
        keys=", ".join(columns),
        field=_quote_column(model, field),
        is_known="stored.revision = %s" if based_on is not None else "%s IS NULL",
    )
    own = [_prepare(model, name, given) for name, given in key.items()]
    with connection.cursor() as cursor:
        cursor.execute(query, [_prepare(model, "id", uuid4()), *own, value, based_on])
        row = cursor.fetchone()
    return row[0] if row else None


def _prepare(model: type[models.Model], name: str, value: UUID | int) -> Any:
    return _field(model, name).get_db_prep_value(value, connection)


def _quote(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quote_column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(_field(model, name).column))


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{name} is no column of {model.__name__}.")
    return field
