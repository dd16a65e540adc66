"""What a round promises in numbers, for those who are about to answer it."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import comments_group
from assessments.models.rounds import Round
from assessments.services.rounds import find_recent_close


@dataclass(frozen=True)
class Terms:
    """`follows` is the round that closed so shortly before this one opened that only bands
    are shown."""

    smallest_group: int
    comments_group: int
    follows: Round | None


def comments_need(round_: Round) -> int:
    """How many have to answer before anybody may read a comment."""
    return comments_group(round_.smallest_group)


def read_terms(round_: Round, now: datetime) -> Terms:
    return Terms(
        smallest_group=round_.smallest_group,
        comments_group=comments_need(round_),
        follows=find_recent_close(round_, round_.opened_at or now),
    )
