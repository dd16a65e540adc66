"""Personal links: the key of a round, and the address of a person's link."""

from django.conf import settings
from django.urls import reverse

from assessments.models.rounds import Participant, Round, RoundKey
from assessments.services.keys import digest_token, make_token
from assessments.services.refusals import Refused


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


def find_participant(token: str) -> Participant | None:
    """Whose link this is; None for a wrong, cut or replaced one."""
    return (
        Participant.objects.select_related(
            "round__partnership", "round__created_by", "organisation"
        )
        .filter(link_digest=digest_token(token))
        .first()
    )
