"""What an edition asks, as the same plain values as a round: for trying it alone."""

from collections.abc import Sequence
from itertools import groupby

from assessments.models.content import Edition, Level
from assessments.models.rounds import RoundInstrument, RoundItem
from assessments.models.scales import Scale
from assessments.questionnaire.asked import AskedInstrument, make_dimension


def ask_edition(edition: Edition, items: Sequence[RoundItem]) -> AskedInstrument:
    """`items` are what a round would freeze of the edition; they belong to no round."""
    scales = _read_scales(edition, items)
    grouped = groupby(items, key=lambda item: item.dimension)
    return AskedInstrument(
        round_instrument=RoundInstrument(edition=edition),
        code=edition.instrument.code,
        title=edition.title,
        subtitle=edition.subtitle,
        intro=edition.intro,
        stem=edition.stem,
        minutes=edition.minutes_typical,
        is_about_self=edition.instrument.level == Level.PERSON,
        dimensions=tuple(
            make_dimension(dimension, number, list(own), edition, scales)
            for number, (dimension, own) in enumerate(grouped, start=1)
            if dimension
        ),
    )


def _read_scales(edition: Edition, items: Sequence[RoundItem]) -> dict[int, Scale]:
    own = {item.statement.scale_id for item in items if item.statement}
    wanted = own | {edition.scale_id, edition.second_scale_id}
    found = Scale.objects.filter(pk__in=wanted - {None}).prefetch_related("points")
    return {scale.pk: scale for scale in found}
