"""Two rounds of nearly the same people are subtracted, and a back-up of an open round is read.

The subtraction guesses that everybody who was there before answers as before; then what differs is
what the newcomer said. Nobody can know that the guess holds, and after a few weeks it often does.
"""

from uuid import UUID

from assessments.models.responses import Response
from assessments.models.results import (
    ContactFigure,
    DimensionFigure,
    ForesightFigure,
    StatementFigure,
)
from assessments.models.rounds import Participant, Round, RoundKey
from assessments.services.keys import make_claim

BANDS = {"weak": (1, 2), "middle": (3,), "strong": (4, 5)}


def subtract(before: Round, after: Round) -> dict[str, tuple[int, ...]]:
    """For each statement the points that the one newcomer can have chosen, turned round."""
    earlier = {figure.code: figure for figure in _whole(before)}
    found = {}
    for figure in _whole(after):
        then = earlier[figure.code]
        if figure.counts is not None and then.counts is not None:
            gaps = [now - was for now, was in zip(figure.counts, then.counts, strict=True)]
            if sorted(gaps) == [0, 0, 0, 0, 1]:
                found[figure.code] = (1 + gaps.index(1),)
        elif figure.weak is not None and then.weak is not None:
            gaps = {band: getattr(figure, band) - getattr(then, band) for band in BANDS}
            if sorted(gaps.values()) == [0, 0, 1]:
                found[figure.code] = BANDS[max(gaps, key=gaps.get)]
    return found


def points_found(candidates: dict[str, tuple[int, ...]]) -> dict[str, int]:
    """The statements of which the very point is found."""
    return {code: points[0] for code, points in candidates.items() if len(points) == 1}


def figures_beyond_bands(round_: Round) -> set[str]:
    """Names of all figures of a round that are stored, but for its three bands."""
    found = {
        model.__name__
        for model in (ContactFigure, ForesightFigure)
        if model.objects.filter(result__round=round_).exists()
    }
    for model in (StatementFigure, DimensionFigure):
        for row in model.objects.filter(result__round=round_).values():
            found |= {
                name
                for name, value in row.items()
                if value not in (None, "") and name not in NAMES and name not in BANDS
            }
    return found


NAMES = {
    "id",
    "result_id",
    "item_id",
    "dimension_id",
    "instrument_code",
    "dimension_code",
    "code",
    "rating",
    "order",
    "group",
    "group_name",
}


def tie_people_to_responses(round_: Round) -> dict[str, UUID]:
    """With the database of an open round and the environment's secret as it is set now."""
    key = RoundKey.objects.get(round=round_, purpose=RoundKey.Purpose.ANSWER)
    responses = dict(Response.objects.filter(round=round_).values_list("claim_digest", "pk"))
    claims = {
        person.name: make_claim(round_key=bytes(key.key), participant_id=person.pk)
        for person in Participant.objects.filter(round=round_)
    }
    return {name: responses[claim] for name, claim in claims.items() if claim in responses}


def _whole(round_: Round):
    return StatementFigure.objects.filter(result__round=round_, group="whole")
