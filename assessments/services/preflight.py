"""What a facilitator reads before opening: what stands in the way, and what will be promised."""

from dataclasses import dataclass
from datetime import datetime

from assessments.measures.thresholds import SOON_AFTER_DAYS, comments_group, detail_group
from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.rounds import find_recent_close, list_comment_readers, list_problems


@dataclass(frozen=True)
class Preflight:
    """`counting` leaves out people of the list who help to run the partnership."""

    problems: list[str]
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
    rows = list(round_.participants.values_list("email", "organisation_id"))
    runs = _list_who_runs(round_)
    addresses = {email.casefold() for email in _list_helping_addresses(round_)}
    return Preflight(
        problems=list_problems(round_, now),
        people=len(rows),
        helping=sum(email.casefold() in addresses for email, _ in rows if email),
        without_email=sum(not email for email, _ in rows),
        without_organisation=sum(organisation is None for _, organisation in rows),
        runs=runs,
        readers=list_comment_readers(round_, now),
        smallest_group=round_.smallest_group,
        detail_group=detail_group(round_.smallest_group),
        comments_group=comments_group(round_.smallest_group),
        recent_close=find_recent_close(round_, now),
    )


def _list_who_runs(round_: Round) -> list[User]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id).exclude(
        role=Facilitation.Role.VIEWER
    )
    return list(User.objects.filter(pk__in=roles.values("user")))


def _list_helping_addresses(round_: Round) -> list[str]:
    roles = Facilitation.objects.filter(partnership=round_.partnership_id)
    return list(roles.values_list("user__email", flat=True))
