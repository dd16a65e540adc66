"""Setting up a partnership: its sectors, organisations and who runs it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assessments.models.partnerships import Facilitation, Organisation, Partnership, Sector
from assessments.models.rounds import Participant, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.refusals import Refused

FIRST_SECTORS = (
    "NHS trusts",
    "Primary care",
    "Councils",
    "Care providers",
    "Voluntary and community",
    "Other",
)


@transaction.atomic
def create_partnership(*, name: str, about: str, owner: User, now: datetime) -> Partnership:
    """A partnership with the usual sectors, owned by the person who made it."""
    partnership = Partnership.objects.create(name=name, about=about)
    Sector.objects.bulk_create(
        Sector(partnership=partnership, name=sector) for sector in FIRST_SECTORS
    )
    Facilitation.objects.create(partnership=partnership, user=owner, role=Facilitation.Role.OWNER)
    record_event(actor=owner, action="partnership created", now=now, partnership=partnership)
    return partnership


@transaction.atomic
def change_partnership(
    *, partnership: Partnership, name: str, about: str, actor: User, now: datetime
) -> Partnership:
    """A new name or purpose, which leaders read from then on."""
    partnership.name = name
    partnership.about = about
    partnership.save(update_fields=["name", "about"])
    record_event(actor=actor, action="partnership changed", now=now, partnership=partnership)
    return partnership


@transaction.atomic
def add_organisation(
    *, partnership: Partnership, name: str, sector: Sector, actor: User, now: datetime
) -> Organisation:
    """A member organisation.

    Refused when the sector is another partnership's, and for a name that is
    taken, whatever its capitals.
    """
    lock_partnership(partnership)
    if sector.partnership_id != partnership.pk:
        raise Refused("Choose a sector of this partnership.")
    _refuse_taken_name(partnership.organisations.all(), name)
    organisation = Organisation.objects.create(partnership=partnership, name=name, sector=sector)
    record_event(
        actor=actor,
        action="organisation added",
        now=now,
        partnership=partnership,
        detail={"organisation": name},
    )
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, name: str, sector: Sector, actor: User, now: datetime
) -> Organisation:
    """A new name or sector; refused while a round is open, as groups are promised by then."""
    lock_partnership(organisation.partnership)
    refuse_while_open(organisation.partnership)
    if sector.partnership_id != organisation.partnership_id:
        raise Refused("Choose a sector of this partnership.")
    others = organisation.partnership.organisations.exclude(pk=organisation.pk)
    _refuse_taken_name(others, name)
    organisation.name = name
    organisation.sector = sector
    organisation.save(update_fields=["name", "sector"])
    record_event(
        actor=actor,
        action="organisation changed",
        now=now,
        partnership=organisation.partnership,
        detail={"organisation": name},
    )
    return organisation


@transaction.atomic
def remove_organisation(*, organisation: Organisation, actor: User, now: datetime) -> None:
    """Refused while a round is open, or when any round lists people from it."""
    lock_partnership(organisation.partnership)
    refuse_while_open(organisation.partnership)
    if Participant.objects.filter(organisation=organisation).exists():
        raise Refused(
            f"{organisation.name} has people on the list of a round, so it stays. "
            "Move or remove those people first, if that round is still a draft."
        )
    record_event(
        actor=actor,
        action="organisation removed",
        now=now,
        partnership=organisation.partnership,
        detail={"organisation": organisation.name},
    )
    organisation.delete()


@transaction.atomic
def grant_role(
    *, partnership: Partnership, user: User, role: str, actor: User | None, now: datetime
) -> Facilitation:
    """Gives a person with an account a role.

    Refused for somebody on the list of an open round: people were told by
    name who runs it before they answered.
    """
    open_rounds = Round.objects.filter(partnership=partnership, state=Round.State.OPEN)
    if Participant.objects.filter(round__in=open_rounds, email__iexact=user.email).exists():
        raise Refused(
            f"{user} is asked to answer the open round, so they can be given a role "
            "only after it has closed."
        )
    facilitation, _ = Facilitation.objects.update_or_create(
        partnership=partnership, user=user, defaults={"role": role}
    )
    record_event(
        actor=actor,
        action="role granted",
        now=now,
        partnership=partnership,
        detail={"user": user.pk, "role": role},
    )
    return facilitation


def lock_partnership(partnership: Partnership) -> None:
    """Makes two tabs that change the same partnership go one after the other."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def refuse_while_open(partnership: Partnership) -> None:
    if partnership.rounds.filter(state=Round.State.OPEN).exists():
        raise Refused(
            "A round is open, and its people have read which groups they are counted in. "
            "Organisations and sectors can be changed after it closes."
        )


def _refuse_taken_name(others: QuerySet[Organisation], name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(f"There is an organisation called “{name}” here already.")
