"""Moving comments through the door: shuffled, with their dimension and audience and no more."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from assessments.measures.thresholds import comments_group
from assessments.models.responses import Comment
from assessments.models.results import CollectedComment, Result
from assessments.models.rounds import Round
from assessments.services.closing.population import Population

DAYS_KEPT = 30


def move_comments(round_: Round, population: Population, result: Result, now: datetime) -> None:
    """Collects comments on submitted instruments when max(10, k) people count; else none.

    The readers were named when the round opened; without a reader nothing is
    collected. What is not released within 30 days is deleted.
    """
    people = int((~population.known).sum())
    enough = people >= comments_group(round_.smallest_group)
    if not enough or not round_.comment_readers.exists():
        return
    submitted = {
        own.instrument.edition_id: {population.responses[place].pk for place in own.rows.tolist()}
        for own in population.instruments
    }
    # By audience, not by a list of people: databases take only so many values in one statement.
    # Those who do not count are in no set of `submitted`.
    written = Comment.objects.filter(
        response__round=round_, response__audience=population.audience
    ).select_related("dimension")
    delete_on = (now + timedelta(days=DAYS_KEPT)).date()
    rows = [
        CollectedComment(
            result=result, dimension=comment.dimension, text=comment.text, delete_on=delete_on
        )
        for comment in written
        if comment.response_id in submitted.get(comment.dimension.edition_id, set())
    ]
    secrets.SystemRandom().shuffle(rows)
    CollectedComment.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def delete_unreleased(*, now: datetime) -> int:
    """Deletes texts that were held back, or read by nobody, for 30 days; returns how many.

    Released texts are part of the result and stay. The rounds are marked as to
    be overwritten again, which the worker does next.
    """
    due = CollectedComment.objects.exclude(state=CollectedComment.State.RELEASED).filter(
        delete_on__lte=now.date()
    )
    rounds = list(due.order_by().values_list("result__round", flat=True).distinct())
    deleted, _ = due.delete()
    Round.objects.filter(pk__in=rounds).update(wiped_at=None)
    return deleted
