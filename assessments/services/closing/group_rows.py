"""Writing figures of groups: only those that are shown, leaders and the five factors alone."""

from decimal import Decimal

from assessments.measures.groups import GroupFigures, publish_groups
from assessments.measures.labels import Group, GroupKind
from assessments.measures.readings import Reading
from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import Audience, RoleLevel, RoundItem
from assessments.services.closing.labels import read_labels, read_unnamed
from assessments.services.closing.population import InstrumentAnswers, Population

GROUPED_INSTRUMENT = "five_factors"


def write_groups(result: Result, own: InstrumentAnswers, population: Population) -> None:
    """One row for each dimension and group that is shown; a hidden group leaves no row.

    A row for a hidden group would tell that somebody in it answered.
    """
    if population.audience != Audience.LEADERS or own.shape.code != GROUPED_INSTRUMENT:
        return
    responses = population.responses_of(own)
    figures = publish_groups(
        own.shape,
        own.answers,
        read_labels(responses),
        population.known[own.rows],
        read_unnamed(responses),
        result.smallest_group,
        bands_only=result.is_bands_only,
    )
    shown = [figure for figure in figures if figure.shown]
    first_item = {item.dimension.code: item for item in reversed(own.items) if item.dimension}
    items = {item.code: item for item in own.items}
    DimensionFigure.objects.bulk_create(
        _dimension_row(result, first_item[figure.dimension], figure) for figure in shown
    )
    StatementFigure.objects.bulk_create(
        row for figure in shown for row in _statement_rows(result, items, figure)
    )


def _dimension_row(result: Result, item: RoundItem, figure: GroupFigures) -> DimensionFigure:
    assert figure.mean is not None
    return DimensionFigure(
        result=result,
        dimension=item.dimension,
        instrument_code=GROUPED_INSTRUMENT,
        code=figure.dimension,
        order=item.order,
        group=figure.group.kind,
        group_name=_name_of(figure.group),
        people=figure.people,
        mean=Decimal(str(figure.mean.value)),
        limit=figure.mean.limit,
        reading=Reading.VIEWS_DIFFER if figure.views_differ else "",
    )


def _statement_rows(
    result: Result, items: dict[str, RoundItem], figure: GroupFigures
) -> list[StatementFigure]:
    return [
        StatementFigure(
            result=result,
            item=items[statement.code],
            instrument_code=GROUPED_INSTRUMENT,
            dimension_code=figure.dimension,
            code=statement.code,
            order=items[statement.code].order,
            group=figure.group.kind,
            group_name=_name_of(figure.group),
            mean=Decimal(str(statement.mean.value)),
            limit=statement.mean.limit,
        )
        for statement in figure.statements
    ]


def _name_of(group: Group) -> str:
    if group.kind == GroupKind.ROLE:
        return str(RoleLevel(str(group.label)).label)
    return str(group.label)
