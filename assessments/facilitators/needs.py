"""What needs a facilitator now, over all their partnerships: a heading, a reason, one button.

One query for each kind of need, however many partnerships somebody runs. From
numbers, dates and states alone: never what anybody answered or wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from assessments.facilitators.pages import count_words
from assessments.models.dialogue import Experiment
from assessments.models.mail import OutgoingMail
from assessments.models.partnerships import Facilitation
from assessments.models.results import CollectedComment, Result
from assessments.models.rounds import Audience, JoinCode, Participant, Round
from assessments.models.users import User
from assessments.permissions import RUNS
from assessments.services.places import Places, count_places_of
from assessments.services.rounds import EARLY_CLOSE_RATE

SOON = timedelta(days=5)
EXPERIMENTS_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Need:
    """`rank` says which kind comes first, `by` which of a kind."""

    rank: int
    by: date
    partnership: str
    heading: str
    reason: str
    button: str
    url: str


@dataclass(frozen=True)
class Needs:
    """`next_end` is when the next open round closes, for a day on which nothing is needed."""

    listed: list[Need]
    next_end: datetime | None


def list_needs(user: User, now: datetime) -> Needs:
    """The most pressing first."""
    rounds = _list_rounds(user)
    opened = list(rounds.filter(state=Round.State.OPEN))
    needs = [
        *_ask_of_open(opened, now),
        *_ask_of_codes(user, now),
        *_ask_of_comments(user, now),
        *_ask_of_mail(rounds),
        *_ask_of_experiments(user, now),
        *_ask_of_closed(rounds),
        *_ask_of_drafts(rounds),
    ]
    ends = [round_.ends_at for round_ in opened if round_.ends_at > now]
    return Needs(
        listed=sorted(needs, key=lambda need: (need.rank, need.by, need.partnership)),
        next_end=min(ends, default=None),
    )


def _list_rounds(user: User) -> QuerySet[Round]:
    return Round.objects.filter(partnership__in=_run_by(user)).select_related("partnership")


def _run_by(user: User) -> QuerySet[Any, Any]:
    return Facilitation.objects.filter(user=user, role__in=RUNS).values("partnership")


def _ask_of_open(rounds: list[Round], now: datetime) -> Iterator[Need]:
    """Rounds past their end, and those that end soon with fewer answers than they need."""
    places = count_places_of(rounds)
    for round_ in rounds:
        own = [places[round_.pk, audience] for audience in Audience.values]
        invited, submitted = sum(one.invited for one in own), sum(one.submitted for one in own)
        if round_.ends_at <= now:
            yield _make(
                round_,
                rank=0,
                by=round_.ends_at.date(),
                heading=f"Round {round_.number} has reached its end",
                reason=f"{submitted} of {invited} answered. It closes by itself in a moment; "
                "you can also close it now.",
                button="Check and close",
                page="round_close",
            )
        elif round_.ends_at - now <= SOON and submitted < EARLY_CLOSE_RATE * invited:
            yield _make(
                round_,
                rank=1,
                by=round_.ends_at.date(),
                heading=f"Round {round_.number} closes on {_say_day(round_.ends_at)}",
                reason=_say_missing(round_, places[round_.pk, Audience.LEADERS], own),
                button="See who has not answered",
                page="round_detail",
            )


def _say_missing(round_: Round, leaders: Places, own: list[Places]) -> str:
    invited, submitted = sum(one.invited for one in own), sum(one.submitted for one in own)
    missing = count_words(invited - submitted, "has", "have")
    words = f"{submitted} of {invited} have answered; {missing} not."
    if leaders.submitted < round_.smallest_group:
        words += f" With fewer than {round_.smallest_group} leaders nothing could be shown."
    return words


def _ask_of_codes(user: User, now: datetime) -> Iterator[Need]:
    """Codes that let people of a room in right now."""
    codes = JoinCode.objects.filter(
        round__partnership__in=_run_by(user), round__state=Round.State.OPEN, ends_at__gt=now
    ).select_related("round__partnership")
    for code in codes:
        yield Need(
            rank=2,
            by=code.ends_at.date(),
            partnership=str(code.round.partnership),
            heading=f"A join code works until {timezone.localtime(code.ends_at):%H:%M}",
            reason=f"Round {code.round.number}, for {count_words(code.people, 'person', 'people')} "
            "in a room. End it when all are in.",
            button="Show the code",
            url=reverse("room_screen", args=[code.round.partnership_id, code.round_id, code.pk]),
        )


def _ask_of_comments(user: User, now: datetime) -> Iterator[Need]:
    """Comments that wait for this reader and nobody else, with the day on which they go."""
    waiting = CollectedComment.objects.filter(
        state=CollectedComment.State.WAITING,
        delete_on__gt=now.date(),
        result__is_bands_only=False,
        result__round__comment_readers=user,
        result__round__partnership__in=_run_by(user),
    )
    rows = (
        waiting.order_by()
        .values(
            round=F("result__round"),
            number=F("result__round__number"),
            partnership=F("result__round__partnership"),
            name=F("result__round__partnership__name"),
        )
        .annotate(comments=Count("pk"), first=Min("delete_on"))
    )
    for row in rows:
        wait = "waits" if row["comments"] == 1 else "wait"
        yield Need(
            rank=3,
            by=row["first"],
            partnership=row["name"],
            heading=f"{count_words(row['comments'], 'comment', 'comments')} {wait} for you",
            reason=f"Round {row['number']}. What is not released by {_say_day(row['first'])} "
            "is deleted.",
            button="Read the comments",
            url=reverse("round_comments", args=[row["partnership"], row["round"]]),
        )


def _ask_of_mail(rounds: QuerySet[Round]) -> Iterator[Need]:
    """Rounds where somebody's latest message never arrived."""
    latest = (
        OutgoingMail.objects.filter(participant=OuterRef("pk"))
        .exclude(template=OutgoingMail.Template.PEOPLE_ADDED)
        .order_by("-id")
        .values("status")[:1]
    )
    lost = (OutgoingMail.Status.FAILED, OutgoingMail.Status.BOUNCED)
    people = (
        Participant.objects.annotate(latest=Subquery(latest))
        .filter(round=OuterRef("pk"), latest__in=lost)
        .order_by()
        .values("round")
        .annotate(number=Count("pk"))
        .values("number")
    )
    found = rounds.filter(state=Round.State.OPEN).annotate(lost=Subquery(people))
    for round_ in found.filter(lost__gt=0):
        number = round_.lost
        yield _make(
            round_,
            rank=4,
            by=round_.ends_at.date(),
            heading=f"{count_words(number, 'message', 'messages')} did not arrive",
            reason=f"Round {round_.number}, which closes on {_say_day(round_.ends_at)}. "
            "Correct the address, or give the link by hand.",
            button="See which",
            page="round_links",
        )


