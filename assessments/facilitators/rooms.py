"""What the screen in a room shows: the code, its time, and how many have answered by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.models.rounds import Audience, JoinCode, Round, Ticket
from assessments.services.join_codes import count_allowed, group_join_code, list_living
from assessments.services.places import Places, count_places

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Room:
    """One code as it stands. `places` are all of its audience: earlier rooms count too."""

    join_code: JoinCode
    joined: int
    has_earlier: bool
    places: Places
    now: datetime

    @property
    def code(self) -> str:
        return group_join_code(self.join_code.code)

    @property
    def spoken_code(self) -> str:
        """Sign by sign, for a screen reader."""
        return " ".join(self.join_code.code)

    @property
    def audience(self) -> str:
        return Audience(self.join_code.audience).label

    @property
    def has_ended(self) -> bool:
        return self.join_code.ends_at <= self.now

    @property
    def minutes_left(self) -> int:
        return max(0, -((self.now - self.join_code.ends_at) // MINUTE))

    @property
    def is_full(self) -> bool:
        return self.joined >= count_allowed(self.join_code.people)


def list_rooms(round_: Round, now: datetime) -> list[Room]:
    """The living codes: at most one an audience."""
    return [read_room(join_code, now) for join_code in list_living(round_, now)]


def read_room(join_code: JoinCode, now: datetime) -> Room:
    others = JoinCode.objects.filter(round=join_code.round_id, audience=join_code.audience)
    return Room(
        join_code=join_code,
        joined=Ticket.objects.filter(join_code=join_code).count(),
        has_earlier=others.exclude(pk=join_code.pk).exists(),
        places=count_places(join_code.round, join_code.audience),
        now=now,
    )
