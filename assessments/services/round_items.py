"""Freezing what a round asks: one item for each thing to answer."""

from assessments.models.content import Statement
from assessments.models.rounds import Round, RoundInstrument, RoundItem


def freeze_items(round_: Round) -> None:
    """Writes the items of every instrument, in the order in which they are asked.

    An edition with a second scale asks each statement twice: how big, and how
    well managed.
    """
    order = 0
    items = []
    for instrument in round_.instruments.select_related("edition"):
        for statement in _list_statements(instrument):
            for rating in _ratings_of(instrument):
                order += 1
                items.append(_make_item(instrument, statement, rating, order))
    RoundItem.objects.bulk_create(items)


def _list_statements(instrument: RoundInstrument) -> list[Statement]:
    return list(
        Statement.objects.filter(edition=instrument.edition)
        .select_related("dimension")
        .order_by("dimension__order", "order")
    )


def _ratings_of(instrument: RoundInstrument) -> list[str]:
    if instrument.edition.second_scale_id:
        return [RoundItem.Rating.SIZE, RoundItem.Rating.HANDLING]
    return [RoundItem.Rating.ONLY]


def _make_item(
    instrument: RoundInstrument, statement: Statement, rating: str, order: int
) -> RoundItem:
    return RoundItem(
        round_id=instrument.round_id,
        instrument=instrument,
        code=f"{statement.code}.{rating}" if rating else statement.code,
        order=order,
        dimension=statement.dimension,
        statement=statement,
        rating=rating,
    )
