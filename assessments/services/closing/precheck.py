"""What closing now would show, from who has submitted alone and never from who answered what."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import comments_group, detail_group
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Audience, ParticipantState, Round
from assessments.services.rounds import find_recent_close, may_close_early


@dataclass(frozen=True)
class Precheck:
    """Numbers and consequences to read before closing; `counting` leaves out those who help."""

    invited: int
    submitted: int
    counting: int
    smallest_group: int
    is_due: bool
    may_close: bool
    shows_whole: bool
    shows_detail: bool
    shows_comments: bool
    recent_close: Round | None

    @property
    def missing(self) -> int:
        return self.invited - self.submitted


def check_close(round_: Round, now: datetime) -> Precheck:
    """The pre-close check of an open round.

    It knows from the list who has submitted and, by e-mail, who helps to run
    the partnership; it cannot know who said so only while answering, nor how
    much anybody left out, so it speaks of "could".
    """
    states = ParticipantState.objects.filter(
        participant__round=round_, participant__audience=Audience.LEADERS
    )
    rows = list(states.values_list("state", "participant__email"))
    helps = {
        email.casefold()
        for email in Facilitation.objects.filter(partnership=round_.partnership_id).values_list(
            "user__email", flat=True
        )
    }
    submitted = [email for state, email in rows if state == ParticipantState.State.SUBMITTED]
    counting = sum(not email or email.casefold() not in helps for email in submitted)
    smallest = round_.smallest_group
    is_due = now >= round_.ends_at
    has_readers = round_.asks_for_comments and round_.comment_readers.exists()
    return Precheck(
        invited=len(rows),
        submitted=len(submitted),
        counting=counting,
        smallest_group=smallest,
        is_due=is_due,
        may_close=is_due or may_close_early(round_),
        shows_whole=counting >= smallest,
        shows_detail=counting >= detail_group(smallest),
        shows_comments=has_readers and counting >= comments_group(smallest),
        recent_close=find_recent_close(round_, round_.opened_at or now),
    )
