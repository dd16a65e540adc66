"""What a facilitator reads before opening: what stands in the way, and what will be promised."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import SOON_AFTER_DAYS, comments_group, detail_group
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Audience, Round, RoundInstrument
from assessments.models.users import User
from assessments.services.round_items import asks_contact, has_contact_items, list_large_sectors
from assessments.services.rounds import find_recent_close, list_comment_readers, list_problems


@dataclass(frozen=True)
class Preflight:
    """`people` and what is counted from them are leaders; `outside` are the others on the list.

    `counting` leaves out leaders who help to run the partnership. `warnings`
    are sentences, and none of them stands in the way.
    """

    problems: list[str]
    warnings: list[str]
    instruments: list[RoundInstrument]
    outside: int
    people: int
    helping: int
    without_email: int
    without_organisation: int
    runs: list[User]
    readers: list[User]
    smallest_group: int
    detail_group: int
    comments_group: int
    recent_close: Round | None
    soon_after_days: int = SOON_AFTER_DAYS

    @property
    def minutes(self) -> int:
        """What answering everything takes a leader."""
        return self._sum_minutes(Audience.LEADERS)

    @property
    def outside_minutes(self) -> int:
        return self._sum_minutes(Audience.OUTSIDE)

    @property
    def asks_outside(self) -> bool:
        return any(own.audience == Audience.OUTSIDE for own in self.instruments)

    def _sum_minutes(self, audience: str) -> int:
        return sum(
            own.edition.minutes_typical for own in self.instruments if own.audience == audience
        )

    @property
    def counting(self) -> int:
        return self.people - self.helping

    @property
    def needs_everyone(self) -> bool:
        """The list is so short that a single missing answer would hide everything."""
        return self.smallest_group <= self.counting <= self.smallest_group + 1

    @property
    def may_show_detail(self) -> bool:
        return self.counting >= self.detail_group

    @property
    def may_show_comments(self) -> bool:
        return bool(self.readers) and self.counting >= self.comments_group


def check_opening(round_: Round, now: datetime) -> Preflight:
    """The pre-flight check of a draft, from its list and settings alone."""
    rows = list(round_.participants.values_list("audience", "email", "organisation_id"))
    leaders = [row[1:] for row in rows if row[0] == Audience.LEADERS]
    addresses = {email.casefold() for email in _list_helping_addresses(round_)}
    instruments = list(round_.instruments.select_related("edition__instrument"))
    outside = len(rows) - len(leaders)
    return Preflight(
        problems=list_problems(round_, now),
        warnings=_list_warnings(round_, instruments, outside),
        instruments=instruments,
        outside=outside,
        people=len(leaders),
        helping=sum(email.casefold() in addresses for email, _ in leaders if email),
        without_email=sum(not email for _, email, _ in rows),
        without_organisation=sum(organisation is None for _, organisation in leaders),
        runs=_list_who_runs(round_),
        readers=list_comment_readers(round_, now),
        smallest_group=round_.smallest_group,
        detail_group=detail_group(round_.smallest_group),
        comments_group=comments_group(round_.smallest_group),
        recent_close=find_recent_close(round_, now),
    )


def _list_warnings(round_: Round, instruments: list[RoundInstrument], outside: int) -> list[str]:
    asks_outside = any(own.audience == Audience.OUTSIDE for own in instruments)
    warnings = []
    if asks_outside and outside < round_.smallest_group:
        on_list = (
            f"Only {outside} {'person' if outside == 1 else 'people'} outside the leadership "
            f"{'is' if outside == 1 else 'are'} on the list."
            if outside
            else "Nobody outside the leadership is on the list."
        )
        warnings.append(
            f"{on_list} The view from outside needs {round_.smallest_group} people who answer. "
            "Once the round is open, printed tickets or a code for a room can bring more."
        )
    if asks_contact(round_) and has_contact_items(round_) and not list_large_sectors(round_):
        warnings.append(
            "For “Who meets whom” no sector is large enough: one needs at least 3 people from 2 "
            "organisations. So it would ask about “other partners” only. Better leave it out."
        )
    return warnings


def _list_who_runs(round_: Round) -> list[User]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id).exclude(
        role=Facilitation.Role.VIEWER
    )
    return list(User.objects.filter(pk__in=roles.values("user")))


def _list_helping_addresses(round_: Round) -> list[str]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id)
    return list(roles.values_list("user__email", flat=True))
