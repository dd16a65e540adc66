"""Groups, and which of them each person belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assessments.measures.answers import Flags

Label: TypeAlias = str | int
Codes: TypeAlias = NDArray[np.intp]


class GroupKind(StrEnum):
    SECTOR = "sector"
    ORGANISATION = "organisation"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Group:
    kind: GroupKind
    label: Label


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Sector, organisation and role level of each person, as codes of shape (people,).

    0 means that the person has no such label; code c stands for ``…_names[c - 1]``. Every
    organisation lies in one sector (or in none), so that the groups of the first two kinds nest.
    """

    sectors: Codes
    organisations: Codes
    roles: Codes
    sector_names: tuple[Label, ...]
    organisation_names: tuple[Label, ...]
    role_names: tuple[Label, ...]

    @classmethod
    def of(
        cls,
        sectors: Sequence[Label | None],
        organisations: Sequence[Label | None],
        roles: Sequence[Label | None],
    ) -> "Labels":
        """Labels from one value a person, ``None`` where there is none.

        A person with an organisation but no sector takes the sector of the others in that
        organisation. Raises ``ValueError`` for lists of different length, and for an organisation
        in two sectors.
        """
        if not len(sectors) == len(organisations) == len(roles):
            raise ValueError("Each person needs a sector, an organisation and a role, or None.")
        home: dict[Label, Label] = {}
        for sector, organisation in zip(sectors, organisations, strict=True):
            if sector is None or organisation is None:
                continue
            if home.setdefault(organisation, sector) != sector:
                raise ValueError(f"Organisation {organisation} stands in two sectors.")
        filled = [
            home.get(organisation) if sector is None and organisation is not None else sector
            for sector, organisation in zip(sectors, organisations, strict=True)
        ]
        sector_codes, sector_names = _encode(filled)
        organisation_codes, organisation_names = _encode(organisations)
        role_codes, role_names = _encode(roles)
        return cls(
            sector_codes,
            organisation_codes,
            role_codes,
            sector_names,
            organisation_names,
            role_names,
        )

    def check(self, people: int) -> None:
        """Raises ``ValueError`` unless the labels are those of so many people."""
        if len(self.sectors) != people:
            raise ValueError(f"Labels of {len(self.sectors)} people for {people} rows.")

    def groups(self) -> tuple[Group, ...]:
        """All groups with at least one person: sectors, organisations, role levels."""
        return (
            *(Group(GroupKind.SECTOR, name) for name in self.sector_names),
            *(Group(GroupKind.ORGANISATION, name) for name in self.organisation_names),
            *(Group(GroupKind.ROLE, name) for name in self.role_names),
        )

    def members(self, group: Group) -> Flags:
        """Who belongs to ``group``; shape (people,). Raises ``ValueError`` for an unknown one."""
        codes, names = {
            GroupKind.SECTOR: (self.sectors, self.sector_names),
            GroupKind.ORGANISATION: (self.organisations, self.organisation_names),
            GroupKind.ROLE: (self.roles, self.role_names),
        }[group.kind]
        return np.asarray(codes == names.index(group.label) + 1, dtype=np.bool_)

    def sectors_only(self) -> "Labels":
        """The same people with their sectors alone, for what is shown by sector only."""
        none = np.zeros_like(self.sectors)
        return Labels(self.sectors, none, none, self.sector_names, (), ())


def _encode(values: Sequence[Label | None]) -> tuple[Codes, tuple[Label, ...]]:
    """Codes from 1 in the order of the names, so that the order of people changes nothing."""
    names = tuple(sorted({value for value in values if value is not None}, key=_order))
    places = {name: place for place, name in enumerate(names, start=1)}
    codes = [0 if value is None else places[value] for value in values]
    return np.asarray(codes, dtype=np.intp).reshape(len(values)), names


def _order(label: Label) -> tuple[bool, int, str]:
    return (False, label, "") if isinstance(label, int) else (True, 0, label)
