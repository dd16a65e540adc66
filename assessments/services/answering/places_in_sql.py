"""Reading a place with all that stands around it, in one query that is written once.

Every page of somebody who answers begins with it. The ORM would take longer to
write the query, with five joins, than the database to answer it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models

from assessments.models.partnerships import Organisation, Partnership, Sector
from assessments.models.rounds import Participant, Round, RoundKey, Ticket
from assessments.models.users import User
from assessments.services.links import TICKET, Link

Convert = Callable[[Any], Any]
# What is read beside the place, as it is called here, and where its row goes.
AROUND: Sequence[tuple[str, type[models.Model], str, str]] = (
    ("round", Round, "place", "round"),
    ("partnership", Partnership, "round", "partnership"),
    ("author", User, "round", "created_by"),
    ("organisation", Organisation, "place", "organisation"),
    ("sector", Sector, "organisation", "sector"),
)
TABLES = """
    FROM {place} place
    JOIN {round} round ON round.id = place.round_id
    JOIN {partnership} partnership ON partnership.id = round.partnership_id
    JOIN {author} author ON author.id = round.created_by_id
    LEFT JOIN {organisation} organisation ON organisation.id = place.organisation_id
    LEFT JOIN {sector} sector ON sector.id = organisation.sector_id
    LEFT JOIN {round_key} round_key
        ON round_key.round_id = place.round_id AND round_key.purpose = %s
    WHERE place.id = %s AND place.round_id = %s
"""


class FoundPlace(NamedTuple):
    """`key` is the stored half of the round's key; None once the round has closed."""

    place: Participant | Ticket
    key: bytes | None


class Reading(NamedTuple):
    """A query with, for each model in it, its columns' names and what makes values of them."""

    sql: str
    models: tuple[tuple[str, type[models.Model], tuple[str, ...], tuple[Convert, ...]], ...]


def find_place(*, round_id: int, link: Link) -> FoundPlace | None:
    """The place of a link, with its round, partnership, organisation and sector; None when the
    link has been replaced or the place is gone."""
    model = Ticket if link.kind == TICKET else Participant
    reading = _write_reading(model, connection.vendor)
    place_id = model._meta.pk.get_db_prep_value(link.place_id, connection)
    given = [RoundKey.Purpose.ANSWER.value, place_id, round_id]
    with connection.cursor() as cursor:
        cursor.execute(reading.sql, given if link.kind == TICKET else [*given, link.version])
        row = cursor.fetchone()
    if row is None:
        return None
    return FoundPlace(_build(reading, row), bytes(row[0]) if row[0] else None)


@cache
def _write_reading(model: type[models.Model], vendor: str) -> Reading:
    """`vendor` is part of what is kept: values are made in the way of the database."""
    named = [("place", model), *((name, one) for name, one, _, _ in AROUND)]
    columns = [
        f"{name}.{connection.ops.quote_name(str(field.column))}"
        for name, one in named
        for field in one._meta.concrete_fields
    ]
    tables = {name: connection.ops.quote_name(one._meta.db_table) for name, one in named}
    tables["round_key"] = connection.ops.quote_name(RoundKey._meta.db_table)
    sql = f"SELECT round_key.key, {', '.join(columns)} {TABLES.format(**tables)}"
    if model is Participant:
        sql += " AND place.link_version = %s"
    return Reading(
        sql,
        tuple(
            (
                name,
                one,
                tuple(str(field.attname) for field in one._meta.concrete_fields),
                tuple(_converter_of(field) for field in one._meta.concrete_fields),
            )
            for name, one in named
        ),
    )


def _converter_of(field: "models.Field[Any, Any]") -> Convert:
    """As the ORM makes a field's value of what the database gives."""
    column = field.get_col(field.model._meta.db_table)
    own = column.get_db_converters(connection)
    steps = [*connection.ops.get_db_converters(column), *own]

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return convert if steps else _leave


def _leave(value: Any) -> Any:
    return value


def _build(reading: Reading, row: Sequence[Any]) -> Any:
    built: dict[str, Any] = {}
    start = 1
    for name, model, names, converters in reading.models:
        cells = row[start : start + len(names)]
        start += len(names)
        values = [convert(cell) for convert, cell in zip(converters, cells, strict=True)]
        # Without a key there was nothing to join.
        built[name] = None if cells[0] is None else model.from_db(connection.alias, names, values)
    for name, _, holder, field in AROUND:
        if built[holder] is not None:
            setattr(built[holder], field, built[name])
    return built["place"]
