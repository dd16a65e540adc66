"""The lists of partnerships and of rounds: each row's state, bar and next step, in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from assessments.facilitators.progress import Bar, read_bars
from assessments.models.partnerships import Facilitation, Partnership
from assessments.models.results import Result
from assessments.models.rounds import Audience, Participant, Round
from assessments.models.users import User


@dataclass(frozen=True)
class RoundRow:
    """`bar` is None for a draft and where too few answered; `people` counts the list."""

    round: Round
    bar: Bar | None
    people: int
    tag: str
    next_step: str


@dataclass(frozen=True)
class PartnershipRow:
    partnership: Partnership
    latest: RoundRow | None
    runs: bool


TAGS = {
    Round.State.DRAFT: "warn",
    Round.State.OPEN: "ok",
    Round.State.CLOSED: "plain",
    Round.State.SHARED: "plain",
}


def list_partnership_rows(user: User) -> list[PartnershipRow]:
    """The user's partnerships with the latest round that they may see."""
    partnerships = list(Partnership.objects.visible_to(user))
    latest: dict[int, Round] = {}
    for round_ in Round.objects.visible_to(user).order_by("partnership", "number"):
        latest[round_.partnership_id] = round_
    rows = {row.round.pk: row for row in list_round_rows(latest.values())}
    roles = dict(Facilitation.objects.filter(user=user).values_list("partnership", "role"))
    return [
        PartnershipRow(
            partnership=partnership,
            latest=rows[latest[partnership.pk].pk] if partnership.pk in latest else None,
            runs=roles.get(partnership.pk) != Facilitation.Role.VIEWER,
        )
        for partnership in partnerships
    ]


def list_round_rows(rounds: Iterable[Round]) -> list[RoundRow]:
    """A fixed number of queries, however many rounds."""
    rounds = list(rounds)
    bars = read_bars(round_ for round_ in rounds if round_.is_open)
    bars.update(_read_closed_bars(rounds))
    people = dict(
        Participant.objects.filter(round__in=rounds, audience=Audience.LEADERS)
        .values_list("round")
        .annotate(people=Count("pk"))
        .order_by()
    )
    return [
        RoundRow(
            round=round_,
            bar=bars.get(round_.pk),
            people=people.get(round_.pk, 0),
            tag=TAGS[Round.State(round_.state)],
            next_step=_next_step(round_, people.get(round_.pk, 0)),
        )
        for round_ in rounds
    ]


def read_closed_bar(round_: Round) -> Bar | None:
    """How many answered a closed round; None where fewer than the smallest group did."""
    return _read_closed_bars([round_]).get(round_.pk)


def _read_closed_bars(rounds: list[Round]) -> dict[int, Bar]:
    closed = [round_ for round_ in rounds if round_.is_closed]
    results = Result.objects.filter(
        round__in=closed, audience=Audience.LEADERS, counted__isnull=False
    ).values_list("round", "invited", "counted")
    return {pk: Bar(invited or 0, 0, counted or 0) for pk, invited, counted in results}


def _next_step(round_: Round, people: int) -> str:
    if round_.is_draft:
        return "Finish the list" if people < round_.smallest_group else "Check and open it"
    if round_.is_open:
        return f"Closes {timezone.localtime(round_.ends_at):%-d %B}"
    if round_.is_shared:
        return "Results are shared"
    if round_.session_on:
        return f"Conversation {round_.session_on:%-d %B}"
    return "Look at the results"
