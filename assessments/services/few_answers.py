"""A word to those who run a round that would close with too few answers to show anything."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.models.partnerships import Facilitation
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent, User
from assessments.services.audit import record_event
from assessments.services.closing.precheck import Precheck, check_close
from assessments.services.locking import lock_round

logger = logging.getLogger(__name__)

WARN_BEFORE = timedelta(days=3)
WARNED = "few answers warned"


def warn_of_few_answers(*, now: datetime) -> int:
    """Writes once for each closing date; returns how many rounds were written about.

    What was written is recorded before it is sent, so nobody gets it twice.
    Where the mail server cannot be reached nothing is recorded, and the next
    call tries again.
    """
    if not settings.CAN_SEND_MAIL:
        return 0
    soon = Round.objects.filter(
        state=Round.State.OPEN, ends_at__gt=now, ends_at__lte=now + WARN_BEFORE
    )
    lacking = [round_ for round_ in soon if not _was_warned(round_) and _lacks(round_, now)]
    if not lacking:
        return 0
    connection = get_connection()
    try:
        connection.open()
        return sum(_warn(round_.pk, connection, now) for round_ in lacking)
    except (OSError, smtplib.SMTPException) as problem:
        logger.warning("The mail server cannot be reached (%s).", type(problem).__name__)
        return 0
    finally:
        connection.close()


def _warn(round_id: int, connection: BaseEmailBackend, now: datetime) -> bool:
    with transaction.atomic():
        round_ = lock_round(round_id)
        if not round_.is_open or _was_warned(round_):
            return False
        people = _list_people(round_)
        record_event(
            actor=None,
            action=WARNED,
            now=now,
            round_=round_,
            detail={"ends_at": round_.ends_at.isoformat(), "people": len(people)},
        )
    for person in people:
        _send(person, round_, connection, now)
    return True


def _send(person: User, round_: Round, connection: BaseEmailBackend, now: datetime) -> None:
    address = reverse("round_detail", args=[round_.partnership_id, round_.pk])
    context = {
        "person": person,
        "round": round_,
        "checks": _list_lacking(round_, now),
        "address": settings.BASE_URL + address,
    }
    message = EmailMessage(
        subject=f"{' '.join(str(round_.partnership).split())}: few have answered so far",
        body=render_to_string("mail/few_answers.txt", context),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        message.send()
    except Exception as problem:
        # One address that is refused keeps nobody else from reading it.
        logger.warning("A warning was not sent (%s).", type(problem).__name__)
        connection.close()


def _was_warned(round_: Round) -> bool:
    events = AuditEvent.objects.filter(action=WARNED, round_id=round_.pk)
    return events.filter(detail__ends_at=round_.ends_at.isoformat()).exists()


def _lacks(round_: Round, now: datetime) -> bool:
    return bool(_list_lacking(round_, now))


def _list_lacking(round_: Round, now: datetime) -> list[tuple[str, Precheck]]:
    """The audiences of which nothing could be shown if the round closed now."""
    leaders = check_close(round_, now)
    checks = [("leaders", leaders), ("people outside the leadership", leaders.outside)]
    return [(words, check) for words, check in checks if check and not check.shows_whole]


def _list_people(round_: Round) -> list[User]:
    runs = Facilitation.objects.filter(partnership=round_.partnership_id).exclude(
        role=Facilitation.Role.VIEWER
    )
    return list(User.objects.filter(pk__in=runs.values("user"), is_active=True))
