"""Sectors of a partnership: the groups that organisations belong to."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from assessments.models.partnerships import Partnership, Sector
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.partnerships import lock_partnership, refuse_while_open
from assessments.services.refusals import Refused


@transaction.atomic
def add_sector(*, partnership: Partnership, name: str, actor: User, now: datetime) -> Sector:
    """Refused for a name that is taken, whatever its capitals."""
    lock_partnership(partnership)
    _refuse_taken_name(partnership.sectors.all(), name)
    sector = Sector.objects.create(partnership=partnership, name=name)
    _record(sector, "sector added", actor, now)
    return sector


@transaction.atomic
def rename_sector(*, sector: Sector, name: str, actor: User, now: datetime) -> Sector:
    """Refused while a round is open, as groups are promised by their names."""
    lock_partnership(sector.partnership)
    refuse_while_open(sector.partnership)
    _refuse_taken_name(sector.partnership.sectors.exclude(pk=sector.pk), name)
    sector.name = name
    sector.save(update_fields=["name"])
    _record(sector, "sector renamed", actor, now)
    return sector


@transaction.atomic
def remove_sector(*, sector: Sector, actor: User, now: datetime) -> None:
    """Refused while a round is open, with organisations in it, or when a round asked about it."""
    lock_partnership(sector.partnership)
    refuse_while_open(sector.partnership)
    if sector.organisations.exists():
        raise Refused(f"{sector.name} has organisations in it. Move them to another sector first.")
    _record(sector, "sector removed", actor, now)
    try:
        sector.delete()
    except ProtectedError:
        raise Refused(f"A round asked about {sector.name}, so it stays.") from None


def _refuse_taken_name(others: QuerySet[Sector], name: str) -> None:
    if others.filter(name__iexact=name).exists():
        raise Refused(f"There is a sector called “{name}” here already.")


def _record(sector: Sector, action: str, actor: User, now: datetime) -> None:
    record_event(
        actor=actor,
        action=action,
        now=now,
        partnership=sector.partnership,
        detail={"sector": sector.name},
    )
