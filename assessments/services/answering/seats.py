"""A seat is a person on the list together with where their response stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from assessments.models.partnerships import Facilitation, Organisation
from assessments.models.responses import Answer, Response, Sitting
from assessments.models.rounds import Participant, ParticipantState, RoleLevel, Round, RoundKey
from assessments.services.keys import (
    Reader,
    derive_reader,
    is_reader_of,
    make_claim,
    make_return_code,
    read_return_code,
)
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import AlreadyBegun, AlreadySubmitted, Refused
from assessments.services.sealing import make_public_key


@dataclass(frozen=True)
class Seat:
    """Where one person stands. `can_read` is true with the right return code alone.

    `answered` counts saved answers; it is known without the code, their values
    are not. `submitted` holds ids of round instruments.
    """

    participant: Participant
    response_id: UUID | None = None
    can_read: bool = False
    answered: int = 0
    submitted: frozenset[int] = frozenset()

    @property
    def round(self) -> Round:
        return self.participant.round

    @property
    def has_begun(self) -> bool:
        return self.response_id is not None

    @property
    def may_write(self) -> bool:
        """Before submitting the link is enough; after it only the code opens the response."""
        return self.has_begun and (self.can_read or not self.submitted)


@dataclass(frozen=True)
class NewResponse:
    """Shown to the person once: their return code, and the reader for this device's cookie."""

    code: str
    reader: Reader


def find_seat(
    *, round_id: int, participant_id: UUID, link_version: int, reader: Reader | None
) -> Seat | None:
    """The seat of the holder of a link; None when that link has been replaced or removed."""
    participant = (
        Participant.objects.select_related(
            "round__partnership", "round__created_by", "organisation__sector"
        )
        .filter(pk=participant_id, round_id=round_id, link_version=link_version)
        .first()
    )
    if participant is None:
        return None
    key = RoundKey.objects.filter(round_id=round_id, purpose=RoundKey.Purpose.ANSWER).first()
    if key is None:
        return Seat(participant=participant)
    claim = make_claim(round_key=bytes(key.key), participant_id=participant.pk)
    response = Response.objects.filter(claim_digest=claim).first()
    if response is None:
        return Seat(participant=participant)
    submitted = Sitting.objects.filter(response=response, is_submitted=True)
    return Seat(
        participant=participant,
        response_id=response.pk,
        can_read=is_reader_of(reader, response.code_digest),
        answered=Answer.objects.filter(response=response).count(),
        submitted=frozenset(submitted.values_list("instrument_id", flat=True)),
    )


@transaction.atomic
def begin_response(
    *,
    participant: Participant,
    organisation: Organisation | None,
    role_level: str,
    helps_to_run: bool,
    now: datetime,
) -> NewResponse:
    """Starts a response and makes its return code, which is stored nowhere.

    Organisation and role are what the person confirms here; they never change
    afterwards. Raises RoundNotOpen, and AlreadyBegun when there is a response
    for this link.
    """
    lock_open_round_shared(round_id=participant.round_id, now=now)
    if organisation and organisation.partnership_id != participant.round.partnership_id:
        raise Refused("Choose an organisation of this partnership.")
    if role_level and role_level not in RoleLevel.values:
        raise Refused("Choose a role from the list.")
    claim = claim_of(participant)
    if Response.objects.filter(claim_digest=claim).exists():
        raise AlreadyBegun("Answers have been begun with this link already.")
    code = make_return_code()
    reader = derive_reader(code=code, round_id=participant.round_id)
    try:
        with transaction.atomic():
            Response.objects.create(
                round_id=participant.round_id,
                audience=participant.audience,
                claim_digest=claim,
                code_digest=reader.code_digest,
                public_key=make_public_key(reader),
                organisation=organisation,
                role_level=role_level,
                is_known=helps_to_run or _has_role(participant),
            )
    except IntegrityError:
        raise AlreadyBegun("Answers have been begun with this link already.") from None
    ParticipantState.objects.filter(participant=participant).update(
        state=ParticipantState.State.STARTED
    )
    return NewResponse(code=code, reader=reader)


def enter_code(*, seat: Seat, typed: str) -> Reader | None:
    """The reader of a typed return code when it opens this seat's response, else None."""
    code = read_return_code(typed)
    if code is None or seat.response_id is None:
        return None
    reader = derive_reader(code=code, round_id=seat.participant.round_id)
    digest = Response.objects.values_list("code_digest", flat=True).get(pk=seat.response_id)
    return reader if is_reader_of(reader, digest) else None


@transaction.atomic
def start_again(*, seat: Seat, now: datetime) -> None:
    """Deletes what was begun, so that the person can begin anew without the code.

    Raises AlreadySubmitted once anything was submitted: then only the code
    opens the response.
    """
    lock_open_round_shared(round_id=seat.participant.round_id, now=now)
    response = (
        Response.objects.select_for_update().filter(claim_digest=claim_of(seat.participant)).first()
    )
    if response is None:
        return
    if Sitting.objects.filter(response=response, is_submitted=True).exists():
        raise AlreadySubmitted("These answers were submitted, so only the return code opens them.")
    response.delete()
    ParticipantState.objects.filter(participant=seat.participant).update(
        state=ParticipantState.State.INVITED
    )


def claim_of(participant: Participant) -> str:
    key = RoundKey.objects.get(round_id=participant.round_id, purpose=RoundKey.Purpose.ANSWER)
    return make_claim(round_key=bytes(key.key), participant_id=participant.pk)


def _has_role(participant: Participant) -> bool:
    return (
        bool(participant.email)
        and Facilitation.objects.filter(
            partnership=participant.round.partnership_id, user__email__iexact=participant.email
        ).exists()
    )
