"""What an edition asks, as the same plain values as a round: for trying it alone."""

from collections.abc import Sequence
from dataclasses import replace

from assessments.models.content import Edition
from assessments.models.rounds import RoundInstrument, RoundItem
from assessments.models.scales import Scale
from assessments.questionnaire.building import make_instrument, scale_of
from assessments.questionnaire.values import AskedInstrument

NOTHING_TYPED = "Keep it in mind or on paper: you type nothing here."


def ask_edition(edition: Edition, items: Sequence[RoundItem]) -> AskedInstrument:
    """`items` are what a round would freeze of the edition; they belong to no round."""
    asked = make_instrument(RoundInstrument(edition=edition), items, _read_scales(edition, items))
    if not edition.opening_field:
        return asked
    # In a round its facilitator writes this first; somebody alone only thinks of it.
    return replace(asked, intro=f"{asked.intro} {NOTHING_TYPED}")


def _read_scales(edition: Edition, items: Sequence[RoundItem]) -> dict[int, Scale]:
    wanted = {scale_of(item, edition) for item in items} - {None}
    found = Scale.objects.filter(pk__in=wanted).prefetch_related("points")
    return {scale.pk: scale for scale in found}
