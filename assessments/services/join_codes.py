"""Join codes: a way in for a room full of people, for a few hours, and for no more than came.

A code makes places without a name, each a ticket, which count in the whole
only. It opens a place and never anybody's answers.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from assessments.models.rounds import JoinCode, Round, Ticket
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.locking import lock_open_round_shared, lock_round
from assessments.services.refusals import CodeHasEnded, EveryPlaceTaken, Refused
from assessments.services.tickets import check_audience, make_places

# Read from the back of a room and typed on a phone: nothing that looks like
# something else, and no vowel, so that no code is a word.
ALPHABET = "2346789CDFHJKMPRTVWXY"
READ_AS = str.maketrans("BGUZ", "86V2")
LENGTH = 6
LASTS = timedelta(hours=3)
MOST_PEOPLE = 500
FEWEST_SPARE = 3


def read_join_code(typed: str) -> str | None:
    """A typed code in its one spelling; None when it cannot be one.

    Small letters, spaces and hyphens do not matter; what looks like a sign of
    a code is read as it.
    """
    signs = "".join(typed.upper().replace("-", "").split()).translate(READ_AS)
    if len(signs) != LENGTH or set(signs) - set(ALPHABET):
        return None
    return signs


def group_join_code(code: str) -> str:
    """As it is shown: in two groups."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


@transaction.atomic
def make_join_code(
    *, round_: Round, audience: str, people: int, actor: User, now: datetime
) -> JoinCode:
    """A code for one room. Refused unless the round is open, and while another one lives."""
    round_ = lock_round(round_.pk)
    if not round_.is_open or now >= round_.ends_at:
        raise Refused("People can join only while the round is open.")
    check_audience(round_, audience)
    _check_people(people)
    if list_living(round_, now).filter(audience=audience).exists():
        raise Refused("There is a code for these people already. End it to make another.")
    join_code = JoinCode.objects.create(
        round=round_,
        audience=audience,
        code=_make_code(),
        people=people,
        ends_at=min(now + LASTS, round_.ends_at),
        created_by=actor,
    )
    _record(join_code, "join code made", actor, now)
    return join_code


@transaction.atomic
def count_people_anew(*, join_code: JoinCode, people: int, actor: User, now: datetime) -> None:
    """Corrects how many are in the room, up or down, while the code lives.

    Once somebody has joined, places that are taken off still count as not
    having answered: otherwise that would be a way to choose the moment of the
    close.
    """
    round_ = lock_round(join_code.round_id)
    join_code.refresh_from_db()
    _check_people(people)
    if join_code.ends_at <= now:
        raise Refused("This code has ended, so its number of people stays as it is.")
    if people == join_code.people:
        return
    before, join_code.people = join_code.people, people
    join_code.save(update_fields=["people"])
    if people < before and Ticket.objects.filter(join_code=join_code).exists():
        round_.removed_while_open += before - people
        round_.save(update_fields=["removed_while_open"])
    _record(join_code, "people in the room corrected", actor, now, before=before)


@transaction.atomic
def end_join_code(*, join_code: JoinCode, actor: User, now: datetime) -> None:
    """Nobody can join any more; who has a place goes on. Again does no harm."""
    lock_round(join_code.round_id)
    join_code.refresh_from_db()
    if join_code.ends_at <= now:
        return
    join_code.ends_at = now
    join_code.save(update_fields=["ends_at"])
    _record(join_code, "join code ended", actor, now)


def list_living(round_: Round, now: datetime) -> QuerySet[JoinCode]:
    return JoinCode.objects.filter(round=round_, ends_at__gt=now).order_by("audience")


def find_join_code(code: str) -> JoinCode | None:
    """The code in its one spelling, living or ended."""
    codes = JoinCode.objects.select_related("round__partnership", "round__created_by")
    return codes.filter(code=code).first()


@transaction.atomic
def take_place(*, join_code: JoinCode, now: datetime) -> Ticket:
    """A place of one's own, which nobody else gets.

    Raises RoundNotOpen, CodeHasEnded, and EveryPlaceTaken when as many have
    joined as are in the room, and a few more for devices that were lost.
    """
    lock_open_round_shared(round_id=join_code.round_id, now=now)
    # Two who join at once wait for each other here, so that the count is right.
    locked = JoinCode.objects.select_for_update().get(pk=join_code.pk)
    if locked.ends_at <= now:
        raise CodeHasEnded("This code has ended. Ask the person who shows it for a new one.")
    if Ticket.objects.filter(join_code=locked).count() >= count_allowed(locked.people):
        raise EveryPlaceTaken(
            "Every place in this room is taken. Tell the person who shows the code: they can "
            "correct how many people are here."
        )
    return make_places(
        round_=join_code.round, audience=locked.audience, number=1, join_code=locked
    )[0]


def count_allowed(people: int) -> int:
    """How many may join: everybody in the room, and a few who lost their first place."""
    return people + max(FEWEST_SPARE, people // 10)


def _make_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not JoinCode.objects.filter(code=code).exists():
            return code


def _check_people(people: int) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        raise Refused(f"Count the people in the room: at least 1, at most {MOST_PEOPLE}.")


def _record(join_code: JoinCode, action: str, actor: User, now: datetime, **more: int) -> None:
    """Never the code itself: whoever reads the record later was not in the room."""
    detail = {"audience": join_code.audience, "people": join_code.people, **more}
    record_event(actor=actor, action=action, now=now, round_=join_code.round, detail=detail)
