"""What a facilitator reads before opening: what stands in the way, and what will be promised."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import SOON_AFTER_DAYS, comments_group, detail_group
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Audience, Round, RoundInstrument
from assessments.models.users import User
from assessments.services.round_items import asks_contact, has_contact_items, list_large_sectors
from assessments.services.rounds import find_recent_close, list_comment_readers, list_problems

MORE_CAN_COME = (
    "Once the round is open, more can come by a code in a workshop or by printed tickets."
)


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
        return _asks(self.instruments, Audience.OUTSIDE)

    def _sum_minutes(self, audience: str) -> int:
        return sum(
            own.edition.minutes_typical for own in self.instruments if own.audience == audience
        )

    @property
    def counting(self) -> int:
        return self.people - self.helping

    @property
    def is_short(self) -> bool:
        """Fewer leaders are on the list than have to answer."""
        return self.people < self.smallest_group

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
        warnings=_list_warnings(round_, instruments, len(leaders), outside),
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


def _list_warnings(
    round_: Round, instruments: list[RoundInstrument], people: int, outside: int
) -> list[str]:
    least = round_.smallest_group
    warnings = []
    if people < least:
        warnings.append(
            f"{_say_few(people, 'leader', 'leaders')} {MORE_CAN_COME} If fewer than {least} "
            "answer, nothing is shown and the answers are deleted."
        )
    if _asks(instruments, Audience.OUTSIDE) and outside < least:
        warnings.append(
            f"{_say_few(outside, 'person from outside', 'people from outside')} {MORE_CAN_COME} "
            f"If fewer than {least} answer, the view from outside is not shown."
        )
    if asks_contact(round_) and has_contact_items(round_) and not list_large_sectors(round_):
        warnings.append(
            "For “Who meets whom” no sector is large enough: one needs at least 3 people from 2 "
            "organisations. So it would ask about “other partners” only. Better leave it out."
        )
    return warnings


def _say_few(number: int, one: str, many: str) -> str:
    if not number:
        return f"No {one} is on the list."
    if number == 1:
        return f"Only 1 {one} is on the list."
    return f"Only {number} {many} are on the list."


def _asks(instruments: list[RoundInstrument], audience: str) -> bool:
    return any(own.audience == audience for own in instruments)


def _list_who_runs(round_: Round) -> list[User]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id).exclude(
        role=Facilitation.Role.VIEWER
    )
    return list(User.objects.filter(pk__in=roles.values("user")))


def _list_helping_addresses(round_: Round) -> list[str]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id)
    return list(roles.values_list("user__email", flat=True))
