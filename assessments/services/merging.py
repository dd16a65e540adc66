"""Counting small sectors together, so that they can be shown at all."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from assessments.models.partnerships import Organisation, Partnership, Sector
from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.groups_ahead import JOINED, look_ahead
from assessments.services.locking import lock_round
from assessments.services.partnerships import lock_partnership, refuse_while_open
from assessments.services.refusals import Refused


@transaction.atomic
def join_sectors(
    *, round_: Round, sectors: Collection[int], actor: User, now: datetime
) -> list[Organisation]:
    """Moves the organisations of the proposed sectors into one; says which ones.

    People keep their organisation, and an organisation can be moved back by
    editing it. Refused while a round is open, and when `sectors` are no longer
    those that the list proposes.
    """
    round_ = lock_round(round_.pk)
    if not round_.is_draft:
        raise Refused("This round is open, and its people have read which groups they are in.")
    lock_partnership(round_.partnership)
    refuse_while_open(round_.partnership)
    merger = look_ahead(round_).merger
    if merger is None or {sector.pk for sector in merger.sectors} != set(sectors):
        raise Refused("The list has changed meanwhile. Look at the groups once more.")
    moved = list(Organisation.objects.filter(sector__in=merger.sectors).order_by("name"))
    target = _find_or_add_joined(round_.partnership)
    Organisation.objects.filter(pk__in=[one.pk for one in moved]).update(sector=target)
    record_event(
        actor=actor,
        action="sectors counted together",
        now=now,
        round_=round_,
        detail={
            "sectors": ", ".join(sector.name for sector in merger.sectors),
            "joined": target.name,
        },
    )
    return moved


def _find_or_add_joined(partnership: Partnership) -> Sector:
    found = partnership.sectors.filter(name__iexact=JOINED).first()
    return found or Sector.objects.create(partnership=partnership, name=JOINED)
