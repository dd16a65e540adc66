"""A seat is a place, with a name or without, together with where its response stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from assessments.models.partnerships import Facilitation, Organisation
from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import (
    Audience,
    Participant,
    ParticipantState,
    RoleLevel,
    Round,
    RoundKey,
    Ticket,
)
from assessments.services.answering.places_in_sql import find_place
from assessments.services.answering.prepared import run
from assessments.services.keys import (
    Reader,
    derive_reader,
    is_reader_of,
    make_claim,
    make_return_code,
    read_return_code,
)
from assessments.services.links import TICKET, Link
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import AlreadyBegun, AlreadySubmitted, Refused
from assessments.services.sealing import make_public_key

ALREADY_BEGUN = "Answers have been begun with this link already."
FIND_KEY = f"""
    SELECT round_key.key FROM {{table}} place
    LEFT JOIN {RoundKey._meta.db_table} round_key
        ON round_key.round_id = place.round_id AND round_key.purpose = '{RoundKey.Purpose.ANSWER}'
    WHERE place.id = %(place)s AND place.round_id = %(round)s
"""
FIND_TICKET = FIND_KEY.format(table=Ticket._meta.db_table)
FIND_PERSON = (
    FIND_KEY.format(table=Participant._meta.db_table) + " AND place.link_version = %(version)s"
)
HOLDER_TYPES = {"place": "uuid", "round": "bigint", "version": "integer"}
# One row for each sitting that was submitted, one without where there is none.
FIND_RESPONSE = f"""
    SELECT response.id, response.code_digest, response.organisation_id,
        (SELECT COUNT(*) FROM {Answer._meta.db_table} answer
            WHERE answer.response_id = response.id),
        (SELECT COUNT(*) FROM {Comment._meta.db_table} written
            WHERE written.response_id = response.id),
        sitting.instrument_id
    FROM {Response._meta.db_table} response
    LEFT JOIN {Sitting._meta.db_table} sitting
        ON sitting.response_id = response.id AND sitting.is_submitted
    WHERE response.claim_digest = %s
"""
NEEDS_CODE = "These answers were submitted, so only the return code opens them."


@dataclass(frozen=True)
class LinkHolder:
    """Who holds a link that is good now, and what their device brought with it.

    All that saving needs. `place_id` is the key of a participant or a ticket.
    `claim` is empty once the round has closed: the key that makes it is gone.
    """

    round_id: int
    place_id: UUID
    claim: str
    reader: Reader | None


@dataclass(frozen=True)
class Seat(LinkHolder):
    """Where one person stands. `can_read` is true with the right return code alone.

    `place` is a person on the list or a ticket; None once the close has deleted
    a ticket, whose `link` still tells the audience. `answered` and `comments`
    count what is saved; the numbers are known without the code, what was said
    is not. `submitted` holds ids of round instruments.
    """

    round: Round
    link: Link
    place: Participant | Ticket | None
    response_id: UUID | None = None
    can_read: bool = False
    confirmed: Organisation | None = None
    answered: int = 0
    comments: int = 0
    submitted: frozenset[int] = frozenset()

    @property
    def participant(self) -> Participant | None:
        return self.place if isinstance(self.place, Participant) else None

    @property
    def ticket(self) -> Ticket | None:
        return self.place if isinstance(self.place, Ticket) else None

    @property
    def is_joined(self) -> bool:
        """True for a place that a join code made."""
        return self.ticket is not None and self.ticket.join_code_id is not None

    @property
    def name(self) -> str:
        """Empty where nobody knows who answers."""
        return self.participant.name if self.participant else ""

    @property
    def audience(self) -> str:
        return self.place.audience if self.place else self.link.audience

    @property
    def organisation(self) -> Organisation | None:
        """As the person confirmed it where the code was given, else as list or ticket say."""
        return self.confirmed if self.can_read else self._given_organisation

    @property
    def _given_organisation(self) -> Organisation | None:
        return self.place.organisation if self.place else None

    @property
    def role_level(self) -> str:
        return self.participant.role_level if self.participant else ""

    @property
    def confirms_groups(self) -> bool:
        """True for those who say which organisation and role they are counted in."""
        return self.participant is not None and self.audience == Audience.LEADERS

    @property
    def has_begun(self) -> bool:
        return self.response_id is not None

    @property
    def is_untouched(self) -> bool:
        """True while there is nothing that could be lost."""
        return not (self.answered or self.comments or self.submitted)

    @property
    def may_write(self) -> bool:
        """Before submitting the link is enough; after it only the code opens the response."""
        return self.has_begun and (self.can_read or not self.submitted)


@dataclass(frozen=True)
class NewResponse:
    """Shown to the person once: their return code, and the reader for this device's cookie."""

    code: str
    reader: Reader


