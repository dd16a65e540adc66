"""The groups that slips can be made for, and how many there are; never which were used."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from assessments.models.partnerships import Organisation
from assessments.models.rounds import Audience, Round, Ticket


@dataclass(frozen=True)
class Group:
    """Who a slip is for. `key` names the group in addresses and forms."""

    key: str
    name: str
    audience: str
    organisation: Organisation | None = None
    slips: int = 0


def list_audiences(round_: Round) -> list[str]:
    """Whom the round asks; leaders first."""
    asked = set(round_.instruments.values_list("audience", flat=True))
    return [audience for audience in Audience.values if audience in asked]


def list_groups(round_: Round) -> list[Group]:
    """The whole, each organisation, and people outside where they are asked; three queries."""
    made = _count_slips(round_)
    groups: list[Group] = []
    for audience in list_audiences(round_):
        groups += _list_groups_of(round_, audience)
    return [
        Group(
            one.key,
            one.name,
            one.audience,
            one.organisation,
            made.get((one.audience, one.organisation.pk if one.organisation else None), 0),
        )
        for one in groups
    ]


def find_group(round_: Round, key: str) -> Group | None:
    return next((group for group in list_groups(round_) if group.key == key), None)


def _list_groups_of(round_: Round, audience: str) -> Iterator[Group]:
    if audience == Audience.OUTSIDE:
        yield Group(audience, Audience.OUTSIDE.label, audience)
        return
    yield Group(audience, "Any leader, counted in the whole only", audience)
    organisations = Organisation.objects.filter(partnership=round_.partnership_id)
    for one in organisations.order_by("name"):
        yield Group(str(one.pk), one.name, audience, one)


def _count_slips(round_: Round) -> dict[tuple[str, int | None], int]:
    printed = Ticket.objects.filter(round=round_, join_code=None)
    rows = printed.values("audience", "organisation").annotate(number=Count("pk")).order_by()
    return {(row["audience"], row["organisation"]): row["number"] for row in rows}
