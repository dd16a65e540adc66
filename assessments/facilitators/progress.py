"""How far an open round has come, from people's states alone: never what anyone answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from assessments.models.rounds import Audience, Participant, ParticipantState, Round
from assessments.services.places import Places, count_places_of
from assessments.services.round_set_up import asks_audience

NOT_GIVEN = "No organisation given"
TICKETS, ROOM = "Printed tickets", "In the room, by a code"
State = ParticipantState.State
# Leaders first; those without an organisation last, on every database.
BY_ORGANISATION = (
    "audience",
    F("organisation__sector").asc(nulls_last=True),
    "organisation__name",
    "name",
    "id",
)


@dataclass(frozen=True)
class Bar:
    """A row of the picture: `submitted` and `started` people of all who were `invited`."""

    invited: int
    started: int
    submitted: int

    @property
    def submitted_width(self) -> str:
        return self._share(self.submitted)

    @property
    def started_width(self) -> str:
        """Of those who have at least started: drawn below the submitted part."""
        return self._share(self.submitted + self.started)

    @property
    def waiting(self) -> int:
        return self.invited - self.submitted

    def _share(self, people: int) -> str:
        return f"{100 * people / self.invited:.1f}%" if self.invited else "0%"


@dataclass(frozen=True)
class OrganisationProgress:
    name: str
    sector: str
    bar: Bar


@dataclass(frozen=True)
class PersonProgress:
    participant: Participant
    state: str


@dataclass(frozen=True)
class RoundProgress:
    """Leaders; `outside` is the same for people outside the leadership, where they are asked.

    `unnamed` are tickets and people in a room: how many have submitted is
    known, and neither who nor how many have started.
    """

    places: Places
    whole: Bar
    organisations: list[OrganisationProgress]
    unnamed: list[OrganisationProgress]
    waiting: list[PersonProgress] = field(default_factory=list)
    outside: "RoundProgress | None" = None

    @property
    def all_waiting(self) -> list[PersonProgress]:
        return [*self.waiting, *(self.outside.waiting if self.outside else [])]


def read_progress(round_: Round) -> RoundProgress:
    """How far an open round has come, and who on its list has not submitted."""
    people = list(
        round_.participants.select_related("organisation__sector", "progress").order_by(
            *BY_ORGANISATION
        )
    )
    places = count_places_of([round_])
    outside = None
    if asks_audience(round_, Audience.OUTSIDE):
        outside = _read_audience(people, Audience.OUTSIDE, places[round_.pk, Audience.OUTSIDE])
    return _read_audience(people, Audience.LEADERS, places[round_.pk, Audience.LEADERS], outside)


def read_bars(rounds: Iterable[Round]) -> dict[int, Bar]:
    """The bar of the leaders of each open round by its id; four queries for all."""
    return {
        pk: _bar_of(places)
        for (pk, audience), places in count_places_of(rounds).items()
        if audience == Audience.LEADERS
    }


def _read_audience(
    everybody: list[Participant],
    audience: str,
    places: Places,
    outside: RoundProgress | None = None,
) -> RoundProgress:
    people = [person for person in everybody if person.audience == audience]
    groups: dict[tuple[str, str], list[Participant]] = {}
    for person in people:
        groups.setdefault(_group_of(person), []).append(person)
    return RoundProgress(
        places=places,
        whole=_bar_of(places),
        organisations=[
            OrganisationProgress(name=name, sector=sector, bar=_count(members))
            for (name, sector), members in groups.items()
        ],
        unnamed=_list_unnamed(places),
        waiting=[
            PersonProgress(participant=person, state=_state_of(person))
            for person in people
            if _state_of(person) != State.SUBMITTED
        ],
        outside=outside,
    )


def _list_unnamed(places: Places) -> list[OrganisationProgress]:
    rows = [(TICKETS, places.tickets, places.by_ticket), (ROOM, places.room, places.by_code)]
    return [
        OrganisationProgress(name=name, sector="", bar=Bar(number, 0, min(submitted, number)))
        for name, number, submitted in rows
        if number
    ]


def _bar_of(places: Places) -> Bar:
    return Bar(places.invited, places.named_started, places.submitted)


def _group_of(person: Participant) -> tuple[str, str]:
    organisation = person.organisation
    return (organisation.name, organisation.sector.name) if organisation else (NOT_GIVEN, "")


def _state_of(person: Participant) -> str:
    return person.progress.state if hasattr(person, "progress") else State.INVITED


def _count(people: list[Participant]) -> Bar:
    states = [_state_of(person) for person in people]
    return Bar(
        invited=len(states),
        started=states.count(State.STARTED),
        submitted=states.count(State.SUBMITTED),
    )