def find_holder(*, round_id: int, link: Link, reader: Reader | None) -> LinkHolder | None:
    """The holder of a link, in one query; None when it has been replaced or removed.

    In SQL, as every save asks this and the ORM takes longer to write the
    query than the database to answer it.
    """
    is_native = connection.features.has_native_uuid_field
    values = {
        "place": link.place_id if is_native else link.place_id.hex,
        "round": round_id,
        "version": link.version,
    }
    query = FIND_TICKET if link.kind == TICKET else FIND_PERSON
    rows = run(query, values, HOLDER_TYPES, whole=1)
    if not rows:
        return None
    key = rows[0][0]
    claim = make_claim(round_key=bytes(key), participant_id=link.place_id) if key else ""
    return LinkHolder(round_id, link.place_id, claim, reader)


def find_seat(*, round_id: int, link: Link, reader: Reader | None) -> Seat | None:
    """The seat of the holder of a link, in two queries; None when that link has been
    replaced or removed. A ticket is deleted by the close, and its device keeps its seat."""
    found = find_place(round_id=round_id, link=link)
    if found is None:
        return _find_seat_after_close(round_id, link, reader)
    place, key = found
    claim = make_claim(round_key=key, participant_id=place.pk) if key else ""
    seat = Seat(round_id, place.pk, claim, reader, round=place.round, link=link, place=place)
    return _put_response(seat) if claim else seat


