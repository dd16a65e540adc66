"""What a leader is told before answering, all of it from the round's own data.

Eight queries or fewer, however many people and statements there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Participant, RoleLevel, Round, RoundInstrument, Ticket
from assessments.services.answering.terms import Terms, read_terms


@dataclass(frozen=True)
class Group:
    """A group that somebody will be counted in, by name. `kind` says which sort it is."""

    kind: str
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    """Who asks, who sees what, and which people stand beside whom."""

    round: Round
    terms: Terms
    runs: tuple[str, ...]
    viewers: tuple[str, ...]
    readers: tuple[str, ...]
    groups: tuple[Group, ...]
    unnamed: int
    instruments: tuple[RoundInstrument, ...]

    @property
    def asker(self) -> str:
        return str(self.round.created_by)

    @property
    def others(self) -> int:
        """How many other people are asked."""
        return len(self.groups[0].people) + self.unnamed - 1

    @property
    def minutes(self) -> int:
        """For the part that always comes first; the others are sittings of their own."""
        return self.first_part.edition.minutes_typical if self.first_part else 0

    @property
    def first_part(self) -> RoundInstrument | None:
        return self.instruments[0] if self.instruments else None

    @property
    def more_parts(self) -> tuple[RoundInstrument, ...]:
        return self.instruments[1:]

    @property
    def takes_comments(self) -> bool:
        return self.round.asks_for_comments and bool(self.readers)


def read_promise(participant: Participant | Ticket, now: datetime) -> Promise:
    round_ = participant.round
    people = list(
        Participant.objects.filter(round=round_, audience=participant.audience).select_related(
            "organisation__sector"
        )
    )
    roles = Facilitation.objects.filter(partnership=round_.partnership_id, user__is_active=True)
    held = list(roles.select_related("user").order_by("user__name"))
    instruments = RoundInstrument.objects.filter(round=round_, audience=participant.audience)
    return Promise(
        round=round_,
        terms=read_terms(round_, now),
        runs=tuple(str(one.user) for one in held if one.role != Facilitation.Role.VIEWER),
        viewers=tuple(str(one.user) for one in held if one.role == Facilitation.Role.VIEWER),
        readers=tuple(str(user) for user in round_.comment_readers.all()),
        groups=_list_groups(participant, people),
        unnamed=Ticket.objects.filter(round=round_, audience=participant.audience).count(),
        instruments=tuple(instruments.select_related("edition").order_by("order")),
    )


def _list_groups(me: Participant | Ticket, people: list[Participant]) -> tuple[Group, ...]:
    """The whole first, then sector, organisation and role where the list has them."""
    groups = [Group("Everybody asked", str(me.round.partnership), _names(people, lambda _: True))]
    own = me.organisation
    if own:
        sector = own.sector
        groups += [
            Group(
                "Your sector", sector.name, _names(people, lambda one: _sector(one) == sector.pk)
            ),
            Group(
                "Your organisation",
                own.name,
                _names(people, lambda one: one.organisation_id == own.pk),
            ),
        ]
    if isinstance(me, Participant) and me.role_level:
        groups.append(
            Group(
                "Your role",
                RoleLevel(me.role_level).label,
                _names(people, lambda one: one.role_level == me.role_level),
            )
        )
    return tuple(groups)


def _sector(person: Participant) -> int | None:
    return person.organisation.sector_id if person.organisation else None


def _names(people: list[Participant], belongs: Callable[[Participant], bool]) -> tuple[str, ...]:
    return tuple(one.name for one in people if belongs(one))
