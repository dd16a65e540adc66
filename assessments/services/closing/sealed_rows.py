"""Sealing each person's answers to their own code, in random order."""

import secrets
from uuid import UUID

from assessments.measures.answers import BLANK
from assessments.models.responses import Comment, SealedResponse
from assessments.models.rounds import Round
from assessments.services.closing.population import Population
from assessments.services.sealing import SealedAnswers, encode_answers, seal, size_to_fit


def seal_responses(round_: Round, population: Population) -> None:
    """Writes one sealed row a response: all of one size, shuffled, under new random keys."""
    comments = _comments_by_response(population)
    encoded = [
        encode_answers(_content_of(population, place, comments.get(response.pk, {})))
        for place, response in enumerate(population.responses)
    ]
    size = size_to_fit(encoded)
    rows = [
        SealedResponse(
            round=round_,
            code_digest=response.code_digest,
            sealed=seal(encoded=text, public_key=bytes(response.public_key), size=size),
        )
        for response, text in zip(population.responses, encoded, strict=True)
    ]
    secrets.SystemRandom().shuffle(rows)
    SealedResponse.objects.bulk_create(rows, batch_size=500)


def _comments_by_response(population: Population) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    own = [response.pk for response in population.responses]
    rows = Comment.objects.filter(response__in=own).select_related("dimension")
    for comment in rows:
        found.setdefault(comment.response_id, {})[comment.dimension.code] = comment.text
    return found


def _content_of(population: Population, place: int, comments: dict[str, str]) -> SealedAnswers:
    answers: dict[str, int] = {}
    submitted = []
    for own in population.instruments:
        found = (own.rows == place).nonzero()[0]
        if not len(found):
            continue
        submitted.append(own.instrument.edition.instrument.code)
        values = own.answers[found[0]].tolist()
        answers |= {
            item.code: value
            for item, value in zip(own.items, values, strict=True)
            if value != BLANK
        }
    return SealedAnswers(answers=answers, comments=comments, instruments=submitted)
