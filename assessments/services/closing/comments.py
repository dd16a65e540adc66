"""Moving comments through the door: shuffled, with their dimension and audience and no more."""

import secrets

from assessments.measures.thresholds import comments_group
from assessments.models.responses import Comment
from assessments.models.results import CollectedComment, Result
from assessments.models.rounds import Round
from assessments.services.closing.population import Population


def move_comments(round_: Round, population: Population, result: Result) -> None:
    """Collects comments on submitted instruments when max(10, k) people count; else none.

    The readers were named when the round opened; without a reader nothing is
    collected.
    """
    people = int((~population.known).sum())
    enough = people >= comments_group(round_.smallest_group)
    if not enough or not round_.comment_readers.exists():
        return
    submitted = {
        own.instrument.edition_id: {population.responses[place].pk for place in own.rows.tolist()}
        for own in population.instruments
    }
    responses = [response.pk for response in population.responses]
    rows = [
        CollectedComment(result=result, dimension=comment.dimension, text=comment.text)
        for comment in Comment.objects.filter(response__in=responses).select_related("dimension")
        if comment.response_id in submitted.get(comment.dimension.edition_id, set())
    ]
    secrets.SystemRandom().shuffle(rows)
    CollectedComment.objects.bulk_create(rows, batch_size=500)
