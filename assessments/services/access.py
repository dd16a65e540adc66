"""Who may do what on a partnership: invitations to a role, changing it, taking it away.

An invitation is a link with a random token, of which the digest alone is kept.
"""

import logging
import secrets
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from assessments.models.partnerships import AccessInvitation, Facilitation, Partnership
from assessments.models.rounds import Participant, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.keys import digest_token
from assessments.services.partnerships import grant_role, lock_partnership
from assessments.services.refusals import Refused

logger = logging.getLogger(__name__)

LASTS = timedelta(days=14)
TOKEN_BYTES = 32
GONE = (
    "This invitation no longer works: it was used, taken back or is older than two weeks. "
    "Ask the person who invited you for a new one."
)
OWNER = Facilitation.Role.OWNER


@dataclass(frozen=True)
class Invited:
    """`address` is the only time that the link is known; `was_sent` says whether mail took it."""

    invitation: AccessInvitation
    address: str
    was_sent: bool


def invite(
    *, partnership: Partnership, email: str, role: str, actor: User, now: datetime
) -> Invited:
    """Invites somebody to a role, and writes to them.

    Refused for the actor, for somebody who has a role or an invitation
    already, and for somebody on the list of an open round.
    """
    email, token = email.strip().lower(), secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        _lock(partnership)
        _refuse_to_invite(partnership, email, actor)
        invitation = AccessInvitation.objects.create(
            partnership=partnership,
            email=email,
            role=role,
            digest=digest_token(token),
            expires_at=now + LASTS,
            invited_by=actor,
        )
        _record(partnership, "invited to a role", actor, now, email=email, role=role)
    return _send(invitation, token)


