"""People who were put on the list after it was opened, for those who read it before."""

from dataclasses import dataclass

from assessments.models.rounds import Audience, Participant
from assessments.services.answering.seats import Seat


@dataclass(frozen=True)
class Added:
    """A person by name, and the groups of mine that they stand in beside the whole."""

    name: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class AddedPeople:
    """`people` is empty for people outside the leadership, who are not told each other's names."""

    number: int
    people: tuple[Added, ...]


def list_added(seat: Seat) -> AddedPeople | None:
    """Who came on the list since it was opened; None when nobody did. One query."""
    added = Participant.objects.filter(
        round=seat.round_id, audience=seat.audience, is_added_while_open=True
    ).exclude(pk=seat.place_id)
    people = list(added.select_related("organisation__sector"))
    if not people:
        return None
    if seat.audience == Audience.OUTSIDE:
        return AddedPeople(len(people), ())
    return AddedPeople(len(people), tuple(_add(seat, one) for one in people))


def _add(seat: Seat, person: Participant) -> Added:
    mine, theirs = seat.organisation, person.organisation
    groups = []
    if mine and theirs and mine.sector_id == theirs.sector_id:
        groups.append(f"Your sector: {mine.sector.name}")
    if mine and theirs and mine.pk == theirs.pk:
        groups.append(f"Your organisation: {mine.name}")
    if person.role_level and person.role_level == seat.role_level:
        groups.append(f"Your role: {person.get_role_level_display()}")
    return Added(person.name, tuple(groups))
