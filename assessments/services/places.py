"""How many places a round has, named and not, and how many are answered.

Unnamed people are counted from responses, never from tickets: nothing here
tells which ticket was used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from assessments.models.responses import Response, Sitting
from assessments.models.rounds import Audience, JoinCode, ParticipantState, Round, Ticket

State = ParticipantState.State


@dataclass(frozen=True)
class Places:
    """One audience of an open round.

    `named` people are on the list, `tickets` were printed, `room` is how many
    the facilitator counted where a join code was shown. `by_ticket` and
    `by_code` are submitted responses as they are, which may be more.
    """

    named: int = 0
    named_started: int = 0
    named_submitted: int = 0
    tickets: int = 0
    room: int = 0
    by_ticket: int = 0
    by_code: int = 0

    @property
    def invited(self) -> int:
        return self.named + self.unnamed

    @property
    def unnamed(self) -> int:
        return self.tickets + self.room

    @property
    def unnamed_submitted(self) -> int:
        """Never more than there are places, so that nobody can answer for a missing person."""
        return min(self.by_ticket, self.tickets) + min(self.by_code, self.room)

    @property
    def submitted(self) -> int:
        return self.named_submitted + self.unnamed_submitted

    @property
    def has_more_than_invited(self) -> bool:
        """More people answered by a join code than were counted in the room."""
        return self.by_code > self.room


def count_places(round_: Round, audience: str = Audience.LEADERS) -> Places:
    """The places of one audience; four queries."""
    return count_places_of([round_], audience).get(round_.pk, Places())


def count_places_of(rounds: Iterable[Round], audience: str = Audience.LEADERS) -> dict[int, Places]:
    """The places of each round by its id; four queries, however many rounds."""
    ids = [round_.pk for round_ in rounds]
    counted: dict[int, dict[str, Any]] = {}
    for rows in (
        _count_named(ids, audience),
        _count_tickets(ids, audience),
        _count_rooms(ids, audience),
        _count_unnamed(ids, audience),
    ):
        for row in rows:
            counted.setdefault(row.pop("of_round"), {}).update(row)
    return {pk: Places(**numbers) for pk, numbers in counted.items()}


def _count_named(rounds: list[int], audience: str) -> Iterable[Any]:
    states = ParticipantState.objects.filter(
        participant__round__in=rounds, participant__audience=audience
    )
    return states.values(of_round=F("participant__round")).annotate(
        named=Count("pk"),
        named_started=Count("pk", filter=Q(state=State.STARTED)),
        named_submitted=Count("pk", filter=Q(state=State.SUBMITTED)),
    )


def _count_tickets(rounds: list[int], audience: str) -> Iterable[Any]:
    printed = Ticket.objects.filter(round__in=rounds, audience=audience, join_code=None)
    return printed.values(of_round=F("round")).annotate(tickets=Count("pk"))


def _count_rooms(rounds: list[int], audience: str) -> Iterable[Any]:
    codes = JoinCode.objects.filter(round__in=rounds, audience=audience)
    return codes.values(of_round=F("round")).annotate(room=Sum("people"))


def _count_unnamed(rounds: list[int], audience: str) -> Iterable[Any]:
    submitted = Sitting.objects.filter(response=OuterRef("pk"), is_submitted=True)
    responses = Response.objects.filter(
        Exists(submitted), round__in=rounds, audience=audience, is_named=False
    )
    return responses.values(of_round=F("round")).annotate(
        by_ticket=Count("pk", filter=Q(is_joined=False)),
        by_code=Count("pk", filter=Q(is_joined=True)),
    )