def _ask_of_experiments(user: User, now: datetime) -> Iterator[Need]:
    """What a partnership wanted to try by about now, and nobody has said what came of it."""
    due = Experiment.objects.filter(
        session__round__partnership__in=_run_by(user),
        outcome="",
        due_on__lte=now.date() + EXPERIMENTS_SOON,
    ).select_related("session__round__partnership")
    for one in due:
        if one.due_on is None:
            continue
        is_over = one.due_on < now.date()
        yield _make(
            one.session.round,
            rank=5,
            by=one.due_on,
            heading=f"An experiment {'was' if is_over else 'is'} due on {_say_day(one.due_on)}",
            reason=f"“{one.text}”" + (f" Led by {one.led_by}." if one.led_by else ""),
            button="See what was agreed",
            page="round_results",
        )


def _ask_of_closed(rounds: QuerySet[Round]) -> Iterator[Need]:
    """Results that nobody but those who run it has seen."""
    shown = Result.objects.filter(round=OuterRef("pk"), counted__isnull=False)
    for round_ in rounds.filter(Exists(shown), state=Round.State.CLOSED):
        closed_on = timezone.localtime(round_.closed_at or round_.ends_at).date()
        meeting = f" The conversation is on {_say_day(round_.session_on)}."
        yield _make(
            round_,
            rank=6,
            by=round_.session_on or closed_on,
            heading=f"The results of round {round_.number} are not shared",
            reason=f"It closed on {_say_day(closed_on)}. The people who answered still wait."
            + (meeting if round_.session_on and round_.session_on >= closed_on else ""),
            button="Look and share",
            page="round_share",
        )


def _ask_of_drafts(rounds: QuerySet[Round]) -> Iterator[Need]:
    drafts = rounds.filter(state=Round.State.DRAFT).annotate(listed=Count("participants"))
    for round_ in drafts:
        yield _make(
            round_,
            rank=7,
            by=round_.ends_at.date(),
            heading=f"Round {round_.number} is not open yet",
            reason=f"{count_words(round_.listed, 'person is', 'people are')} on the list. "
            "Nobody has been asked.",
            button="Go on with it",
            page="round_detail",
        )


def _make(round_: Round, *, page: str, **words: Any) -> Need:
    url = reverse(page, args=[round_.partnership_id, round_.pk])
    return Need(partnership=str(round_.partnership), url=url, **words)


def _say_day(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return f"{day:%A} {day.day} {day:%B}"
