"""What a round asks, read from the items that were frozen when it opened.

Three queries however many statements there are, and none once a process has read the round.
"""

from collections.abc import Sequence
from itertools import groupby

from assessments.models.rounds import Round, RoundItem
from assessments.models.scales import Scale
from assessments.questionnaire.building import make_instrument, scale_of
from assessments.questionnaire.frozen import keep_frozen
from assessments.questionnaire.values import (
    AskedDimension,
    AskedInstrument,
    AskedItem,
    AskedScale,
    Point,
)

__all__ = [
    "AskedDimension",
    "AskedInstrument",
    "AskedItem",
    "AskedScale",
    "Point",
    "read_asked",
]


def read_asked(
    round_: Round, audience: str, own_sector: int | None = None
) -> tuple[AskedInstrument, ...]:
    """All that a round asks of one audience, in the order in which it is asked.

    Nobody is asked how often they meet people from their own sector.
    """
    asked = _read_all(round_, audience)
    if own_sector is None:
        return asked
    own = (one.without_sector(own_sector) for one in asked)
    return tuple(one for one in own if one.dimensions)


@keep_frozen
def _read_all(round_: Round, audience: str) -> tuple[AskedInstrument, ...]:
    items = RoundItem.objects.filter(round=round_, instrument__audience=audience)
    rows = list(
        items.select_related(
            "statement",
            "dimension",
            "sector",
            "question",
            "instrument__edition__instrument",
            "instrument__edition__scale",
        ).order_by("instrument__order", "order")
    )
    scales = _read_scales(rows)
    return tuple(
        make_instrument(own[0].instrument, own, scales, round_.quick_test_problem)
        for own in (list(group) for _, group in groupby(rows, key=lambda row: row.instrument_id))
    )


def _read_scales(rows: Sequence[RoundItem]) -> dict[int, Scale]:
    wanted = {scale_of(row, row.instrument.edition) for row in rows} - {None}
    found = Scale.objects.filter(pk__in=wanted).prefetch_related("points")
    return {scale.pk: scale for scale in found}
