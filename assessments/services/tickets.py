"""Tickets: places without a name, printed on slips and drawn out of a hat, or made by a join code.

The token on a slip is derived from the round's key, so it can be printed again
and is stored nowhere. How many were used is known; which ones is told nobody.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assessments.models.partnerships import Organisation
from assessments.models.responses import Response
from assessments.models.rounds import Audience, JoinCode, Round, Ticket
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.keys import digest_token, group_code, make_claim, read_ticket_token
from assessments.services.links import address_of, make_ticket_token, read_round_key
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused

MOST_AT_ONCE = 200
MOST_IN_A_ROUND = 2000
NOT_OPEN = "Slips can be made and printed only while the round is open."


@dataclass(frozen=True)
class Slip:
    """What is printed for one ticket: the whole address, and what somebody can type instead."""

    address: str
    typed: str


@transaction.atomic
def make_tickets(
    *,
    round_: Round,
    audience: str,
    number: int,
    actor: User,
    now: datetime,
    organisation: Organisation | None = None,
) -> list[Ticket]:
    """Makes slips for the whole or for one organisation.

    Refused unless the round is open. People outside the leadership are counted
    in no group, so their slips carry none.
    """
    round_ = lock_round(round_.pk)
    _check_open(round_, now)
    check_audience(round_, audience)
    _check_organisation(round_, audience, organisation)
    if not 1 <= number <= MOST_AT_ONCE:
        raise Refused(f"Make between 1 and {MOST_AT_ONCE} slips at once.")
    if _printed(round_).count() + number > MOST_IN_A_ROUND:
        raise Refused(f"A round can have {MOST_IN_A_ROUND} slips.")
    tickets = make_places(
        round_=round_, audience=audience, number=number, organisation=organisation
    )
    detail = {"audience": audience, "number": number}
    if organisation:
        detail["organisation"] = organisation.pk
    record_event(actor=actor, action="tickets made", now=now, round_=round_, detail=detail)
    return tickets


def make_places(
    *,
    round_: Round,
    audience: str,
    number: int,
    organisation: Organisation | None = None,
    join_code: JoinCode | None = None,
) -> list[Ticket]:
    """Places of an open round. Call under its lock; the caller has checked the rest."""
    key = read_round_key(round_)
    tickets = [
        Ticket(round=round_, audience=audience, organisation=organisation, join_code=join_code)
        for _ in range(number)
    ]
    for ticket in tickets:
        ticket.digest = digest_token(make_ticket_token(key, ticket))
    return Ticket.objects.bulk_create(tickets)


def list_slips(
    *, round_: Round, audience: str, organisation: Organisation | None, now: datetime
) -> list[Slip]:
    """Every slip of one group, used or not: leaving some out would tell which were used.

    Their order is that of their random keys: always the same, and nobody's.
    """
    _check_open(round_, now)
    key = read_round_key(round_)
    tickets = _printed(round_).filter(audience=audience, organisation=organisation)
    tokens = [make_ticket_token(key, ticket) for ticket in tickets.order_by("pk")]
    return [Slip(address=address_of(token), typed=group_code(token)) for token in tokens]


@transaction.atomic
def delete_unused(*, round_: Round, audience: str, actor: User, now: datetime) -> int:
    """Deletes the slips that nobody has begun to use; returns how many.

    They still count as places that did not answer: otherwise deleting them
    would be a way to choose the moment of the close.
    """
    round_ = lock_round(round_.pk)
    _check_open(round_, now)
    unused = _list_unused(round_, audience)
    if not unused:
        return 0
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in unused]).delete()
    round_.removed_while_open += len(unused)
    round_.save(update_fields=["removed_while_open"])
    detail = {"audience": audience, "number": len(unused)}
    record_event(
        actor=actor, action="unused tickets deleted", now=now, round_=round_, detail=detail
    )
    return len(unused)


def find_slip_address(typed: str) -> str | None:
    """The address that a slip's typed letters stand for; None when they cannot be a slip's."""
    token = read_ticket_token(typed)
    return address_of(token) if token else None


def check_audience(round_: Round, audience: str) -> None:
    """Refuses places for people whom the round asks nothing."""
    if not round_.instruments.filter(audience=audience).exists():
        raise Refused("This round does not ask these people anything.")


def _check_open(round_: Round, now: datetime) -> None:
    if not round_.is_open or now >= round_.ends_at:
        raise Refused(NOT_OPEN)


def _check_organisation(round_: Round, audience: str, organisation: Organisation | None) -> None:
    if organisation is None:
        return
    if audience != Audience.LEADERS:
        raise Refused("People outside the leadership are counted in no organisation.")
    if organisation.partnership_id != round_.partnership_id:
        raise Refused("Choose an organisation of this partnership.")


def _list_unused(round_: Round, audience: str) -> list[Ticket]:
    key = read_round_key(round_)
    responses = Response.objects.filter(round=round_, audience=audience, is_named=False)
    begun = set(responses.values_list("claim_digest", flat=True))
    return [
        ticket
        for ticket in _printed(round_).filter(audience=audience)
        if make_claim(round_key=key, participant_id=ticket.pk) not in begun
    ]


def _printed(round_: Round) -> QuerySet[Ticket]:
    return Ticket.objects.filter(round=round_, join_code=None)
