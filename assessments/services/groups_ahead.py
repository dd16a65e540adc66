"""Which groups a draft's list could ever show, by the same rule that closing follows.

Worked out as if everybody on the list answered. Answering less can only make
a group smaller; somebody added makes it larger.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessments.measures.answers import Flags
from assessments.measures.disclosure import choose
from assessments.measures.labels import Group, GroupKind, Labels
from assessments.models.partnerships import Facilitation, Sector
from assessments.models.rounds import Audience, RoleLevel, Round

JOINED = "Other sectors"


@dataclass(frozen=True)
class GroupAhead:
    """A group of the list. `people` leaves out those who help to run the partnership."""

    kind: str
    name: str
    people: int
    is_shown: bool
    is_large_enough: bool


@dataclass(frozen=True)
class Merger:
    """Sectors that could be shown if they were counted together, as one of `people`."""

    sectors: tuple[Sector, ...]
    people: int
    name: str = JOINED


@dataclass(frozen=True)
class GroupsAhead:
    """`without_sector` are people who count in the whole and in no sector."""

    groups: tuple[GroupAhead, ...]
    without_sector: int
    merger: Merger | None

    def of_kind(self, kind: str) -> list[GroupAhead]:
        return [group for group in self.groups if group.kind == kind]

    @property
    def sectors(self) -> list[GroupAhead]:
        return self.of_kind(GroupKind.SECTOR)

    @property
    def organisations(self) -> list[GroupAhead]:
        return self.of_kind(GroupKind.ORGANISATION)

    @property
    def roles(self) -> list[GroupAhead]:
        return self.of_kind(GroupKind.ROLE)


@dataclass(frozen=True)
class _Person:
    sector: str | None
    organisation: str | None
    role: str | None
    counts: bool


def look_ahead(round_: Round) -> GroupsAhead:
    """What the leaders on the list could be shown as; three queries."""
    people = _read_people(round_)
    own = {sector.name: sector for sector in Sector.objects.filter(partnership=round_.partnership)}
    return GroupsAhead(
        groups=_list_groups(people, round_.smallest_group),
        without_sector=sum(person.sector is None for person in people),
        merger=_find_merger(people, round_.smallest_group, own),
    )


def _read_people(round_: Round) -> list[_Person]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id)
    helping = {email.casefold() for email in roles.values_list("user__email", flat=True)}
    rows = round_.participants.filter(audience=Audience.LEADERS).values_list(
        "organisation__sector__name", "organisation__name", "role_level", "email"
    )
    return [
        _Person(sector, organisation, role or None, not email or email.casefold() not in helping)
        for sector, organisation, role, email in rows
    ]


def _list_groups(people: Sequence[_Person], k: int) -> tuple[GroupAhead, ...]:
    labels, shown = _label(people), _choose(people, k)
    counting = _counting(people)
    sizes = {group: int((labels.members(group) & counting).sum()) for group in labels.groups()}
    return tuple(
        GroupAhead(
            kind=group.kind,
            name=_name(group),
            people=people_there,
            is_shown=group in shown,
            is_large_enough=people_there >= k,
        )
        for group, people_there in sizes.items()
    )


def _find_merger(people: Sequence[_Person], k: int, own: dict[str, Sector]) -> Merger | None:
    """The fewest small sectors that, counted together, are shown and cost no other group.

    None where every sector is shown, or where joining sectors helps nobody.
    """
    now = _shown_sectors(people, k)
    sizes = dict.fromkeys(sorted({p.sector for p in people if p.sector}), 0)
    for person in people:
        if person.sector:
            sizes[person.sector] += person.counts
    hidden = [name for name in sizes if name not in now]
    smallest = sorted(sizes, key=lambda name: (sizes[name], name))
    fewest = 1 if JOINED in own else 2
    for number in range(fewest, len(smallest)):
        joined = [name for name in smallest[:number] if name != JOINED]
        moved = [_move(person, joined) for person in people]
        after = _shown_sectors(moved, k)
        if set(hidden) & set(joined) and JOINED in after and now - set(joined) <= after:
            total = sum(person.counts for person in moved if person.sector == JOINED)
            return Merger(sectors=tuple(own[name] for name in joined), people=total)
    return None


def _move(person: _Person, joined: Sequence[str]) -> _Person:
    if person.sector not in joined:
        return person
    return _Person(JOINED, person.organisation, person.role, person.counts)


def _shown_sectors(people: Sequence[_Person], k: int) -> set[str]:
    return {str(g.label) for g in _choose(people, k) if g.kind == GroupKind.SECTOR}


def _choose(people: Sequence[_Person], k: int) -> frozenset[Group]:
    return choose(_label(people), np.ones(len(people), dtype=bool), _counting(people), k)


def _label(people: Sequence[_Person]) -> Labels:
    return Labels.of(
        sectors=[person.sector for person in people],
        organisations=[person.organisation for person in people],
        roles=[person.role for person in people],
    )


def _counting(people: Sequence[_Person]) -> Flags:
    return np.array([person.counts for person in people], dtype=bool)


def _name(group: Group) -> str:
    if group.kind == GroupKind.ROLE:
        return str(RoleLevel(str(group.label)).label)
    return str(group.label)
