"""Large open rounds, written as rows without the services: thousands of people in seconds."""

import random
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.utils import timezone

from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import (
    Audience,
    Participant,
    ParticipantState,
    RoleLevel,
    Round,
    RoundKey,
)
from assessments.services.keys import make_round_key
from assessments.services.round_items import freeze_items
from tests.factories import make_organisation, make_partnership, make_round, owner_of

# Together 60 statements.
INSTRUMENTS = ("five_factors", "six_ways")
CHOICES = (1, 2, 3, 3, 4, 4, 4, 5, 5, -2)
PEOPLE_AN_ORGANISATION = 25
MOST_ORGANISATIONS = 60
SECTORS = 4
# One person in this many writes a comment.
COMMENTS = 20
ROWS_A_STATEMENT = 150


@transaction.atomic
def make_answered_round(people: int, *, seed: int = 1) -> Round:
    """An open round that everybody has answered and submitted; needs the content to be loaded."""
    chance = random.Random(seed)
    round_ = open_without_people(make_round(make_partnership(), codes=INSTRUMENTS))
    homes = make_organisations(round_, people)
    write_people(round_, people, homes)
    responses = write_responses(round_, people, homes, chance)
    for own in round_.instruments.all():
        write(
            Sitting,
            ("response", "instrument", "is_submitted"),
            ((response, own.pk, True) for response in responses),
        )
    write(Answer, ("response", "item", "value"), list_answers(round_, responses, chance))
    write_comments(round_, responses[::COMMENTS])
    return round_


def open_without_people(round_: Round) -> Round:
    """As `open_round` does it, but for the list, which comes afterwards as rows."""
    RoundKey.objects.create(round=round_, purpose=RoundKey.Purpose.ANSWER, key=make_round_key())
    freeze_items(round_)
    round_.comment_readers.set([owner_of(round_.partnership)])
    round_.state = Round.State.OPEN
    round_.opened_at = timezone.now() - timedelta(days=14)
    round_.save()
    return round_


def make_organisations(round_: Round, people: int) -> list[int]:
    number = min(MOST_ORGANISATIONS, max(1, people // PEOPLE_AN_ORGANISATION))
    return [
        make_organisation(round_.partnership, sector=place % SECTORS).pk for place in range(number)
    ]


def write_people(round_: Round, people: int, homes: list[int]) -> None:
    ids = [uuid4() for _ in range(people)]
    write(
        Participant,
        ("id", "round", "name", "email", "organisation", "role_level", "link_digest"),
        (
            (
                pk,
                round_.pk,
                f"Leader {place}",
                f"leader{place}@example.org",
                homes[place % len(homes)],
                RoleLevel.DIRECTOR,
                secrets.token_hex(32),
            )
            for place, pk in enumerate(ids)
        ),
    )
    submitted = ParticipantState.State.SUBMITTED
    write(ParticipantState, ("participant", "state"), ((pk, submitted) for pk in ids))


def write_responses(
    round_: Round, people: int, homes: list[int], chance: random.Random
) -> list[UUID]:
    ids = [uuid4() for _ in range(people)]
    write(
        Response,
        (
            "id",
            "round",
            "audience",
            "claim_digest",
            "code_digest",
            "public_key",
            "organisation",
            "role_level",
            "is_known",
        ),
        (
            (
                pk,
                round_.pk,
                Audience.LEADERS,
                secrets.token_hex(32),
                secrets.token_hex(32),
                secrets.token_bytes(32),
                chance.choice(homes),
                chance.choice(RoleLevel.values),
                False,
            )
            for pk in ids
        ),
    )
    return ids


def list_answers(
    round_: Round, responses: list[UUID], chance: random.Random
) -> Iterator[tuple[UUID, int, int]]:
    items = list(round_.items.values_list("pk", flat=True))
    for response in responses:
        for item, value in zip(items, chance.choices(CHOICES, k=len(items)), strict=True):
            yield response, item, value


def write_comments(round_: Round, responses: list[UUID]) -> None:
    dimension = round_.items.values_list("dimension", flat=True).first()
    text = "We meet, and then little happens. " * 3
    write(
        Comment,
        ("response", "dimension", "text"),
        ((response, dimension, text) for response in responses),
    )


def write(model: type[models.Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Rows with these fields, and every other field as its default."""
    given = [model._meta.get_field(name) for name in names]
    others = [field for field in model._meta.local_concrete_fields if field not in given]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in [*given, *others])
    table = connection.ops.quote_name(model._meta.db_table)
    one = "(" + ", ".join(["%s"] * (len(given) + len(others))) + ")"
    rows = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, ROWS_A_STATEMENT)):
            values = []
            for row in batch:
                for field, value in zip(given, row, strict=True):
                    values.append(field.get_db_prep_save(value, connection))
                for field in others:
                    values.append(field.get_db_prep_save(field.get_default(), connection))
            marks = ", ".join([one] * len(batch))
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {marks}", values)
