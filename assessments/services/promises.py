"""What somebody is told before answering, all of it from the round's own data.

Those who set a round up read the same before it opens, so this belongs to no room.
Eight queries or fewer, however many people and statements there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Sum

from assessments.models.partnerships import Facilitation
from assessments.models.rounds import (
    Audience,
    JoinCode,
    Participant,
    RoleLevel,
    Round,
    RoundInstrument,
    Ticket,
)
from assessments.models.users import User
from assessments.services.answering.terms import Terms, read_terms
from assessments.services.promise_words import say_shown
from assessments.services.rounds import list_comment_readers

Place = Participant | Ticket


@dataclass(frozen=True)
class Group:
    """A group that somebody will be counted in, by name. `kind` says which sort it is."""

    kind: str
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class PromisedPart:
    """One part of the checklist: how long it takes, and what is shown of it."""

    title: str
    intro: str
    minutes: int
    shown: str


@dataclass(frozen=True)
class Promise:
    """Who asks, who sees what, and which people stand beside whom.

    `name` is empty for a place without one. `named` counts the people of the
    list, `unnamed` tickets and people in a room. `groups` is empty for people
    outside the leadership: they are counted together, and not told of each other.
    """

    round: Round
    audience: str
    name: str
    is_named: bool
    terms: Terms
    runs: tuple[str, ...]
    viewers: tuple[str, ...]
    readers: tuple[str, ...]
    groups: tuple[Group, ...]
    named: int
    unnamed: int
    parts: tuple[PromisedPart, ...]

    @property
    def asker(self) -> str:
        return str(self.round.created_by)

    @property
    def is_outside(self) -> bool:
        return self.audience == Audience.OUTSIDE

    @property
    def asked(self) -> int:
        return self.named + self.unnamed

    @property
    def others(self) -> int:
        """How many other people are asked."""
        return max(self.asked - 1, 0)

    @property
    def minutes(self) -> int:
        """For the part that always comes first; the others are sittings of their own."""
        return self.first_part.minutes if self.first_part else 0

    @property
    def first_part(self) -> PromisedPart | None:
        return self.parts[0] if self.parts else None

    @property
    def more_parts(self) -> tuple[PromisedPart, ...]:
        return self.parts[1:]

    @property
    def takes_comments(self) -> bool:
        return self.round.asks_for_comments and bool(self.readers)

    @property
    def asks_single_questions(self) -> bool:
        """Candour and foresight stand beside the five factors, so leaders alone meet them."""
        return not self.is_outside and (self.round.asks_candour or self.round.asks_foresight)


def read_promise(place: Place, now: datetime) -> Promise:
    """`place` may be a ticket that is not saved yet: what a join code would make."""
    round_, audience = place.round, place.audience
    people = list(
        Participant.objects.filter(round=round_, audience=audience).select_related(
            "organisation__sector"
        )
    )
    roles = Facilitation.objects.filter(partnership=round_.partnership_id, user__is_active=True)
    held = list(roles.select_related("user").order_by("user__name"))
    terms = read_terms(round_, now)
    return Promise(
        round=round_,
        audience=audience,
        name=place.name if isinstance(place, Participant) else "",
        is_named=isinstance(place, Participant),
        terms=terms,
        runs=tuple(str(one.user) for one in held if one.role != Facilitation.Role.VIEWER),
        viewers=tuple(str(one.user) for one in held if one.role == Facilitation.Role.VIEWER),
        readers=tuple(str(user) for user in _list_readers(round_, now)),
        groups=() if audience == Audience.OUTSIDE else _list_groups(place, people),
        named=len(people),
        unnamed=_count_unnamed(round_, audience),
        parts=_list_parts(round_, audience, terms),
    )


def read_sample_promise(round_: Round, audience: str, now: datetime) -> Promise:
    """What one person of the list will read; with nobody on it, somebody without a name."""
    people = Participant.objects.filter(round=round_, audience=audience)
    someone = people.select_related("organisation__sector", "round__partnership").order_by(
        F("organisation").asc(nulls_last=True), "-role_level", "name", "id"
    )
    return read_promise(someone.first() or Ticket(round=round_, audience=audience), now)


def _list_readers(round_: Round, now: datetime) -> list[User]:
    """Opening names them; before it, those whom it would name."""
    if round_.is_draft:
        return list_comment_readers(round_, now)
    return list(round_.comment_readers.all())


def _list_groups(me: Place, people: list[Participant]) -> tuple[Group, ...]:
    """The whole first, then sector, organisation and role where the place has them."""
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


def _list_parts(round_: Round, audience: str, terms: Terms) -> tuple[PromisedPart, ...]:
    asked = RoundInstrument.objects.filter(round=round_, audience=audience).order_by("order")
    return tuple(
        PromisedPart(
            title=one.edition.title,
            intro=one.edition.intro,
            minutes=one.edition.minutes_typical,
            shown=say_shown(one.edition.instrument.code, is_bands_only=terms.follows is not None),
        )
        for one in asked.select_related("edition__instrument")
    )


def _count_unnamed(round_: Round, audience: str) -> int:
    """Printed tickets, and people whom the facilitator counted in a room."""
    printed = Ticket.objects.filter(round=round_, audience=audience, join_code=None).count()
    rooms = JoinCode.objects.filter(round=round_, audience=audience)
    return printed + (rooms.aggregate(people=Sum("people"))["people"] or 0)


def _sector(person: Participant) -> int | None:
    return person.organisation.sector_id if person.organisation else None


def _names(people: list[Participant], belongs: Callable[[Participant], bool]) -> tuple[str, ...]:
    return tuple(one.name for one in people if belongs(one))
