"""Taking answers back while the round is open: all of them, or those of one part.

After the close nobody can find whose answers are whose, so there is nothing
that could be taken back.
"""

from datetime import datetime

from django.db import transaction

from assessments.models.responses import Answer, Comment, Response, Sitting
from assessments.models.rounds import ParticipantState, RoundInstrument
from assessments.services.answering.seats import NEEDS_CODE, LinkHolder
from assessments.services.keys import is_reader_of
from assessments.services.locking import lock_open_round_shared
from assessments.services.refusals import AlreadySubmitted, Refused

GONE = "There is nothing to take back: these answers have been deleted already."


@transaction.atomic
def withdraw(*, seat: LinkHolder, now: datetime) -> None:
    """Deletes a person's answers, comments and all that they had submitted.

    Afterwards the same link begins anew. Raises RoundNotOpen, AlreadySubmitted
    when a part was submitted and the code is missing, and Refused when there
    is nothing or something else was begun meanwhile.
    """
    _lock_own(seat, now, needs_code=False).delete()
    _write_state(seat, ParticipantState.State.INVITED)


@transaction.atomic
def take_back(*, seat: LinkHolder, instrument: RoundInstrument, now: datetime) -> None:
    """Deletes what was answered, written and submitted in one part; the others stay.

    Needs the return code. Raises as `withdraw` does.
    """
    response = _lock_own(seat, now, needs_code=True)
    Answer.objects.filter(response=response, item__instrument=instrument).delete()
    Comment.objects.filter(response=response, dimension__edition=instrument.edition_id).delete()
    sittings = Sitting.objects.filter(response=response)
    sittings.filter(instrument=instrument).delete()
    is_left = sittings.filter(is_submitted=True).exists()
    states = ParticipantState.State
    _write_state(seat, states.SUBMITTED if is_left else states.STARTED)


def _lock_own(seat: LinkHolder, now: datetime, *, needs_code: bool) -> Response:
    """The response, alone: saves that have begun are waited for, later ones find what is left."""
    lock_open_round_shared(round_id=seat.round_id, now=now)
    response = Response.objects.select_for_update().filter(claim_digest=seat.claim).first()
    if response is None:
        raise Refused(GONE)
    if is_reader_of(seat.reader, response.code_digest):
        return response
    if seat.reader:
        # The code of answers that were deleted must not delete those that came after.
        raise Refused(GONE)
    if needs_code or Sitting.objects.filter(response=response, is_submitted=True).exists():
        raise AlreadySubmitted(NEEDS_CODE)
    return response


def _write_state(seat: LinkHolder, state: str) -> None:
    """A place without a name has no state."""
    ParticipantState.objects.filter(participant=seat.place_id).update(state=state)
