"""Plain functions that make what a test needs, through the services, with sensible defaults."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from allauth.mfa.models import Authenticator
from django.utils import timezone

from assessments.models.content import Edition
from assessments.models.partnerships import Organisation, Partnership
from assessments.models.results import CollectedComment
from assessments.models.rounds import (
    JoinCode,
    Participant,
    RoleLevel,
    Round,
    RoundInstrument,
    RoundItem,
    Ticket,
)
from assessments.models.users import User
from assessments.public.second_factor import SecondFactorAdapter
from assessments.services.answering.saving import GivenAnswer, save_answers, submit_sitting
from assessments.services.answering.seats import NewResponse, begin_response, find_seat
from assessments.services.closing import close_round
from assessments.services.join_codes import make_join_code
from assessments.services.links import link_of
from assessments.services.partnerships import add_organisation, create_partnership
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import create_round, open_round
from assessments.services.tickets import make_tickets

numbers = count(1)
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_user(name: str = "", email: str = "", **fields) -> User:
    """Admins come with a second factor, as they need one."""
    number = next(numbers)
    user = User.objects.create_user(
        email=email or f"person{number}@example.org",
        password="only-for-tests",
        name=name or f"Person {number}",
        **fields,
    )
    if user.is_staff:
        secret = SecondFactorAdapter().encrypt(TOTP_SECRET)
        Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    return user


def make_partnership(owner: User | None = None, name: str = "") -> Partnership:
    return create_partnership(
        name=name or f"Northvale Partnership {next(numbers)}",
        about="",
        owner=owner or make_user(),
        now=timezone.now(),
    )


def make_organisation(partnership: Partnership, name: str = "", sector: int = 0) -> Organisation:
    return add_organisation(
        partnership=partnership,
        name=name or f"Organisation {next(numbers)}",
        sector=partnership.sectors.order_by("id")[sector],
        actor=owner_of(partnership),
        now=timezone.now(),
    )


def owner_of(partnership: Partnership) -> User:
    return partnership.facilitations.get(role="owner").user


def published(*codes: str) -> list[Edition]:
    """Published editions by instrument code; needs the `content` fixture."""
    editions = Edition.objects.filter(state=Edition.State.PUBLISHED, instrument__code__in=codes)
    return list(editions.select_related("instrument"))


def make_round(
    partnership: Partnership | None = None,
    *,
    codes: Sequence[str] = ("five_factors",),
    people: int = 0,
    now: datetime | None = None,
    days: int = 14,
    **fields,
) -> Round:
    """A draft with `people` on its list; needs the `content` fixture."""
    partnership = partnership or make_partnership()
    now = now or timezone.now()
    round_ = create_round(
        partnership=partnership,
        editions=published(*codes),
        ends_at=now + timedelta(days=days),
        smallest_group=fields.pop("smallest_group", 5),
        purpose=fields.pop("purpose", "We want to hear how you see it."),
        actor=owner_of(partnership),
        now=now,
        **fields,
    )
    if people:
        make_people(round_, people, now=now)
    return round_


def make_people(
    round_: Round, number: int, *, organisation: Organisation | None = None, now=None
) -> list[Participant]:
    people = [
        NewPerson(
            name=f"Leader {next(numbers)}",
            email=f"leader{next(numbers)}@example.org",
            organisation=organisation,
            role_level=RoleLevel.DIRECTOR,
        )
        for _ in range(number)
    ]
    return add_people(
        round_=round_,
        people=people,
        actor=owner_of(round_.partnership),
        now=now or timezone.now(),
    )


def make_open_round(partnership: Partnership | None = None, **fields) -> Round:
    fields.setdefault("people", 6)
    now = fields.get("now") or timezone.now()
    round_ = make_round(partnership, **fields)
    return open_round(round_=round_, actor=owner_of(round_.partnership), now=now)


def make_room(round_: Round, people: int = 20, *, audience: str = "leaders", now=None) -> JoinCode:
    """A join code that lives."""
    return make_join_code(
        round_=round_,
        audience=audience,
        people=people,
        actor=owner_of(round_.partnership),
        now=now or timezone.now(),
    )


def make_slips(
    round_: Round, number: int, *, organisation: Organisation | None = None, now=None
) -> list[Ticket]:
    return make_tickets(
        round_=round_,
        audience="leaders",
        number=number,
        organisation=organisation,
        actor=owner_of(round_.partnership),
        now=now or timezone.now(),
    )


def begin(place: Participant | Ticket, now: datetime | None = None, **fields) -> NewResponse:
    """Somebody confirms and starts."""
    seat = seat_of(place)
    return begin_response(
        seat=seat,
        organisation=fields.pop(
            "organisation", seat.organisation if seat.confirms_groups else None
        ),
        role_level=fields.pop("role_level", seat.role_level if seat.confirms_groups else ""),
        helps_to_run=fields.pop("helps_to_run", False),
        now=now or timezone.now(),
        **fields,
    )


def seat_of(place: Participant | Ticket, reader=None):
    place.refresh_from_db()
    return find_seat(round_id=place.round_id, link=link_of(place), reader=reader)


Choose = Callable[[RoundItem], int]


def answer_all(
    place: Participant | Ticket,
    choose: Choose | int = 4,
    *,
    now: datetime | None = None,
    **fields,
) -> NewResponse:
    """Somebody starts, answers every item that their audience is asked and submits each part."""
    now = now or timezone.now()
    begun = begin(place, now=now, **fields)
    seat = seat_of(place, begun.reader)
    pick = choose if callable(choose) else lambda item: highest_up_to(choose, item)
    for instrument in RoundInstrument.objects.filter(round=place.round_id, audience=seat.audience):
        items = RoundItem.objects.filter(instrument=instrument).select_related("statement")
        given = [GivenAnswer(item.pk, pick(item), None) for item in items]
        save_answers(seat=seat, given=given, now=now)
        submit_sitting(seat=seat, instrument=instrument, now=now)
    return begun


def highest_up_to(value: int, item: RoundItem) -> int:
    """The value, or the highest that an item with fewer choices has."""
    highest = {"QT": 2, "PR": 4}
    return min(value, highest.get(item.code[:2], value))


def make_closed_round(partnership: Partnership | None = None, **fields) -> Round:
    """A round that everybody answered and that is closed; `choose` as in `answer_all`."""
    choose = fields.pop("choose", 4)
    round_ = make_open_round(partnership, **fields)
    now = fields.get("now") or timezone.now()
    for participant in round_.participants.all():
        answer_all(participant, choose, now=now)
    return close_round(round_=round_, actor=owner_of(round_.partnership), now=now)


def make_comment(round_: Round, text: str = "Words.", **fields) -> CollectedComment:
    """A comment that has passed the door, on the first dimension unless said otherwise."""
    result = round_.results.get(audience=fields.pop("audience", "leaders"))
    dimension = fields.pop("dimension", None) or result.dimension_figures.first().dimension
    delete_on = (round_.closed_at + timedelta(days=30)).date()
    return CollectedComment.objects.create(
        **{"result": result, "dimension": dimension, "text": text, "delete_on": delete_on} | fields
    )
