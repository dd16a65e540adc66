"""The append-only record of who with an account did what."""

from datetime import datetime
from typing import Any

from assessments.models.partnerships import Partnership
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent, User


def record_event(
    *,
    actor: User | None,
    action: str,
    now: datetime,
    partnership: Partnership | None = None,
    round_: Round | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds one event. `actor` is None when the clock acted. Never pass what anyone answered."""
    AuditEvent.objects.create(
        actor=actor,
        action=action,
        partnership_id=_partnership_of(partnership, round_),
        round_id=round_.pk if round_ else None,
        detail=detail or {},
        at=now,
    )


def _partnership_of(partnership: Partnership | None, round_: Round | None) -> int | None:
    if partnership:
        return partnership.pk
    return round_.partnership_id if round_ else None
