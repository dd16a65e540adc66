"""What closing publishes about groups: a mean, and little else, for the groups that allow it.

Only for leaders and the five factors; contact between sectors is at the end. Counts, medians,
spread, intervals and don't knows are never published for a group.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from assessments.measures import readings, spread
from assessments.measures.answers import Answers, Flags, as_answers, is_on_scale, person_scores
from assessments.measures.base import DimensionBase, as_flags, dimension_bases
from assessments.measures.labels import Group, Labels
from assessments.measures.rounding import round_number
from assessments.measures.rule import (
    GroupDecision,
    decide_contact,
    decide_groups,
    decide_whole,
)
from assessments.measures.shapes import InstrumentShape
from assessments.measures.thresholds import (
    GROUP_DISPLAY_HIGHEST,
    GROUP_DISPLAY_LOWEST,
    SMALLEST_GROUP,
)


class Limit(StrEnum):
    """Whether a group's mean lies beyond what is told of it."""

    NONE = ""
    OR_BELOW = "or_below"
    OR_ABOVE = "or_above"


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A mean to 0.1 within 1.5 to 4.5; with a limit, "1.5 or below", "4.5 or above"."""

    value: float
    limit: Limit = Limit.NONE


@dataclass(frozen=True, slots=True)
class GroupStatement:
    code: str
    mean: GroupMean


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One dimension in one group.

    ``shown`` rules people and mean; ``statements_shown`` statements (all or none) and *views
    differ*. ``people`` are those of the base, the known among them.
    """

    group: Group
    dimension: str
    shown: bool = False
    statements_shown: bool = False
    people: int | None = None
    mean: GroupMean | None = None
    statements: tuple[GroupStatement, ...] = ()
    views_differ: bool | None = None


@dataclass(frozen=True, slots=True)
class ContactCell:
    """How often people of ``sector`` met people of ``item``: the nearest point of the scale."""

    sector: Group
    item: str
    shown: bool = False
    point: int | None = None


def publish_groups(
    shape: InstrumentShape,
    answers: Answers,
    labels: Labels,
    known: ArrayLike,
    unnamed: ArrayLike,
    k: int = SMALLEST_GROUP,
    *,
    bands_only: bool = False,
) -> tuple[GroupFigures, ...]:
    """Every figure that may be shown of the groups, for each dimension that has a score.

    ``answers`` has shape (people, items), as given; ``labels``, ``known`` and ``unnamed`` one
    entry a row. Known and unnamed people count in figures, not in sizes. The mean of a group is
    that of all its answers on the scale to the statements of the dimension (people of B(d); equal
    to the mean of people's scores when all answered every statement). One entry for each group
    with a person in ``labels`` and each dimension, shown or not, dimensions outermost. With
    ``bands_only`` nothing is shown. Raises ``ValueError`` as ``publish_whole`` does.
    """
    if k < SMALLEST_GROUP:
        raise ValueError(f"The smallest group is never below {SMALLEST_GROUP}.")
    turned = shape.read(answers)
    labels.check(len(turned))
    known, unnamed = as_flags(known, len(turned)), as_flags(unnamed, len(turned))
    bases = dimension_bases(shape, turned)
    whole = decide_whole(bases, known, k, columns=len(shape.items))
    scored = [base for base in bases if base.shape.has_score]
    decisions = decide_groups(bases, whole, labels, known, unnamed, k)
    return tuple(
        GroupFigures(group, base.shape.code)
        if bands_only
        else _publish_group(shape, base, group, labels.members(group), decision)
        for base, decision in zip(scored, decisions, strict=True)
        for group in labels.groups()
    )


def publish_contact(
    items: tuple[str, ...],
    answers: ArrayLike,
    labels: Labels,
    known: ArrayLike,
    unnamed: ArrayLike,
    k: int = SMALLEST_GROUP,
) -> tuple[ContactCell, ...]:
    """Contact between sectors, one cell for each sector in ``labels`` and each of ``items``.

    ``answers`` has shape (people, items) on 1 to 5; not applicable and blanks are left out. A
    cell is the point nearest to the mean of the sector's answers, ties to the weaker one, shown
    where the rule for groups allows it; no number of people. Raises ``ValueError`` for a k below
    the smallest group.
    """
    if k < SMALLEST_GROUP:
        raise ValueError(f"The smallest group is never below {SMALLEST_GROUP}.")
    matrix = as_answers(answers, items=len(items))
    labels.check(len(matrix))
    known, unnamed = as_flags(known, len(matrix)), as_flags(unnamed, len(matrix))
    sectors = labels.sectors_only()
    shown = decide_contact(labels, is_on_scale(matrix), known, unnamed, k)
    return tuple(
        ContactCell(group, item, True, _nearest_point(matrix[labels.members(group), place]))
        if group in shown[place]
        else ContactCell(group, item)
        for group in sectors.groups()
        for place, item in enumerate(items)
    )


def _publish_group(
    shape: InstrumentShape,
    base: DimensionBase,
    group: Group,
    members: Flags,
    decision: GroupDecision,
) -> GroupFigures:
    if group not in decision.means:
        return GroupFigures(group, base.shape.code)
    people = base.people & members
    answers = base.answers[people]
    with_statements = group in decision.statements
    scores = person_scores(answers, base.shape.min_answered)
    return GroupFigures(
        group=group,
        dimension=base.shape.code,
        shown=True,
        statements_shown=with_statements,
        people=int(np.count_nonzero(people)),
        mean=_group_mean(answers),
        statements=tuple(
            GroupStatement(shape.items[column].code, _group_mean(answers[:, place]))
            for place, column in enumerate(base.columns)
            if with_statements
        ),
        views_differ=(
            readings.is_split(spread.count_score_bands(scores)) if with_statements else None
        ),
    )


def _group_mean(answers: Answers) -> GroupMean:
    value = round_number(float(answers[answers >= 0].mean()))
    if value < GROUP_DISPLAY_LOWEST:
        return GroupMean(GROUP_DISPLAY_LOWEST, Limit.OR_BELOW)
    if value > GROUP_DISPLAY_HIGHEST:
        return GroupMean(GROUP_DISPLAY_HIGHEST, Limit.OR_ABOVE)
    return GroupMean(value)


def _nearest_point(column: Answers) -> int:
    mean = float(column[column >= 0].mean())
    return int(np.ceil(mean - 0.5))