def _put_response(seat: Seat) -> Seat:
    """The seat with what its response holds, if it has begun. In SQL, as every page asks this."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_RESPONSE, [seat.claim])
        rows = cursor.fetchall()
    if not rows:
        return seat
    pk, code_digest, organisation, answered, comments, _ = rows[0]
    return replace(
        seat,
        response_id=pk if isinstance(pk, UUID) else UUID(pk),
        can_read=is_reader_of(seat.reader, code_digest),
        confirmed=_find_confirmed(seat, organisation),
        answered=answered,
        comments=comments,
        submitted=frozenset(row[-1] for row in rows if row[-1] is not None),
    )


def _find_confirmed(seat: Seat, organisation: int | None) -> Organisation | None:
    """Nearly always the one on the list, which is here already."""
    if organisation is None:
        return None
    given = seat.place.organisation if seat.place else None
    if given is not None and given.pk == organisation:
        return given
    return Organisation.objects.select_related("sector").filter(pk=organisation).first()


def _find_seat_after_close(round_id: int, link: Link, reader: Reader | None) -> Seat | None:
    if link.kind != TICKET:
        return None
    rounds = Round.objects.select_related("partnership", "created_by")
    round_ = rounds.filter(pk=round_id, closed_at__isnull=False).first()
    if round_ is None:
        return None
    return Seat(round_id, link.place_id, "", reader, round=round_, link=link, place=None)


@transaction.atomic
def begin_response(
    *,
    seat: Seat,
    organisation: Organisation | None,
    role_level: str,
    helps_to_run: bool,
    now: datetime,
) -> NewResponse:
    """Starts a response and makes its return code, which is stored nowhere.

    Organisation and role are what the person confirms here; they never change
    afterwards. A place without a name is counted where its ticket says, and
    people outside the leadership in no group. Raises RoundNotOpen, and
    AlreadyBegun when there is a response for this link.
    """
    lock_open_round_shared(round_id=seat.round_id, now=now)
    _check_groups(seat, organisation, role_level)
    _check_place(seat)
    if Response.objects.filter(claim_digest=seat.claim).exists():
        raise AlreadyBegun(ALREADY_BEGUN)
    code = make_return_code()
    reader = derive_reader(code=code, round_id=seat.round_id)
    try:
        with transaction.atomic():
            Response.objects.create(
                round_id=seat.round_id,
                audience=seat.audience,
                claim_digest=seat.claim,
                code_digest=reader.code_digest,
                public_key=make_public_key(reader),
                organisation=organisation if seat.confirms_groups else _group_of(seat),
                role_level=role_level,
                is_known=helps_to_run or _has_role(seat),
                is_named=seat.participant is not None,
                is_joined=seat.is_joined,
            )
    except IntegrityError:
        raise AlreadyBegun(ALREADY_BEGUN) from None
    ParticipantState.objects.filter(participant=seat.place_id).update(
        state=ParticipantState.State.STARTED
    )
    return NewResponse(code=code, reader=reader)


def _check_place(seat: Seat) -> None:
    """Under the lock: a ticket may have been deleted as unused, or a person taken off the list."""
    if seat.place is None or not type(seat.place).objects.filter(pk=seat.place_id).exists():
        raise Refused("This place has been taken away meanwhile, so nothing can be begun from it.")


def _group_of(seat: Seat) -> Organisation | None:
    """What a ticket carries; people outside the leadership are counted in no group."""
    return seat.ticket.organisation if seat.ticket and seat.audience == Audience.LEADERS else None


def _check_groups(seat: Seat, organisation: Organisation | None, role_level: str) -> None:
    if (organisation or role_level) and not seat.confirms_groups:
        raise Refused("This place carries its own group, so there is nothing to choose.")
    if organisation and organisation.partnership_id != seat.round.partnership_id:
        raise Refused("Choose an organisation of this partnership.")
    if role_level and role_level not in RoleLevel.values:
        raise Refused("Choose a role from the list.")


def enter_code(*, seat: Seat, typed: str) -> Reader | None:
    """The reader of a typed return code when it opens this seat's response, else None."""
    code = read_return_code(typed)
    if code is None or seat.response_id is None:
        return None
    reader = derive_reader(code=code, round_id=seat.round_id)
    digest = Response.objects.values_list("code_digest", flat=True).get(pk=seat.response_id)
    return reader if is_reader_of(reader, digest) else None


@transaction.atomic
def start_again(*, seat: Seat, now: datetime, only_untouched: bool = False) -> None:
    """Deletes what was begun, so that the person can begin anew without the code.

    With `only_untouched` a response that holds anything stays. Raises
    AlreadySubmitted once anything was submitted: then only the code opens the
    response.
    """
    lock_open_round_shared(round_id=seat.round_id, now=now)
    response = Response.objects.select_for_update().filter(claim_digest=seat.claim).first()
    if response is None:
        return
    if Sitting.objects.filter(response=response, is_submitted=True).exists():
        raise AlreadySubmitted(NEEDS_CODE)
    if only_untouched and _holds_anything(response):
        return
    response.delete()
    ParticipantState.objects.filter(participant=seat.place_id).update(
        state=ParticipantState.State.INVITED
    )


def _holds_anything(response: Response) -> bool:
    return (
        Answer.objects.filter(response=response).exists()
        or Comment.objects.filter(response=response).exists()
    )


def claim_of(place: Participant | Ticket) -> str:
    key = RoundKey.objects.get(round_id=place.round_id, purpose=RoundKey.Purpose.ANSWER)
    return make_claim(round_key=bytes(key.key), participant_id=place.pk)


def _has_role(seat: Seat) -> bool:
    if seat.participant is None or not seat.participant.email:
        return False
    return Facilitation.objects.filter(
        partnership=seat.round.partnership_id, user__email__iexact=seat.participant.email
    ).exists()