def invite_again(*, invitation: AccessInvitation, actor: User, now: datetime) -> Invited:
    """A new link, for another two weeks; the one sent before opens nothing any more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        _lock(invitation.partnership)
        invitation = _fetch(AccessInvitation.objects.filter(pk=invitation.pk).first())
        invitation.digest = digest_token(token)
        invitation.expires_at = now + LASTS
        invitation.invited_by = actor
        invitation.save(update_fields=["digest", "expires_at", "invited_by"])
        _record(
            invitation.partnership, "invited to a role again", actor, now, email=invitation.email
        )
    return _send(invitation, token)


@transaction.atomic
def take_invitation_back(*, invitation: AccessInvitation, actor: User, now: datetime) -> None:
    """Its link opens nothing any more."""
    _lock(invitation.partnership)
    deleted, _ = AccessInvitation.objects.filter(pk=invitation.pk).delete()
    if deleted:
        _record(invitation.partnership, "invitation taken back", actor, now, email=invitation.email)


def find_invitation(*, digest: str, now: datetime) -> AccessInvitation | None:
    """None for one that was used, taken back or is too old."""
    living = AccessInvitation.objects.filter(digest=digest, expires_at__gt=now)
    return living.select_related("partnership", "invited_by").first()


def find_account(invitation: AccessInvitation) -> User | None:
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_invitation(*, invitation: AccessInvitation, user: User, now: datetime) -> Facilitation:
    """Gives the invited person the role. A role that they have got meanwhile stays.

    Refused for another address than the invited one, for an invitation that
    is gone, and for somebody on the list of an open round.
    """
    invitation = _lock_living(invitation, now)
    if user.email.lower() != invitation.email.lower():
        raise Refused(f"This invitation is for {invitation.email}. You are signed in as {user}.")
    partnership = invitation.partnership
    facilitation = partnership.facilitations.filter(user=user).first()
    if facilitation is None:
        facilitation = grant_role(
            partnership=partnership,
            user=user,
            role=invitation.role,
            actor=invitation.invited_by,
            now=now,
        )
    _record(partnership, "invitation accepted", user, now, role=facilitation.role)
    invitation.delete()
    return facilitation


@transaction.atomic
def make_invited_account(
    *, invitation: AccessInvitation, name: str, password: str, now: datetime
) -> User:
    """An account for the invited address, with the role. Holding the link proves the address."""
    invitation = _lock_living(invitation, now)
    if find_account(invitation):
        raise Refused("There is an account with this address already. Sign in to accept.")
    user = User.objects.create_user(invitation.email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept_invitation(invitation=invitation, user=user, now=now)
    return user


@transaction.atomic
def change_role(
    *, facilitation: Facilitation, role: str, was: str, actor: User, now: datetime
) -> Facilitation:
    """Another role. `was` is the role that the page showed.

    Refused when somebody changed it meanwhile, for the last owner, for
    somebody on the list of an open round, and for oneself, unless an owner
    steps down.
    """
    _lock(facilitation.partnership)
    facilitation = _fetch_role(facilitation)
    if facilitation.role != was:
        raise Refused(
            "Somebody else changed this role after you opened the page. "
            f"{facilitation.user} is now: {facilitation.get_role_display()}."
        )
    if facilitation.user_id == actor.pk and was != OWNER:
        raise Refused("Nobody changes their own role. Ask an owner.")
    if role != OWNER:
        _refuse_last_owner(facilitation)
    return grant_role(
        partnership=facilitation.partnership,
        user=facilitation.user,
        role=role,
        actor=actor,
        now=now,
    )


@transaction.atomic
def take_role_away(*, facilitation: Facilitation, actor: User, now: datetime) -> None:
    """The person sees nothing of the partnership from then on; whom they invited is not let in.

    Refused for the last owner and for somebody on the list of an open round,
    who goes on counting as one who helps to run it. Named readers of comments
    stay named: people were promised who reads.
    """
    partnership = facilitation.partnership
    _lock(partnership)
    facilitation = _fetch_role(facilitation)
    _refuse_last_owner(facilitation)
    _refuse_on_open_list(partnership, facilitation.user.email)
    AccessInvitation.objects.filter(partnership=partnership, invited_by=facilitation.user).delete()
    _record(partnership, "role taken away", actor, now, user=facilitation.user_id)
    facilitation.delete()


def _lock(partnership: Partnership) -> None:
    """Nobody changes the roles, opens a round or changes an open list meanwhile.

    Rounds first, in order of id, then the partnership: as everywhere.
    """
    states = [Round.State.DRAFT, Round.State.OPEN]
    rounds = Round.objects.filter(partnership=partnership, state__in=states)
    list(rounds.select_for_update().order_by("pk").values_list("pk"))
    lock_partnership(partnership)


def _lock_living(invitation: AccessInvitation, now: datetime) -> AccessInvitation:
    _lock(invitation.partnership)
    return _fetch(find_invitation(digest=invitation.digest, now=now))


def _fetch(invitation: AccessInvitation | None) -> AccessInvitation:
    if invitation is None:
        raise Refused(GONE)
    return invitation


def _fetch_role(facilitation: Facilitation) -> Facilitation:
    roles = Facilitation.objects.select_related("user", "partnership")
    found = roles.filter(pk=facilitation.pk).first()
    if found is None:
        raise Refused("Somebody else took this person off the team after you opened the page.")
    return found


def _refuse_to_invite(partnership: Partnership, email: str, actor: User) -> None:
    if email == actor.email.lower():
        raise Refused("This is your own address. Somebody else has to invite you.")
    if partnership.facilitations.filter(user__email__iexact=email).exists():
        raise Refused(f"{email} is on the team already. Change the role there.")
    if partnership.invitations.filter(email__iexact=email).exists():
        raise Refused(f"{email} is invited already. You can send the invitation again.")
    _refuse_on_open_list(partnership, email)


def _refuse_on_open_list(partnership: Partnership, email: str) -> None:
    people = Participant.objects.filter(
        round__partnership=partnership, round__state=Round.State.OPEN, email__iexact=email
    )
    if people.exists():
        raise Refused(
            f"{email} is asked to answer the open round, so their role can change only after "
            "it has closed."
        )


def _refuse_last_owner(facilitation: Facilitation) -> None:
    owners = Facilitation.objects.filter(partnership=facilitation.partnership_id, role=OWNER)
    others = owners.exclude(pk=facilitation.pk).filter(user__is_active=True)
    if facilitation.role == OWNER and not others.exists():
        raise Refused(f"{facilitation.user} is the only owner. Make somebody else an owner first.")


def _send(invitation: AccessInvitation, token: str) -> Invited:
    """The mail is made while it is sent: no text and no token is kept."""
    address = f"{settings.BASE_URL}/invited/{token}"
    was_sent = settings.CAN_SEND_MAIL and _hand_over(invitation, address)
    return Invited(invitation=invitation, address=address, was_sent=was_sent)


def _hand_over(invitation: AccessInvitation, address: str) -> bool:
    context = {"invitation": invitation, "address": address}
    message = EmailMultiAlternatives(
        subject=" ".join(render_to_string("access/invitation_subject.txt", context).split()),
        body=render_to_string("access/invitation.txt", context),
        to=[invitation.email],
        reply_to=[invitation.invited_by.email],
    )
    message.attach_alternative(render_to_string("access/invitation.html", context), "text/html")
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as problem:
        logger.warning("An invitation to a role was not sent (%s).", type(problem).__name__)
        return False
    return True


def _record(
    partnership: Partnership, action: str, actor: User, now: datetime, **detail: object
) -> None:
    record_event(actor=actor, action=action, now=now, partnership=partnership, detail=detail)
