"""Coming back to a place by a join code, on another device: the return code finds it."""

from dataclasses import dataclass
from uuid import uuid4

from assessments.models.responses import Response, SealedResponse
from assessments.models.rounds import JoinCode, Ticket
from assessments.services.keys import Reader, derive_reader, make_claim, read_return_code
from assessments.services.links import TICKET, Link, link_of, read_round_key


@dataclass(frozen=True)
class Joined:
    """What another device needs to be at the same place again."""

    link: Link
    reader: Reader


def find_joined(*, join_code: JoinCode, typed: str) -> Joined | None:
    """The place of whoever has this return code, in the round and audience of the join code.

    After the close no place is left, but the code still opens what was sealed.
    """
    code = read_return_code(typed)
    if code is None:
        return None
    reader = derive_reader(code=code, round_id=join_code.round_id)
    if join_code.round.is_closed:
        link = _find_sealed(join_code, reader)
    else:
        link = _find_place(join_code, reader)
    return Joined(link, reader) if link else None


def _find_sealed(join_code: JoinCode, reader: Reader) -> Link | None:
    sealed = SealedResponse.objects.filter(
        round_id=join_code.round_id, code_digest=reader.code_digest
    )
    # No ticket outlives the close; the link only says whose results may be seen.
    return Link(TICKET, uuid4(), audience=join_code.audience) if sealed.exists() else None


def _find_place(join_code: JoinCode, reader: Reader) -> Link | None:
    response = Response.objects.filter(
        round_id=join_code.round_id,
        audience=join_code.audience,
        code_digest=reader.code_digest,
        is_joined=True,
    ).first()
    if response is None:
        return None
    key = read_round_key(join_code.round)
    places = Ticket.objects.filter(round=join_code.round_id, audience=join_code.audience)
    for ticket in places.exclude(join_code=None):
        if make_claim(round_key=key, participant_id=ticket.pk) == response.claim_digest:
            return link_of(ticket)
    return None
