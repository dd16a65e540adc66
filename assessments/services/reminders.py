"""Reminders with a date: set by those who run the round, queued by the worker, once each."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from assessments.models.mail import ScheduledReminder
from assessments.models.rounds import Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.invitations import REMIND_AGAIN_AFTER, queue_reminders
from assessments.services.locking import lock_round
from assessments.services.refusals import Refused

logger = logging.getLogger(__name__)

MOST_REMINDERS = 10


@transaction.atomic
def schedule_reminder(*, round_: Round, send_at: datetime, actor: User, now: datetime) -> None:
    """Refused after the close, outside the time of the round, and soon before or after another."""
    round_ = lock_round(round_.pk)
    if round_.is_closed:
        raise Refused("This round has closed, so nobody is reminded any more.")
    if send_at <= now:
        raise Refused("Choose a moment that is still to come.")
    if send_at >= round_.ends_at:
        raise Refused("Choose a moment before the round closes.")
    _check_apart(round_, send_at)
    ScheduledReminder.objects.create(round=round_, send_at=send_at)
    detail = {"send_at": send_at.isoformat()}
    record_event(actor=actor, action="reminder scheduled", now=now, round_=round_, detail=detail)


@transaction.atomic
def remove_reminder(*, reminder: ScheduledReminder, actor: User, now: datetime) -> None:
    """Refused once it has been sent out."""
    round_ = lock_round(reminder.round_id)
    deleted, _ = round_.reminders.filter(pk=reminder.pk, queued_at=None).delete()
    if not deleted:
        raise Refused("This reminder has gone out already.")
    detail = {"send_at": reminder.send_at.isoformat()}
    record_event(
        actor=actor, action="scheduled reminder removed", now=now, round_=round_, detail=detail
    )


def queue_due_reminders(*, now: datetime) -> int:
    """Queues the reminders of open rounds whose moment has come; returns how many messages.

    One whose text has to be put right stays due until somebody has done that.
    """
    if not settings.CAN_SEND_MAIL:
        return 0
    due = ScheduledReminder.objects.filter(
        queued_at=None, send_at__lte=now, round__state=Round.State.OPEN
    )
    return sum(_queue_one(reminder, now) for reminder in list(due))


def _queue_one(reminder: ScheduledReminder, now: datetime) -> int:
    """The mark and the mail in one transaction: a worker that dies leaves both or neither."""
    try:
        with transaction.atomic():
            round_ = lock_round(reminder.round_id)
            waiting = round_.reminders.filter(pk=reminder.pk, queued_at=None)
            if not waiting.update(queued_at=now):
                return 0
            return queue_reminders(round_=round_, actor=None, now=now)
    except Refused:
        logger.warning("Reminder %s has to wait.", reminder.pk)
        return 0


def _check_apart(round_: Round, send_at: datetime) -> None:
    if round_.reminders.count() >= MOST_REMINDERS:
        raise Refused(f"A round can have {MOST_REMINDERS} reminders.")
    near = round_.reminders.filter(
        send_at__gt=send_at - REMIND_AGAIN_AFTER, send_at__lt=send_at + REMIND_AGAIN_AFTER
    )
    if near.exists():
        raise Refused("There is a reminder within a day of this one. People get one a day at most.")
