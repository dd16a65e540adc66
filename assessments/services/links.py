"""Links of places: the key of a round, addresses, and whose place an address is.

A place is what somebody answers from: a person on the list, or a ticket
without a name.
"""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from assessments.models.rounds import Participant, Round, RoundKey, Ticket
from assessments.services import keys
from assessments.services.keys import digest_token, make_token
from assessments.services.refusals import Refused

PERSON, TICKET = "person", "ticket"


@dataclass(frozen=True)
class Link:
    """Which place a device holds. `kind` is PERSON or TICKET.

    A ticket keeps its audience here: after the close its row is gone, and the
    device may still see what was shared with that audience.
    """

    kind: str
    place_id: UUID
    version: int = 1
    audience: str = ""


def read_round_key(round_: Round, purpose: str = RoundKey.Purpose.ANSWER) -> bytes:
    """The stored half of a round's key.

    Refused before the round opens and after it has closed: then there is none.
    """
    key = (
        RoundKey.objects.filter(round=round_, purpose=purpose).values_list("key", flat=True).first()
    )
    if key is None:
        raise Refused("Links can be made only while the round is open.")
    return bytes(key)


def list_links(round_: Round, participants: list[Participant]) -> dict[Participant, str]:
    """The whole address of each person's link, made anew from the key; never stored."""
    key = read_round_key(round_)
    return {person: address_of(make_link_token(key, person)) for person in participants}


def make_link_token(key: bytes, person: Participant) -> str:
    return make_token(round_key=key, participant_id=person.pk, version=person.link_version)


def address_of(token: str) -> str:
    return settings.BASE_URL + reverse("personal_link", args=[token])


def make_ticket_token(key: bytes, ticket: Ticket) -> str:
    return keys.make_ticket_token(round_key=key, ticket_id=ticket.pk)


def link_of(place: Participant | Ticket) -> Link:
    if isinstance(place, Participant):
        return Link(PERSON, place.pk, place.link_version, place.audience)
    return Link(TICKET, place.pk, audience=place.audience)


def find_place(token: str) -> Participant | Ticket | None:
    """Whose address this is; None for a wrong, cut, replaced or used-up one."""
    return find_participant(token) or _find_ticket(token)


def find_participant(token: str) -> Participant | None:
    """Whose link this is; None for a wrong, cut or replaced one."""
    return (
        Participant.objects.select_related(
            "round__partnership", "round__created_by", "organisation__sector"
        )
        .filter(link_digest=digest_token(token))
        .first()
    )


def _find_ticket(token: str) -> Ticket | None:
    return (
        Ticket.objects.select_related(
            "round__partnership", "round__created_by", "organisation__sector"
        )
        .filter(digest=digest_token(token))
        .first()
    )
