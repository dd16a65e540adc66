"""Freezing what a round asks: one item for each thing to answer."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from assessments.measures.thresholds import CONTACT_SECTOR_ORGANISATIONS, CONTACT_SECTOR_PEOPLE
from assessments.models.content import Dimension, SingleQuestion, Statement
from assessments.models.partnerships import Sector
from assessments.models.rounds import Audience, Participant, Round, RoundInstrument, RoundItem

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
    RoundItem.objects.bulk_create(list_items(round_))


def list_items(round_: Round) -> list[RoundItem]:
    """What opening would freeze; nothing is saved."""
    instruments = round_.instruments.select_related("edition__instrument", "edition__scale")
    items = [item for own in instruments.order_by("order") for item in _list_items(round_, own)]
    for order, item in enumerate(items, start=1):
        item.order = order
    return items


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
    large = list_large_sectors(round_)
    for sector in large:
        yield RoundItem(
            round_id=round_.pk, instrument=instrument, code=f"contact.{sector.pk}", sector=sector
        )
    if count_sectors(round_) > len(large):
        yield RoundItem(
            round_id=round_.pk,
            instrument=instrument,
            code=OTHER_SECTORS,
            is_other_sectors=True,
        )


def asks_contact(round_: Round) -> bool:
    return round_.instruments.filter(edition__instrument__code=CONTACT).exists()


def has_contact_items(round_: Round) -> bool:
    """Whether the contact table would ask anything: each sector is asked about, if not by name."""
    return count_sectors(round_) > 0


def list_large_sectors(round_: Round) -> list[Sector]:
    """The sectors that the contact table asks about by name, from the leaders on the list."""
    by_sector = (
        _leaders_with_organisation(round_)
        .values("organisation__sector")
        .annotate(people=Count("id"), organisations=Count("organisation", distinct=True))
        .filter(people__gte=CONTACT_SECTOR_PEOPLE, organisations__gte=CONTACT_SECTOR_ORGANISATIONS)
    )
    large = [row["organisation__sector"] for row in by_sector]
    return list(Sector.objects.filter(pk__in=large).order_by("id"))


def count_sectors(round_: Round) -> int:
    """All sectors from which leaders are on the list."""
    people = _leaders_with_organisation(round_)
    return people.values("organisation__sector").distinct().count()


def _leaders_with_organisation(round_: Round) -> QuerySet[Participant]:
    """People outside the leadership stand for no sector of the partnership."""
    people = round_.participants.filter(audience=Audience.LEADERS)
    return people.exclude(organisation=None).order_by()
