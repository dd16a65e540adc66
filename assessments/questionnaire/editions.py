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
    return replace(asked, intro=_introduce(edition))


def _introduce(edition: Edition) -> str:
    """Where a round has its facilitator write something first, somebody alone only thinks of it."""
    if not edition.opening_field:
        return edition.intro
    return f"{edition.intro} {NOTHING_TYPED}"


def _read_scales(edition: Edition, items: Sequence[RoundItem]) -> dict[int, Scale]:
    wanted = {scale_of(item, edition) for item in items} - {None}
    found = Scale.objects.filter(pk__in=wanted).prefetch_related("points")
    return {scale.pk: scale for scale in found}
