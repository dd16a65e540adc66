"""At which moment of a round somebody comes: each has its own page."""

from datetime import datetime
from enum import StrEnum

from assessments.models.rounds import Round
from assessments.results.outcome import has_outcome


class Moment(StrEnum):
    OPEN = "open"
    DUE = "due"
    TOO_FEW = "too_few"
    CLOSED = "closed"
    SHARED = "shared"


def find_moment(round_: Round, audience: str, now: datetime) -> Moment:
    """DUE is past the end and not closed yet; TOO_FEW is closed with nothing to show."""
    if not round_.is_closed:
        return Moment.OPEN if round_.is_open and round_.ends_at > now else Moment.DUE
    if not has_outcome(round_, audience):
        return Moment.TOO_FEW
    return Moment.SHARED if round_.is_shared else Moment.CLOSED
