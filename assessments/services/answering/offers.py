"""What an item offers: the values that a save takes. Pages are made by the same rule.

A value is a point of the item's scale: a statement's own; else the edition's,
or its second one for how well something is managed. Of the single questions,
one without a scale is the prediction, and one with an extra option offers to
prefer not to say in place of what else stands apart from its scale.

What is asked is frozen when a round opens, so each process keeps what it has
read. A save compares `opened_at` in its statement: an offer that was kept for
another opening saves nothing, and is read again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assessments.measures.answers import PREFER_NOT_TO_SAY
from assessments.measures.foresight import FORESIGHT_POINTS
from assessments.models.rounds import RoundItem
from assessments.models.scales import ScalePoint

# Items of some hundred rounds; then all are read again.
MOST_KEPT: Final = 20_000
_kept: "dict[tuple[int, int], Offer]" = {}


@dataclass(frozen=True)
class Offer:
    """`sector_id` is set where the item asks about the people of one sector."""

    opened_at: datetime
    audience: str
    values: frozenset[int]
    sector_id: int | None = None


def find_offer(*, round_id: int, item_id: int) -> Offer | None:
    """What an item of an open round offers, from memory where it was read before."""
    return _kept.get((round_id, item_id)) or read_offer(round_id=round_id, item_id=item_id)


def read_offer(*, round_id: int, item_id: int) -> Offer | None:
    """The same from the database, in two queries; None for an item of no such round."""
    items = RoundItem.objects.select_related(
        "round", "instrument__edition", "statement", "question"
    )
    item = items.filter(pk=item_id, round=round_id, round__opened_at__isnull=False).first()
    if item is None or item.round.opened_at is None:
        return None
    offer = Offer(
        opened_at=item.round.opened_at,
        audience=item.instrument.audience,
        values=_values_of(item),
        sector_id=item.sector_id,
    )
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[round_id, item_id] = offer
    return offer


def forget() -> None:
    """As after a start of the process."""
    _kept.clear()


def _values_of(item: RoundItem) -> frozenset[int]:
    question = item.question
    if question and question.scale_id is None:
        return frozenset(FORESIGHT_POINTS)
    points = ScalePoint.objects.filter(scale=_scale_of(item))
    extra = set()
    if question and question.extra_option:
        points = points.filter(is_on_scale=True)
        extra = {PREFER_NOT_TO_SAY}
    return frozenset(points.values_list("value", flat=True)) | extra


def _scale_of(item: RoundItem) -> int | None:
    edition = item.instrument.edition
    if item.question:
        return item.question.scale_id
    if item.statement and item.statement.scale_id:
        return item.statement.scale_id
    if item.rating == RoundItem.Rating.HANDLING and edition.second_scale_id:
        return edition.second_scale_id
    return edition.scale_id
