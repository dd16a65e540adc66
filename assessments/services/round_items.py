"""Freezing what a round asks: one item for each thing to answer."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from assessments.measures.thresholds import CONTACT_SECTOR_ORGANISATIONS, CONTACT_SECTOR_PEOPLE
from assessments.models.content import Dimension, SingleQuestion, Statement
from assessments.models.partnerships import Sector
from assessments.models.rounds import Round, RoundInstrument, RoundItem

CONTACT = "contact"
OTHER_SECTORS = "contact.other"
CANDOUR = "CA1"
FORESIGHT = "PR1"
# The single questions stand beside the instrument that every round asks.
ASKED_WITH = "five_factors"


def freeze_items(round_: Round) -> None:
    """Writes the items of every instrument, in the order in which they are asked.

    An edition with a second scale asks each statement twice: how big, and how
    well managed. A statement with a scale of its own is asked once, on that.
    The contact table asks about the sectors of the list; foresight once for
    each factor; candour once.
    """
    instruments = round_.instruments.select_related("edition__instrument")
    items = [item for own in instruments for item in _list_items(round_, own)]
    for order, item in enumerate(items, start=1):
        item.order = order
    RoundItem.objects.bulk_create(items)


def _list_items(round_: Round, instrument: RoundInstrument) -> Iterator[RoundItem]:
    code = instrument.edition.instrument.code
    if code == CONTACT:
        yield from _ask_about_sectors(round_, instrument)
        return
    for dimension in instrument.edition.dimensions.order_by("order"):
        yield from _ask_statements(instrument, dimension)
        if code == ASKED_WITH and round_.asks_foresight:
            yield _ask_question(instrument, FORESIGHT, dimension)
    if code == ASKED_WITH and round_.asks_candour:
        yield _ask_question(instrument, CANDOUR, None)


def _ask_statements(instrument: RoundInstrument, dimension: Dimension) -> Iterator[RoundItem]:
    for statement in dimension.statements.order_by("order"):
        for rating in _ratings_of(instrument, statement):
            yield RoundItem(
                round_id=instrument.round_id,
                instrument=instrument,
                code=f"{statement.code}.{rating}" if rating else statement.code,
                dimension=dimension,
                statement=statement,
                rating=rating,
            )


def _ratings_of(instrument: RoundInstrument, statement: Statement) -> list[str]:
    if instrument.edition.second_scale_id and not statement.scale_id:
        return [RoundItem.Rating.SIZE, RoundItem.Rating.HANDLING]
    return [RoundItem.Rating.ONLY]


def _ask_question(instrument: RoundInstrument, code: str, dimension: Dimension | None) -> RoundItem:
    return RoundItem(
        round_id=instrument.round_id,
        instrument=instrument,
        code=f"{code}.{dimension.code}" if dimension else code,
        dimension=dimension,
        question=SingleQuestion.objects.get(code=code),
    )


def _ask_about_sectors(round_: Round, instrument: RoundInstrument) -> Iterator[RoundItem]:
    """One item a sector with enough people from enough organisations; the others together.

    A smaller sector would make the question one about a named colleague.
    """
    listed = Sector.objects.filter(organisations__in=_organisations_of(round_)).distinct()
    large = list(_large_sectors(round_).order_by("id"))
    for sector in large:
        yield RoundItem(
            round_id=round_.pk, instrument=instrument, code=f"contact.{sector.pk}", sector=sector
        )
    if listed.count() > len(large):
        yield RoundItem(
            round_id=round_.pk,
            instrument=instrument,
            code=OTHER_SECTORS,
            is_other_sectors=True,
        )


def _large_sectors(round_: Round) -> QuerySet[Sector]:
    people = round_.participants.exclude(organisation=None)
    by_sector = (
        people.values("organisation__sector")
        .order_by()
        .annotate(people=Count("id"), organisations=Count("organisation", distinct=True))
        .filter(people__gte=CONTACT_SECTOR_PEOPLE, organisations__gte=CONTACT_SECTOR_ORGANISATIONS)
    )
    return Sector.objects.filter(pk__in=[row["organisation__sector"] for row in by_sector])


def _organisations_of(round_: Round) -> list[int]:
    people = round_.participants.exclude(organisation=None).order_by()
    return list(people.values_list("organisation", flat=True).distinct())
