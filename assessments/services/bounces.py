"""Mail that came back: said by a person, or by the mail provider. Nobody is written to again there.

A new address, or a person who knows better, ends it.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Participant
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused

Status, Template = OutgoingMail.Status, OutgoingMail.Template

CAME_BACK = "It came back from this address."


@transaction.atomic
def mark_bounced(*, participant: Participant, actor: User, now: datetime) -> None:
    """The last message to the person came back. Refused where none has been sent."""
    round_ = lock_round(participant.round_id)
    last = _list_shown(participant).order_by("-id").first()
    if last is None or last.status not in (Status.SENT, Status.FAILED):
        raise Refused(f"No message to {participant.name} has been sent.")
    _mark(last)
    record_event(
        actor=actor,
        action="mail marked as come back",
        now=now,
        round_=round_,
        detail={"participant": str(participant.pk)},
    )


@transaction.atomic
def mark_arrived(*, participant: Participant, actor: User, now: datetime) -> None:
    """The address is right after all."""
    round_ = lock_round(participant.round_id)
    Participant.objects.filter(pk=participant.pk).update(has_bounced=False)
    _list_shown(participant).filter(status=Status.BOUNCED).update(status=Status.SENT, failure="")
    record_event(
        actor=actor,
        action="mail marked as arrived",
        now=now,
        round_=round_,
        detail={"participant": str(participant.pk)},
    )


@transaction.atomic
def note_bounce(*, provider_id: str, recipient: str) -> bool:
    """What a mail provider says; False for a message that is not known, or of another address.

    News of people added goes to those who have begun, so where it comes back
    the person is not marked: the mark would tell it.
    """
    mails = OutgoingMail.objects.select_related("participant").filter(
        provider_id=provider_id, participant__email__iexact=recipient
    )
    mail = mails.first() if provider_id else None
    if mail is None:
        return False
    if mail.template == Template.PEOPLE_ADDED:
        OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.BOUNCED)
    else:
        _mark(mail)
    return True


def _mark(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.BOUNCED, failure=CAME_BACK)
    Participant.objects.filter(pk=mail.participant_id).update(has_bounced=True)


def _list_shown(participant: Participant) -> QuerySet[OutgoingMail]:
    return participant.mails.exclude(template=Template.PEOPLE_ADDED)
