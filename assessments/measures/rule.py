"""The rule of confidentiality: from who answered what to what is shown, never looking at what.

``decide`` is the whole rule; closing uses its three parts, one for each kind of figure.

Why no sum over fewer than k people is a linear combination of what is shown. The whole shows sums
of single statements; a group mean shows the sum of all its answers to the statements of a
dimension (not the sum of people's own means, which would single out whoever left a statement
out). Take any combination, and the people whom it leaves with a number other than nought. If they
were fewer than k, then enough of the others answered pairs of statements (``_are_linked``), or
all of them (``_same_parts`` and k there), that the combination must give every statement the same
numbers on blocks and roles; so it is one combination of group sums over B(d), or one of sums of a
single statement, and ``choose`` keeps both kinds from singling out fewer than k.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import networkx as nx
import numpy as np

from assessments.measures.answers import Answers, Flags
from assessments.measures.base import DimensionBase, counted_people, dimension_bases, size
from assessments.measures.disclosure import Chooser, Edges
from assessments.measures.labels import Group, Labels
from assessments.measures.shapes import InstrumentShape
from assessments.measures.thresholds import (
    GROUP_STATEMENTS_FACTOR,
    LEAST_SHARE_OF_STATEMENTS,
    detail_group,
)


class Extent(IntEnum):
    """How much of a figure is shown: nothing, level and bands, or spread and agreement too."""

    NOTHING = 0
    LEVEL = 1
    DETAIL = 2


@dataclass(frozen=True, slots=True)
class WholeDecision:
    """What is shown of the whole: ``statements`` by column, ``dimensions`` as in the shape."""

    shown: bool
    statements: tuple[Extent, ...]
    dimensions: tuple[Extent, ...]


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """For one dimension: groups whose mean is shown, and those of them whose statements are."""

    dimension: str
    means: frozenset[Group]
    statements: frozenset[Group]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """``contact`` holds, for each contact item, the sectors whose cell is shown."""

    whole: WholeDecision
    groups: tuple[GroupDecision, ...]
    contact: tuple[frozenset[Group], ...]


def decide(
    shape: InstrumentShape,
    answers: Answers,
    labels: Labels,
    known: Flags,
    unnamed: Flags,
    k: int,
    contact: Flags | None = None,
) -> Disclosure:
    """The rule as one function: what may be shown for the whole, for groups, for contact cells.

    ``answers`` has shape (people, items of the shape); only whether an answer is on the scale is
    looked at. ``known`` people leave all sizes, ``unnamed`` ones those of groups; both have shape
    (people,). ``contact`` has shape (people, sectors asked about): who answered on the scale.
    """
    bases = dimension_bases(shape, answers)
    whole = decide_whole(bases, known, k, columns=len(shape.items))
    groups = decide_groups(bases, whole, labels, known, unnamed, k)
    cells = () if contact is None else decide_contact(labels, contact, known, unnamed, k)
    return Disclosure(whole, groups, cells)


def decide_whole(
    bases: Sequence[DimensionBase], known: Flags, k: int, columns: int
) -> WholeDecision:
    """What is shown of the whole: sizes of B(i) and B(d), without the known, against k.

    Nothing below k counted people. A dimension needs a score and half of its statements shown.
    """
    statements = [Extent.NOTHING] * columns
    dimensions = [Extent.NOTHING] * len(bases)
    if size(counted_people(bases, len(known)), known) < k:
        return WholeDecision(False, tuple(statements), tuple(dimensions))
    for number, base in enumerate(bases):
        for place, column in enumerate(base.columns):
            statements[column] = _extent(size(base.answered[:, place], known), k)
        shown = sum(statements[column] > Extent.NOTHING for column in base.columns)
        if base.shape.has_score and shown >= LEAST_SHARE_OF_STATEMENTS * len(base.columns):
            dimensions[number] = _extent(size(base.people, known), k)
    return WholeDecision(True, tuple(statements), tuple(dimensions))


def decide_groups(
    bases: Sequence[DimensionBase],
    whole: WholeDecision,
    labels: Labels,
    known: Flags,
    unnamed: Flags,
    k: int,
) -> tuple[GroupDecision, ...]:
    """The groups shown in each dimension that has a score.

    Means: the groups that ``choose`` picks for B(d) and k, where the dimension is shown for the
    whole and k or more people link its statements. Statements, all or none: those that it picks
    for every B(i) and 2k too, and for the people who answered every statement and k.
    """
    everyone = counted_people(tuple(bases), len(known))
    chooser = Chooser(labels, ~known & ~unnamed, everyone)
    decisions = []
    for base, extent in zip(bases, whole.dimensions, strict=True):
        if not base.shape.has_score:
            continue
        means: frozenset[Group] = frozenset()
        if extent > Extent.NOTHING and _are_linked(base, chooser.counting, k):
            means = chooser.choose(base.people, k)
        statements = _groups_with_statements(chooser, base, means, k)
        decisions.append(GroupDecision(base.shape.code, means, statements))
    return tuple(decisions)


def decide_contact(
    labels: Labels, answered: Flags, known: Flags, unnamed: Flags, k: int
) -> tuple[frozenset[Group], ...]:
    """For each sector asked about, the sectors whose contact with it is shown.

    ``answered`` has shape (people, sectors asked about). The sums of the whole count as shown, so
    that what is hidden cannot be had by subtraction whatever else a page says.
    """
    chooser = Chooser(labels.sectors_only(), ~known & ~unnamed)
    return tuple(chooser.choose(column, k) for column in answered.T)


def _extent(people: int, k: int) -> Extent:
    if people < k:
        return Extent.NOTHING
    return Extent.LEVEL if people < detail_group(k) else Extent.DETAIL


def _groups_with_statements(
    chooser: Chooser, base: DimensionBase, means: frozenset[Group], k: int
) -> frozenset[Group]:
    groups = means
    for answered in base.answered.T:
        groups &= chooser.choose(answered, GROUP_STATEMENTS_FACTOR * k)
    if not groups:
        return groups
    complete = np.asarray(base.answered.all(axis=1), dtype=np.bool_)
    groups &= chooser.choose(complete, k)
    same = _same_parts(chooser.edges(base.people, groups), chooser.edges(complete, groups))
    return groups if same else frozenset()


def _same_parts(all_people: Edges, complete: Edges) -> bool:
    """Whether those who answered every statement join blocks and roles as all people do."""
    return _parts(all_people) == _parts(complete)


def _parts(edges: Edges) -> set[frozenset[int]]:
    return {frozenset(part) for part in nx.connected_components(nx.Graph(list(edges)))}


def _are_linked(base: DimensionBase, counting: Flags, k: int) -> bool:
    """Whether all statements hang together by pairs that k or more counting people answered.

    Without this a statement that few answered would be what group means and the whole's
    statements differ by.
    """
    answered = base.answered[counting].astype(np.int64)
    together = answered.T @ answered
    return bool(
        (np.diag(together) >= k).all() and nx.is_connected(nx.from_numpy_array(together >= k))
    )
