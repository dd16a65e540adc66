"""What a draft would ask if it were opened now, as the same plain values as an open round."""

from collections.abc import Sequence
from itertools import groupby

from assessments.models.rounds import Round, RoundItem
from assessments.models.scales import Scale
from assessments.questionnaire.building import make_instrument, scale_of
from assessments.questionnaire.values import AskedInstrument


def ask_draft(
    round_: Round, items: Sequence[RoundItem], audience: str
) -> tuple[AskedInstrument, ...]:
    """`items` are what opening would freeze, in their order; none of them is saved."""
    own = [item for item in items if item.instrument.audience == audience]
    # Only a page tells items of one moment apart by this number.
    for number, item in enumerate(own, start=1):
        item.pk = number
    wanted = {scale_of(item, item.instrument.edition) for item in own} - {None}
    found = Scale.objects.filter(pk__in=wanted).prefetch_related("points")
    scales = {scale.pk: scale for scale in found}
    return tuple(
        make_instrument(instrument, list(rows), scales, round_.quick_test_problem)
        for instrument, rows in groupby(own, key=lambda item: item.instrument)
    )
