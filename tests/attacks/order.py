"""Does anything that survives a close lie in the order in which people answered?

Compares every order that the database gives away (place of the row, transaction, key, text order)
with the order of answering, over several rounds at once. For one round the correlation of two
orders of n people, times the root of n - 1, is nearly standard normal when they have nothing to do
with each other; over several rounds the sum divided by the root of their number is, too.
"""

import math
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField, UUIDField

from assessments.models.responses import SealedResponse
from assessments.models.results import CollectedComment
from assessments.models.rounds import Participant
from tests.attacks.stories import Story

# A normal number lies beyond this once in 80 million times: for all of some ten orders that are
# looked at, a false alarm comes less than once in a million runs.
TOO_FAR = 5.7


def surprise(correlations: list[float], people: int) -> float:
    """How many standard deviations the correlations lie from those of unrelated orders."""
    return sum(correlations) * math.sqrt((people - 1) / len(correlations))


def correlate(found: list[object], answered: list[object]) -> float:
    """Spearman's correlation of the order that was found with that of answering."""
    people = len(answered)
    if sorted(map(str, found)) != sorted(map(str, answered)):
        raise ValueError("Both orders need the same people.")
    place = {person: number for number, person in enumerate(found)}
    gaps = sum((place[person] - number) ** 2 for number, person in enumerate(answered))
    return 1 - 6 * gaps / (people * (people**2 - 1))


def orders(story: Story) -> Iterator[tuple[str, list[object], list[object]]]:
    """(what gives an order away, the order found, the order of answering)."""
    wanted = [
        (SealedResponse, "code_digest", [p.reader.code_digest for p in story.people]),
        (CollectedComment, "text", [p.comment for p in story.people if p.comment]),
        (Participant, "name", [p.participant.name for p in story.people]),
    ]
    for model, column, answered in wanted:
        for by in _ways_to_order(model):
            found = [value for value in _read(model, column, by) if value in set(answered)]
            if found:
                yield f"{model.__name__} by {by}", found, answered


def _ways_to_order(model: type) -> list[str]:
    hidden = {"sqlite": ["rowid"], "postgresql": ["ctid", "xmin::text::bigint, ctid"]}
    return [*hidden[connection.vendor], "id", *(["sealed"] if model is SealedResponse else [])]


def _read(model: type, column: str, by: str) -> list[object]:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {by}")
        return [row[0] for row in cursor.fetchall()]


def transactions_of(model: type) -> set[object]:
    """The transactions that wrote the rows of a table (PostgreSQL)."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def moments_stored() -> Iterator[tuple[str, object]]:
    """Every moment in every table of ours, as (table.column, moment)."""
    for model in apps.get_app_config("assessments").get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, DateTimeField):
                for moment in model.objects.values_list(field.name, flat=True):
                    if moment is not None:
                        yield f"{model.__name__}.{field.name}", moment


def keys_that_tell_a_time() -> list[str]:
    """Tables with a key that is not random: any UUID that is not of version 4."""
    telling = set()
    for model in apps.get_app_config("assessments").get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, UUIDField):
                keys = model.objects.values_list(field.name, flat=True)
                if any(isinstance(key, UUID) and key.version != 4 for key in keys):
                    telling.add(f"{model.__name__}.{field.name}")
    return sorted(telling)
