"""Open rounds whose plain answers the test remembers, and every table as one text."""

import random
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.utils import timezone

from assessments.models.rounds import RoundInstrument, RoundItem
from assessments.services.answering.saving import (
    GivenAnswer,
    save_answers,
    save_comment,
    submit_sitting,
)
from assessments.services.closing import close_round
from tests.factories import begin, make_open_round, owner_of, seat_of

# What people can choose: the five points, don't know, not applicable, or leave it out.
CHOICES = (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 4, 4, -2, -3, None)


@dataclass
class Answered:
    """One person's response as the test gave it; `values` by item code, without what was left."""

    participant: object
    code: str
    reader: object
    values: dict[str, int] = field(default_factory=dict)
    is_known: bool = False


def answer(
    participant, choose, *, submit=True, helps_to_run=False, comment="", instruments=None
) -> Answered:
    """The participant begins, saves what `choose(item)` gives, and submits unless told not to."""
    now = timezone.now()
    begun = begin(participant, helps_to_run=helps_to_run)
    seat = seat_of(participant, begun.reader)
    person = Answered(participant, begun.code, begun.reader, is_known=helps_to_run)
    for instrument in instruments or RoundInstrument.objects.filter(round=participant.round_id):
        items = list(RoundItem.objects.filter(instrument=instrument).select_related("statement"))
        chosen = {item: choose(item) for item in items}
        given = {item: value for item, value in chosen.items() if value is not None}
        save_answers(
            seat=seat,
            given=[GivenAnswer(item.pk, value, None) for item, value in given.items()],
            now=now,
        )
        if comment:
            dimension = items[0].dimension_id
            save_comment(seat=seat, dimension_id=dimension, text=comment, based_on=None, now=now)
        if submit:
            submit_sitting(seat=seat, instrument=instrument, now=now)
            person.values |= {item.code: value for item, value in given.items()}
    return person


def answer_at_random(participant, seed, **fields) -> Answered:
    chance = random.Random(seed)
    return answer(participant, lambda item: chance.choice(CHOICES), **fields)


def make_answered_round(people=9, *, seed=1, **fields):
    """An open round that everybody has answered at random, and who answered what."""
    round_ = make_open_round(people=people, **fields)
    answered = [
        answer_at_random(participant, 1000 * seed + place)
        for place, participant in enumerate(round_.participants.order_by("id"))
    ]
    return round_, answered


def close(round_, **fields):
    now = fields.pop("now", None) or timezone.now()
    return close_round(round_=round_, actor=owner_of(round_.partnership), now=now, **fields)


def read_every_table() -> dict[str, list[tuple]]:
    """All rows of all tables of ours and Django's, as stored."""
    tables = {}
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            tables[name] = sorted((plain(row) for row in cursor.fetchall()), key=repr)
    return tables


def start_afresh(model) -> None:
    """Gives an empty table new pages: PostgreSQL puts rows into gaps that earlier tests left."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {connection.ops.quote_name(model._meta.db_table)}")


def read_in_stored_order(model, column: str) -> list:
    """A column in the order in which the database keeps the rows."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {place}")
        return [value for (value,) in cursor.fetchall()]


def rank_correlation(found, answered) -> float:
    """Spearman's rho between the order of the rows and the order of answering."""
    people = len(answered)
    gaps = sum((found.index(one) - place) ** 2 for place, one in enumerate(answered))
    return 1 - 6 * gaps / (people * (people**2 - 1))


def plain(row) -> tuple:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def find_everywhere(needle) -> list[str]:
    """The tables in which a text, or some bytes, can be found in any form."""
    return [
        name
        for name, rows in read_every_table().items()
        if any(holds(value, needle) for row in rows for value in row)
    ]


def holds(value, needle) -> bool:
    if isinstance(needle, bytes):
        return isinstance(value, bytes) and needle in value
    if isinstance(value, bytes):
        return str(needle).encode() in value
    return str(needle) in str(value)
