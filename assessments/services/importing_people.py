"""Adding a list of people together with the organisations that are new in it: all or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from assessments.models.partnerships import Organisation, Sector
from assessments.models.rounds import Participant, Round
from assessments.models.users import User
from assessments.services.locking import lock_round
from assessments.services.new_people import NewPerson
from assessments.services.partnerships import add_organisation
from assessments.services.refusals import Refused
from assessments.services.rosters import add_people

# Where an organisation that is not known belongs: it is new, or another spelling of one here.
Place = Sector | Organisation


@transaction.atomic
def import_people(
    *,
    round_: Round,
    people: list[NewPerson],
    places: Mapping[str, Place],
    actor: User,
    now: datetime,
) -> list[Participant]:
    """`places` says of each unknown organisation, by its name, where it belongs.

    Nothing is added when anything is refused: neither people nor organisations.
    """
    # The round before the partnership, as opening a round does.
    round_ = lock_round(round_.pk)
    organisations = {
        name: _find_or_add(round_, name, place, actor, now) for name, place in places.items()
    }
    return add_people(
        round_=round_,
        people=[_settle(person, organisations) for person in people],
        actor=actor,
        now=now,
    )


def _find_or_add(
    round_: Round, name: str, place: Place, actor: User, now: datetime
) -> Organisation:
    if isinstance(place, Organisation):
        return place
    return add_organisation(
        partnership=round_.partnership, name=name, sector=place, actor=actor, now=now
    )


def _settle(person: NewPerson, organisations: Mapping[str, Organisation]) -> NewPerson:
    organisation = person.organisation
    if organisation is None or organisation.pk:
        return person
    if organisation.name not in organisations:
        raise Refused(f"Say where “{organisation.name}” belongs. Nobody was added.")
    return replace(person, organisation=organisations[organisation.name])
