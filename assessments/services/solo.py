"""Trying a checklist alone: apart from every round, by a private link that may read.

Nothing is asked about the person and nothing here is ever counted. A try is
deleted on its day, or at once when its holder says so.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assessments.models.content import Edition, Statement
from assessments.models.rounds import RoundItem
from assessments.models.solo import SoloAnswer, SoloResponse
from assessments.services.answering.own import OwnDimension, make_profile
from assessments.services.keys import digest_token
from assessments.services.refusals import Refused

KEPT_DAYS = 30
TOKEN_BYTES = 32
AT_ONCE = 1000
REVISIONS = 999_999_937
NOT_TO_BE_TRIED = "This checklist cannot be tried alone."
DELETED = "These answers have been deleted, so nothing more can be saved."


@dataclass(frozen=True)
class Solo:
    """One try. Whoever holds its token may read and change it until `delete_on`."""

    key: UUID
    token: str = field(repr=False)
    edition: Edition
    delete_on: date


@dataclass(frozen=True)
class SoloGiven:
    """One answer as it arrives, by the code of what was asked; `based_on` is the revision
    that the page knew, 0 for none."""

    code: str
    value: int
    based_on: int


@dataclass(frozen=True)
class SoloStored:
    value: int
    revision: int


@dataclass(frozen=True)
class SoloSaved:
    """`is_current` is false when a newer answer was there already and was kept."""

    code: str
    revision: int
    is_current: bool


def list_to_try() -> QuerySet[Edition]:
    """Published editions whose statements are written: not what a round makes of its list."""
    return (
        Edition.objects.published()
        .filter(generated_items="")
        .select_related("instrument")
        .order_by("instrument__order")
    )


def start_solo(*, edition: Edition, now: datetime) -> Solo:
    """A new, empty try; its token exists here and in the link alone."""
    if not list_to_try().filter(pk=edition.pk).exists():
        raise Refused(NOT_TO_BE_TRIED)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    response = SoloResponse.objects.create(
        edition=edition, link_digest=digest_token(token), delete_on=deletion_day(now)
    )
    return Solo(key=response.pk, token=token, edition=edition, delete_on=response.delete_on)


def find_solo(*, token: str, now: datetime) -> Solo | None:
    """The try of a link; None for a wrong one, and once it is deleted or its day has come."""
    response = (
        SoloResponse.objects.filter(
            link_digest=digest_token(token), delete_on__gt=timezone.localdate(now)
        )
        .select_related("edition__instrument", "edition__scale")
        .first()
    )
    if response is None:
        return None
    return Solo(
        key=response.pk, token=token, edition=response.edition, delete_on=response.delete_on
    )


def list_items(edition: Edition) -> list[RoundItem]:
    """What a round would freeze of the edition, numbered in the order of the pages; never saved.

    An edition that was published never changes, so the numbers stay.
    """
    statements = edition.statements.select_related("scale", "dimension")
    asked = [
        (one, rating)
        for one in statements.order_by("dimension__order", "order")
        for rating in _ratings_of(edition, one)
    ]
    return [
        RoundItem(
            pk=number,
            code=code_of(one.code, rating),
            dimension=one.dimension,
            statement=one,
            rating=rating,
        )
        for number, (one, rating) in enumerate(asked, start=1)
    ]


def read_solo_answers(solo: Solo) -> dict[str, SoloStored]:
    """Saved answers by the code of what was asked."""
    rows = SoloAnswer.objects.filter(response=solo.key)
    return {
        code_of(statement, rating): SoloStored(value, _revision_of(key))
        for key, statement, rating, value in rows.values_list(
            "id", "statement__code", "rating", "value"
        )
    }


def read_solo_profile(solo: Solo) -> list[OwnDimension]:
    """The scores of a try, made as those of a round."""
    items = list_items(solo.edition)
    by_code = {code: one.value for code, one in read_solo_answers(solo).items()}
    return make_profile(solo.edition, items, by_code)


@transaction.atomic
def save_solo_answers(*, solo: Solo, given: Sequence[SoloGiven]) -> list[SoloSaved]:
    """Saves answers whose values the caller has checked against their scales.

    An answer based on an older revision than the stored one is not saved, but
    for a repeat of the very same value. Raises Refused once the try is deleted.
    """
    _lock(solo)
    stored = read_solo_answers(solo)
    statements = dict(
        Statement.objects.filter(edition=solo.edition).order_by().values_list("code", "pk")
    )
    return [_save(solo, statements, one, stored.get(one.code)) for one in given]


@transaction.atomic
def delete_solo(*, solo: Solo) -> None:
    """Deletes a try and its answers. Again does no harm."""
    _delete(SoloResponse.objects.filter(pk=solo.key))


@transaction.atomic
def delete_due_solos(*, now: datetime) -> int:
    """Deletes tries whose day has come, a thousand at a time, and says how many there were."""
    due = SoloResponse.objects.filter(delete_on__lte=timezone.localdate(now))
    return _delete(due.order_by("delete_on")[:AT_ONCE])


def deletion_day(now: datetime) -> date:
    return timezone.localdate(now) + timedelta(days=KEPT_DAYS)


def code_of(statement_code: str, rating: str) -> str:
    """As in a round: differences ask each statement twice."""
    return f"{statement_code}.{rating}" if rating else statement_code


def _ratings_of(edition: Edition, statement: Statement) -> list[str]:
    if edition.second_scale_id and not statement.scale_id:
        return [RoundItem.Rating.SIZE, RoundItem.Rating.HANDLING]
    return [RoundItem.Rating.ONLY]


def _save(
    solo: Solo, statements: Mapping[str, int], given: SoloGiven, stored: SoloStored | None
) -> SoloSaved:
    if stored and stored.value == given.value:
        return SoloSaved(given.code, stored.revision, is_current=True)
    if stored and stored.revision != given.based_on:
        return SoloSaved(given.code, stored.revision, is_current=False)
    # A changed answer is a new row: its key is what tells an older page.
    statement_code, _, rating = given.code.partition(".")
    place = {"statement_id": statements[statement_code], "rating": rating}
    SoloAnswer.objects.filter(response=solo.key, **place).delete()
    row = SoloAnswer.objects.create(response_id=solo.key, value=given.value, **place)
    return SoloSaved(given.code, _revision_of(row.pk), is_current=True)


def _revision_of(key: UUID) -> int:
    """A number that changes with the answer; never 0, which is no answer."""
    return 1 + key.int % REVISIONS


def _lock(solo: Solo) -> None:
    """Saving and deleting wait for each other, so that no answer outlives its try."""
    if not SoloResponse.objects.select_for_update().filter(pk=solo.key).exists():
        raise Refused(DELETED)


def _delete(responses: QuerySet[SoloResponse]) -> int:
    keys = list(responses.select_for_update().values_list("pk", flat=True))
    SoloAnswer.objects.filter(response__in=keys).delete()
    SoloResponse.objects.filter(pk__in=keys).delete()
    return len(keys)
