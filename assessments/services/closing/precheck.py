"""What closing now would show, from who has submitted alone and never from who answered what."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import comments_group, detail_group
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Audience, ParticipantState, Round
from assessments.services.places import Places, count_places_of
from assessments.services.round_set_up import asks_audience
from assessments.services.rounds import find_recent_close, may_close_early


@dataclass(frozen=True)
class Precheck:
    """Numbers and consequences to read before closing, for one audience.

    `counting` leaves out those who help, and is of answers; `submitted` is
    never more than the places. `outside` is the same for people outside the
    leadership, where the round asks them.
    """

    places: Places
    counting: int
    smallest_group: int
    is_due: bool
    may_close: bool
    has_readers: bool
    recent_close: Round | None
    outside: "Precheck | None" = None

    @property
    def invited(self) -> int:
        return self.places.invited

    @property
    def submitted(self) -> int:
        return self.places.submitted

    @property
    def missing(self) -> int:
        return self.invited - self.submitted

    @property
    def is_bands_only(self) -> bool:
        return self.recent_close is not None or self.places.has_more_than_invited

    @property
    def shows_whole(self) -> bool:
        return self.counting >= self.smallest_group

    @property
    def shows_detail(self) -> bool:
        return not self.is_bands_only and self.counting >= detail_group(self.smallest_group)

    @property
    def shows_comments(self) -> bool:
        return (
            self.has_readers
            and not self.is_bands_only
            and self.counting >= comments_group(self.smallest_group)
        )


def check_close(round_: Round, now: datetime) -> Precheck:
    """The pre-close check of an open round.

    It knows from the list who has submitted and, by e-mail, who helps to run
    the partnership; it cannot know who said so only while answering, nor how
    much anybody left out, so it speaks of "could".
    """
    asks_outside = asks_audience(round_, Audience.OUTSIDE)
    outside = _check_audience(round_, Audience.OUTSIDE, now) if asks_outside else None
    return _check_audience(round_, Audience.LEADERS, now, outside)


def _check_audience(
    round_: Round, audience: str, now: datetime, outside: Precheck | None = None
) -> Precheck:
    places = count_places_of([round_])[round_.pk, audience]
    is_due = now >= round_.ends_at
    return Precheck(
        places=places,
        counting=_count_named_who_count(round_, audience) + places.by_ticket + places.by_code,
        smallest_group=round_.smallest_group,
        is_due=is_due,
        may_close=is_due or may_close_early(round_),
        has_readers=round_.asks_for_comments and round_.comment_readers.exists(),
        recent_close=find_recent_close(round_, round_.opened_at or now),
        outside=outside,
    )


def _count_named_who_count(round_: Round, audience: str) -> int:
    """People of the list who have submitted and do not help to run the partnership."""
    states = ParticipantState.objects.filter(
        participant__round=round_,
        participant__audience=audience,
        state=ParticipantState.State.SUBMITTED,
    )
    helping = Facilitation.objects.filter(partnership=round_.partnership_id)
    helps = {email.casefold() for email in helping.values_list("user__email", flat=True)}
    submitted = states.values_list("participant__email", flat=True)
    return sum(not email or email.casefold() not in helps for email in submitted)
