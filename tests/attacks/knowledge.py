"""What the adversary sees: every published figure, and who is in which group.

Memberships, bases and turned answers are worked out here anew, in plain loops. At worst the
adversary even knows who answered which statement (never what); it is given that too.
"""

from dataclasses import dataclass

import numpy as np

from assessments.measures.figures import WholeFigures
from assessments.measures.groups import GroupFigures, publish_groups
from assessments.measures.labels import Group, Labels
from assessments.measures.published import publish_whole
from tests.attacks.generator import World


@dataclass(frozen=True)
class Seen:
    """Everything shown of one population: the figures of the whole and of each group."""

    whole: WholeFigures
    groups: tuple[GroupFigures, ...]

    def groups_of(self, dimension: str) -> list[GroupFigures]:
        """The groups with a mean on this dimension."""
        return [group for group in self.groups if group.dimension == dimension and group.shown]


def look(world: World, *, bands_only: bool = False) -> Seen:
    """Publishes the world as closing would."""
    labels = Labels.of(world.sectors, world.organisations, world.roles)
    whole = publish_whole(
        world.shape, world.answers, world.known, world.invited, world.k, bands_only=bands_only
    )
    groups = publish_groups(
        world.shape,
        world.answers,
        labels,
        world.known,
        world.unnamed,
        world.k,
        bands_only=bands_only,
    )
    return Seen(whole, groups)


def members(world: World, group: Group) -> np.ndarray:
    """Who belongs to a group, from the list; an organisation's people are in its sector."""
    home = {
        organisation: sector
        for sector, organisation in zip(world.sectors, world.organisations, strict=True)
        if sector is not None and organisation is not None
    }
    own = {
        "sector": [
            sector if sector is not None else home.get(organisation)
            for sector, organisation in zip(world.sectors, world.organisations, strict=True)
        ],
        "organisation": list(world.organisations),
        "role": list(world.roles),
    }[group.kind.value]
    return np.array([label == group.label for label in own], dtype=bool)


def columns_of(world: World, dimension: str) -> list[int]:
    return [place for place, item in enumerate(world.shape.items) if item.dimension == dimension]


def turned(world: World) -> np.ndarray:
    """Answers as they are scored: 6 minus the answer where the statement is reversed."""
    rows = world.answers.copy()
    for place, item in enumerate(world.shape.items):
        for person in range(world.people):
            if item.reverse and rows[person, place] > 0:
                rows[person, place] = 6 - rows[person, place]
    return rows


def base_of(world: World, dimension: str) -> np.ndarray:
    """Who answered enough statements of a dimension."""
    least = next(d.min_answered for d in world.shape.dimensions if d.code == dimension)
    columns = columns_of(world, dimension)
    return np.array(
        [sum(row[column] > 0 for column in columns) >= least for row in world.answers], dtype=bool
    )


def answered(world: World, dimension: str) -> np.ndarray:
    """Who of the base answered each statement; shape (people, statements of the dimension)."""
    part = world.answers[:, columns_of(world, dimension)] > 0
    return part & base_of(world, dimension)[:, np.newaxis]


def counted(world: World) -> np.ndarray:
    """Who is in the base of at least one dimension."""
    return np.logical_or.reduce(
        [base_of(world, dimension.code) for dimension in world.shape.dimensions]
    )


def counting(world: World, *, in_groups: bool) -> np.ndarray:
    """Who counts towards the smallest group: not the known, in groups not the unnamed either."""
    return ~world.known & ~world.unnamed if in_groups else ~world.known
