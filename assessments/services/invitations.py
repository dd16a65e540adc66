"""Queueing mail: who is written to, and with which template. `outbox` sends it.

A row of the outbox holds a person and a template, never a body or a token.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Participant, ParticipantState, Round
from assessments.models.users import User
from assessments.services.audit import record_event
from assessments.services.locking import lock_round
from assessments.services.mail_texts import check_texts
from assessments.services.refusals import Refused

# So that two tabs, or two facilitators, do not remind the same person twice.
REMIND_AGAIN_AFTER = timedelta(hours=20)
# So that people who are added one after the other make one message.
TELL_OF_PEOPLE_AFTER = timedelta(hours=1)

Status, Template = OutgoingMail.Status, OutgoingMail.Template


@transaction.atomic
def queue_invitations(*, round_: Round, actor: User, now: datetime) -> int:
    """Queues an invitation for everybody with an address who was not written to; says how many.

    Whoever has got a new link by mail needs no invitation. Mail that failed is
    for `queue_again`.
    """
    round_ = _lock_open(round_)
    people = _list_addressed(round_).exclude(
        mails__template__in=[Template.INVITATION, Template.NEW_LINK]
    )
    queued = _queue_checked(round_, people, Template.INVITATION, now)
    _record(round_, "invitations queued", queued, actor, now)
    return queued


@transaction.atomic
def queue_reminders(*, round_: Round, actor: User | None, now: datetime) -> int:
    """Queues a reminder for those who have not submitted; says for how many.

    Leaves out people whose invitation still waits and those reminded within
    the last hours. `actor` is None for a reminder with a date.
    """
    round_ = _lock_open(round_)
    queued = _queue_checked(round_, _list_remindable(round_, now), Template.REMINDER, now)
    _record(round_, "reminders queued", queued, actor, now)
    return queued


@transaction.atomic
def queue_new_link(*, participant: Participant, actor: User, now: datetime) -> int:
    """Queues the mail that brings a person their present link; 0 without an address."""
    round_ = _lock_open(participant.round)
    people = _list_addressed(round_).filter(pk=participant.pk)
    queued = _queue_checked(round_, people, Template.NEW_LINK, now)
    _record(round_, "new link queued", queued, actor, now)
    return queued


@transaction.atomic
def queue_again(*, round_: Round, actor: User, now: datetime) -> int:
    """Tries once more all mail of the round that failed; says how many.

    A person decides this, never the worker: some of it may have arrived.
    """
    round_ = _lock_open(round_)
    failed = OutgoingMail.objects.filter(participant__round=round_, status=Status.FAILED)
    failed = failed.exclude(template=Template.PEOPLE_ADDED).exclude(participant__has_bounced=True)
    queued = failed.update(status=Status.QUEUED, attempts=0, next_try_at=now, failure="")
    _record(round_, "failed mail queued again", queued, actor, now)
    return queued


def queue_people_added(round_: Round, audiences: Iterable[str], now: datetime) -> None:
    """Queues one message for all who began before people were added, in these audiences.

    Within the transaction that adds them. Who still has one waiting gets no
    second: it counts the people when it is sent. Its row is locked, so that it
    is not sent before these people are there. How many are written to would
    tell how many had begun, so it is said and recorded nowhere.
    """
    if not settings.CAN_SEND_MAIL:
        return
    waiting = OutgoingMail.objects.select_for_update(of=("self",)).filter(
        participant__round=round_, template=Template.PEOPLE_ADDED, status=Status.QUEUED
    )
    told = list(waiting.values_list("participant", flat=True))
    people = (
        _list_addressed(round_)
        .filter(audience__in=list(audiences), progress__isnull=False)
        .exclude(progress__state=ParticipantState.State.INVITED)
        .exclude(pk__in=told)
    )
    _queue(people, Template.PEOPLE_ADDED, now + TELL_OF_PEOPLE_AFTER)


def count_to_invite(round_: Round) -> int:
    mailed = [Template.INVITATION, Template.NEW_LINK]
    return _list_addressed(round_).exclude(mails__template__in=mailed).count()


def count_to_remind(round_: Round, now: datetime) -> int:
    return _list_remindable(round_, now).count()


def _lock_open(round_: Round) -> Round:
    if not settings.CAN_SEND_MAIL:
        raise Refused("No mail server is set up here. Copy the links and send them yourself.")
    round_ = lock_round(round_.pk)
    if not round_.is_open:
        raise Refused("Mail goes out only while the round is open.")
    return round_


def _list_addressed(round_: Round) -> QuerySet[Participant]:
    """Everybody with an address from which nothing has come back."""
    return Participant.objects.filter(round=round_, has_bounced=False).exclude(email="")


def _list_remindable(round_: Round, now: datetime) -> QuerySet[Participant]:
    waiting = OutgoingMail.objects.filter(status__in=[Status.QUEUED, Status.SENDING]).exclude(
        template=Template.PEOPLE_ADDED
    )
    lately = OutgoingMail.objects.filter(
        template=Template.REMINDER, next_try_at__gt=now - REMIND_AGAIN_AFTER
    )
    return (
        _list_addressed(round_)
        .exclude(progress__state=ParticipantState.State.SUBMITTED)
        .exclude(pk__in=waiting.values("participant"))
        .exclude(pk__in=lately.values("participant"))
    )


def _queue_checked(
    round_: Round, people: QuerySet[Participant], template: str, now: datetime
) -> int:
    """Refused where the round's own words for these people could not be sent."""
    check_texts(round_, template, people.order_by().values_list("audience", flat=True).distinct())
    return _queue(people, template, now)


def _queue(people: Iterable[Participant], template: str, now: datetime) -> int:
    people = list(people)
    last = dict(
        OutgoingMail.objects.filter(participant__in=people, template=template)
        .values_list("participant")
        .annotate(last=Max("number"))
        .order_by()
    )
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(
            participant=person,
            template=template,
            number=last.get(person.pk, 0) + 1,
            next_try_at=now,
        )
        for person in people
    )
    return len(mails)


def _record(round_: Round, action: str, mails: int, actor: User | None, now: datetime) -> None:
    if mails:
        record_event(actor=actor, action=action, now=now, round_=round_, detail={"mails": mails})
