"""How far an open round has come, from people's states alone: never what anyone answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q

from assessments.models.rounds import Audience, Participant, ParticipantState, Round

NOT_GIVEN = "No organisation given"
State = ParticipantState.State
# Those without an organisation last, on every database.
BY_ORGANISATION = (
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
    whole: Bar
    organisations: list[OrganisationProgress]
    waiting: list[PersonProgress] = field(default_factory=list)


def read_progress(round_: Round) -> RoundProgress:
    """Leaders of an open round by organisation, and who has not submitted; one query."""
    people = list(
        round_.participants.filter(audience=Audience.LEADERS)
        .select_related("organisation__sector", "progress")
        .order_by(*BY_ORGANISATION)
    )
    groups: dict[tuple[str, str], list[Participant]] = {}
    for person in people:
        groups.setdefault(_group_of(person), []).append(person)
    return RoundProgress(
        whole=_count(people),
        organisations=[
            OrganisationProgress(name=name, sector=sector, bar=_count(members))
            for (name, sector), members in groups.items()
        ],
        waiting=[
            PersonProgress(participant=person, state=_state_of(person))
            for person in people
            if _state_of(person) != State.SUBMITTED
        ],
    )


def read_bars(rounds: Iterable[Round]) -> dict[int, Bar]:
    """The bar of each open round by its id; one query for all."""
    rows = (
        ParticipantState.objects.filter(
            participant__round__in=list(rounds), participant__audience=Audience.LEADERS
        )
        .values("participant__round")
        .annotate(
            invited=Count("pk"),
            started=Count("pk", filter=Q(state=State.STARTED)),
            submitted=Count("pk", filter=Q(state=State.SUBMITTED)),
        )
    )
    return {
        row["participant__round"]: Bar(row["invited"], row["started"], row["submitted"])
        for row in rows
    }


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
