"""Programmes: which partnerships belong, and numbers for those who lead them.

Numbers of people asked and finished, and dates. Never a name, never a result:
no promise has announced more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models.partnerships import Partnership, Programme
from assessments.models.results import Result
from assessments.models.rounds import Audience, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.partnerships import lock_partnership
from assessments.services.places import count_places_of


@dataclass(frozen=True)
class PartnershipProgress:
    """The latest round that was opened. Numbers are None where fewer people than k are asked."""

    partnership: Partnership
    round: Round | None
    invited: int | None
    finished: int | None


@dataclass(frozen=True)
class ProgrammeProgress:
    """`invited` and `finished` add up what is shown below them, and nothing else."""

    rows: list[PartnershipProgress]
    open: int
    invited: int
    finished: int


@transaction.atomic
def join_programme(
    *, programme: Programme, partnership: Partnership, actor: User, now: datetime
) -> None:
    """From now on the programme's leads see how far the partnership's rounds have come."""
    lock_partnership(partnership)
    if partnership.programmes.filter(pk=programme.pk).exists():
        return
    programme.partnerships.add(partnership)
    _record("programme joined", programme, partnership, actor, now)


@transaction.atomic
def leave_programme(
    *, programme: Programme, partnership: Partnership, actor: User, now: datetime
) -> None:
    """The programme's leads see nothing of the partnership any more."""
    lock_partnership(partnership)
    if not partnership.programmes.filter(pk=programme.pk).exists():
        return
    programme.partnerships.remove(partnership)
    _record("programme left", programme, partnership, actor, now)


def read_progress(programme: Programme) -> ProgrammeProgress:
    """A fixed number of queries, however many partnerships."""
    partnerships = list(programme.partnerships.all())
    latest = _read_latest_rounds(partnerships)
    numbers = {**_count_open(latest.values()), **_count_closed(latest.values())}
    rows = [
        _make_row(partnership, latest.get(partnership.pk), numbers) for partnership in partnerships
    ]
    return ProgrammeProgress(
        rows=rows,
        open=sum(1 for row in rows if row.round and row.round.is_open),
        invited=sum(row.invited or 0 for row in rows),
        finished=sum(row.finished or 0 for row in rows),
    )


def _read_latest_rounds(partnerships: list[Partnership]) -> dict[int, Round]:
    opened = Round.objects.filter(partnership__in=partnerships).exclude(state=Round.State.DRAFT)
    return {round_.partnership_id: round_ for round_ in opened.order_by("number")}


def _count_open(rounds: Iterable[Round]) -> dict[int, tuple[int, int]]:
    open_rounds = [round_ for round_ in rounds if round_.is_open]
    counted = count_places_of(open_rounds)
    places = {round_.pk: counted[round_.pk, Audience.LEADERS] for round_ in open_rounds}
    return {pk: (place.invited, place.submitted) for pk, place in places.items()}


def _count_closed(rounds: Iterable[Round]) -> dict[int, tuple[int, int]]:
    closed = [round_ for round_ in rounds if round_.is_closed]
    results = Result.objects.filter(
        round__in=closed, audience=Audience.LEADERS, invited__isnull=False, counted__isnull=False
    )
    rows = results.values_list("round", "invited", "counted")
    return {pk: (invited or 0, counted or 0) for pk, invited, counted in rows}


def _make_row(
    partnership: Partnership, round_: Round | None, numbers: dict[int, tuple[int, int]]
) -> PartnershipProgress:
    counted = numbers.get(round_.pk) if round_ else None
    if round_ is None or counted is None or counted[0] < round_.smallest_group:
        return PartnershipProgress(partnership, round_, None, None)
    return PartnershipProgress(partnership, round_, *counted)


def _record(
    action: str, programme: Programme, partnership: Partnership, actor: User, now: datetime
) -> None:
    record_event(
        actor=actor,
        action=action,
        now=now,
        partnership=partnership,
        detail={"programme": programme.name},
    )
