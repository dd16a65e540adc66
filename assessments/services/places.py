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
    return count_places_of([round_])[round_.pk, audience]


def count_places_of(rounds: Iterable[Round]) -> dict[tuple[int, str], Places]:
    """The places of each round and audience; four queries, however many rounds."""
    ids = [round_.pk for round_ in rounds]
    counted: dict[tuple[int, str], dict[str, int]] = {
        (pk, audience): {} for pk in ids for audience in Audience.values
    }
    for rows in (_count_named(ids), _count_tickets(ids), _count_rooms(ids), _count_unnamed(ids)):
        for row in rows:
            counted[row.pop("of_round"), row.pop("of_audience")].update(row)
    return {key: Places(**numbers) for key, numbers in counted.items()}


def _count_named(rounds: list[int]) -> Iterable[Any]:
    states = ParticipantState.objects.filter(participant__round__in=rounds)
    return states.values(
        of_round=F("participant__round"), of_audience=F("participant__audience")
    ).annotate(
        named=Count("pk"),
        named_started=Count("pk", filter=Q(state=State.STARTED)),
        named_submitted=Count("pk", filter=Q(state=State.SUBMITTED)),
    )


def _count_tickets(rounds: list[int]) -> Iterable[Any]:
    printed = Ticket.objects.filter(round__in=rounds, join_code=None)
    return printed.values(of_round=F("round"), of_audience=F("audience")).annotate(
        tickets=Count("pk")
    )


def _count_rooms(rounds: list[int]) -> Iterable[Any]:
    codes = JoinCode.objects.filter(round__in=rounds)
    return codes.values(of_round=F("round"), of_audience=F("audience")).annotate(room=Sum("people"))


def _count_unnamed(rounds: list[int]) -> Iterable[Any]:
    submitted = Sitting.objects.filter(response=OuterRef("pk"), is_submitted=True)
    responses = Response.objects.filter(Exists(submitted), round__in=rounds, is_named=False)
    return responses.values(of_round=F("round"), of_audience=F("audience")).annotate(
        by_ticket=Count("pk", filter=Q(is_joined=False)),
        by_code=Count("pk", filter=Q(is_joined=True)),
    )
