"""Sealing each person's answers to their own code, in random order."""

import secrets
from collections.abc import Iterator, Sequence
from uuid import UUID

from assessments.models.responses import Comment, SealedResponse
from assessments.models.rounds import Round
from assessments.services.closing.population import Population
from assessments.services.sealing import SealedAnswers, encode_answers, seal, size_to_fit

BATCH = 500


def seal_responses(round_: Round, population: Population) -> None:
    """Writes one sealed row a response: all of one size, shuffled, under new random keys.

    Texts are made twice, first for their length alone, and rows in batches, so
    that a very large round does not fill the memory.
    """
    in_order = range(len(population.responses))
    size = size_to_fit(len(text) for _, text in _encode(population, in_order))
    places = list(in_order)
    secrets.SystemRandom().shuffle(places)
    for start in range(0, len(places), BATCH):
        SealedResponse.objects.bulk_create(
            SealedResponse(
                round=round_,
                code_digest=population.responses[place].code_digest,
                sealed=seal(
                    encoded=text,
                    public_key=bytes(population.responses[place].public_key),
                    size=size,
                ),
            )
            for place, text in _encode(population, places[start : start + BATCH])
        )


def _encode(population: Population, places: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """Each place with the text to seal, in the order of `places`."""
    for start in range(0, len(places), BATCH):
        batch = places[start : start + BATCH]
        comments = _comments_of([population.responses[place].pk for place in batch])
        for place in batch:
            own = comments.get(population.responses[place].pk, {})
            yield place, encode_answers(_content_of(population, place, own))


def _comments_of(responses: list[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    rows = Comment.objects.filter(response__in=responses)
    for response, code, text in rows.values_list("response_id", "dimension__code", "text"):
        found.setdefault(response, {})[code] = text
    return found


def _content_of(population: Population, place: int, comments: dict[str, str]) -> SealedAnswers:
    answers: dict[str, int] = {}
    submitted = []
    for own in population.instruments:
        row = own.row_of(place)
        if row is None:
            continue
        submitted.append(own.instrument.edition.instrument.code)
        answers |= own.given_by(row)
    return SealedAnswers(answers=answers, comments=comments, instruments=submitted)
