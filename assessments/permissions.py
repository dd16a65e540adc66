"""Every rule about doing. Seeing is `visible_to` on the querysets.

Nobody sees: 404. Sees but may not do: 403, by `require`.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from assessments.models.partnerships import Facilitation, Partnership
from assessments.models.rounds import Round
from assessments.models.users import User

AnyUser = User | AnonymousUser
RUNS = (Facilitation.Role.OWNER, Facilitation.Role.FACILITATOR)


def require(allowed: bool) -> None:
    """Raises PermissionDenied, which becomes a plain page with status 403."""
    if not allowed:
        raise PermissionDenied


def can_create_partnership(user: AnyUser) -> bool:
    return user.is_authenticated


def can_run_partnership(user: AnyUser, partnership: Partnership) -> bool:
    """Owners and facilitators set up, invite and close; viewers do not."""
    if not user.is_authenticated:
        return False
    return Facilitation.objects.filter(partnership=partnership, user=user, role__in=RUNS).exists()


def is_owner(user: AnyUser, partnership: Partnership) -> bool:
    """What only owners do: join a programme, read the audit trail, delete."""
    if not user.is_authenticated:
        return False
    owners = Facilitation.objects.filter(role=Facilitation.Role.OWNER)
    return owners.filter(partnership=partnership, user=user).exists()


def can_manage_team(user: AnyUser, partnership: Partnership) -> bool:
    """Owners, and superusers, who see the team and nothing else of a partnership."""
    return is_superuser(user) or is_owner(user, partnership)


def is_superuser(user: AnyUser) -> bool:
    return user.is_authenticated and user.is_active and user.is_superuser


def can_run_round(user: AnyUser, round_: Round) -> bool:
    return can_run_partnership(user, round_.partnership)


def can_view_results(user: AnyUser, round_: Round) -> bool:
    """Nobody before the close; then those who run it; viewers once it is shared."""
    if not round_.is_closed or not user.is_authenticated:
        return False
    role = (
        Facilitation.objects.filter(partnership=round_.partnership_id, user=user)
        .values_list("role", flat=True)
        .first()
    )
    return role in RUNS or (role is not None and round_.is_shared)


def can_read_comments(user: AnyUser, round_: Round) -> bool:
    """After the close, the readers named before anybody answered, as long as they run the round."""
    return (
        round_.is_closed
        and can_run_round(user, round_)
        and round_.comment_readers.filter(pk=user.pk).exists()
    )


def can_see_history(user: AnyUser, partnership: Partnership) -> bool:
    """Owners alone: who did what to the partnership and its rounds."""
    return is_owner(user, partnership)


def can_edit_content(user: AnyUser) -> bool:
    return user.is_authenticated and user.is_active and user.is_staff
