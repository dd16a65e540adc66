"""Sending queued mail: rendered while it is sent, at most once, each by itself.

Neither a body nor a token is stored or logged.
"""

import logging
import math
import smtplib
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet

from assessments.models.mail import OutgoingMail
from assessments.models.rounds import Participant, ParticipantState, Round
from assessments.services.default_mail_texts import DEFAULTS, Words
from assessments.services.links import address_of, make_link_token, read_round_key
from assessments.services.mail_messages import make_email, make_message, values_of
from assessments.services.mail_texts import list_faults, read_own_words
from assessments.services.refusals import Refused

logger = logging.getLogger(__name__)

# Waits after the first, second, third and fourth try; the fifth is the last.
BACK_OFF = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
# A row that is being sent for so long belongs to a worker that died.
LOST_AFTER = timedelta(minutes=15)
LOST = "The sending was cut off, so it may or may not have arrived."
FIRST_PERMANENT_CODE = 500

Status = OutgoingMail.Status


class FaultyWords(Exception):
    """The round's own words for a message lack the link or have an unknown placeholder."""


def send_due_mail(
    *,
    now: datetime,
    round_: Round | None = None,
    most: int | None = None,
    longest: timedelta | None = None,
) -> int:
    """Sends what is due in open rounds, or in this one; returns how many were sent.

    `most` and `longest` limit how many are tried and how long it takes, so
    that a page can send a few at a time.

    Each row is claimed before it is sent. A worker that dies leaves its row
    claimed: that row is marked as failed and never sent again by itself, so
    nothing is sent twice. When the mail server cannot be reached the run stops
    and the rest waits for the next one.
    """
    if not settings.CAN_SEND_MAIL:
        return 0
    _give_up_lost(now)
    sent = 0
    stop_at = time.monotonic() + longest.total_seconds() if longest else math.inf
    connection = get_connection()
    try:
        for pk in list(list_due(now, round_).values_list("pk", flat=True)[:most]):
            if time.monotonic() > stop_at:
                break
            if not _claim(pk, now):
                continue
            if not _reach(connection, pk, now):
                break
            sent += _send_claimed(connection, pk, now)
    finally:
        connection.close()
    return sent


def list_due(now: datetime, round_: Round | None = None) -> QuerySet[OutgoingMail]:
    due = OutgoingMail.objects.filter(
        status=Status.QUEUED, next_try_at__lte=now, participant__round__state=Round.State.OPEN
    )
    return due.filter(participant__round=round_) if round_ else due


def _give_up_lost(now: datetime) -> None:
    lost = OutgoingMail.objects.filter(status=Status.SENDING, next_try_at__lte=now)
    lost.update(status=Status.FAILED, failure=LOST)


def _claim(pk: int, now: datetime) -> bool:
    """Marks the row as being sent, in one statement; False when another worker has it."""
    queued = OutgoingMail.objects.filter(pk=pk, status=Status.QUEUED)
    return queued.update(status=Status.SENDING, next_try_at=now + LOST_AFTER) == 1


def _reach(connection: BaseEmailBackend, pk: int, now: datetime) -> bool:
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as problem:
        logger.warning("The mail server cannot be reached (%s).", type(problem).__name__)
        _try_later(pk, "The mail server could not be reached.", now)
        return False
    return True


def _send_claimed(connection: BaseEmailBackend, pk: int, now: datetime) -> bool:
    try:
        message = _render(pk)
        if message is None:
            OutgoingMail.objects.filter(pk=pk).delete()
            return False
        message.connection = connection
        message.send()
    except Exception as problem:
        _note_failure(pk, problem, now, may_have_arrived=_may_have_arrived(connection))
        connection.close()
        return False
    OutgoingMail.objects.filter(pk=pk).update(
        status=Status.SENT, next_try_at=now, failure="", provider_id=_read_provider_id(message)
    )
    return True


def _read_provider_id(message: EmailMultiAlternatives) -> str:
    """What the mail provider calls the message, where django-anymail sent it; else nothing."""
    said = getattr(getattr(message, "anymail_status", None), "message_id", None)
    return said[:255] if isinstance(said, str) else ""


def _may_have_arrived(connection: BaseEmailBackend) -> bool:
    """Whether the message had begun to travel when the connection broke.

    Of a provider's own interface nobody can tell, so it counts as begun.
    """
    is_provider = type(connection).__module__.startswith("anymail.")
    return getattr(connection, "may_have_delivered", is_provider)


def _note_failure(pk: int, problem: Exception, now: datetime, *, may_have_arrived: bool) -> None:
    """In our own words: what a server or a template says could hold the message itself."""
    logger.warning("Mail %s was not sent (%s).", pk, type(problem).__name__)
    code = _find_code(problem)
    if code is not None and code >= FIRST_PERMANENT_CODE:
        is_address = isinstance(problem, smtplib.SMTPRecipientsRefused)
        _fail(
            pk,
            f"The mail server refused {'this address' if is_address else 'the message'} ({code}).",
        )
    elif isinstance(problem, FaultyWords):
        _fail(pk, "Its text has to be put right first.")
    elif isinstance(problem, OSError) and code is None and may_have_arrived:
        _fail(pk, LOST)
    elif isinstance(problem, OSError):
        _try_later(pk, "The mail server did not take the message.", now)
    else:
        _fail(pk, "The message could not be made for this address.")


def _find_code(problem: Exception) -> int | None:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in problem.recipients.values()), None)
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code
    return None


def _try_later(pk: int, reason: str, now: datetime) -> None:
    mail = OutgoingMail.objects.filter(pk=pk).first()
    if mail is None:
        return
    if mail.attempts >= len(BACK_OFF):
        _fail(pk, reason)
        return
    OutgoingMail.objects.filter(pk=pk).update(
        status=Status.QUEUED,
        attempts=mail.attempts + 1,
        next_try_at=now + BACK_OFF[mail.attempts],
        failure=reason,
    )


def _fail(pk: int, reason: str) -> None:
    OutgoingMail.objects.filter(pk=pk).update(status=Status.FAILED, failure=reason)


def _render(pk: int) -> EmailMultiAlternatives | None:
    """The message with the person's present link; None when it is no longer wanted.

    Not wanted: the row is gone, the round has closed, mail comes back from the
    address, or what it says is no longer so. Raises FaultyWords where the
    round's own words cannot be sent.
    """
    mail = (
        OutgoingMail.objects.select_related(
            "participant__round__partnership", "participant__round__created_by"
        )
        .filter(pk=pk)
        .first()
    )
    if mail is None or not _is_still_so(mail):
        return None
    person = mail.participant
    if not person.email or person.has_bounced:
        return None
    try:
        token = make_link_token(read_round_key(person.round), person)
    except Refused:
        return None
    words = _read_sound_words(mail)
    values = values_of(person, address_of(token), _count_added(person))
    message = make_message(person.round, person.audience, words, values)
    return make_email(message, person.email)


def _read_sound_words(mail: OutgoingMail) -> Words:
    person = mail.participant
    own = read_own_words(person.round, mail.template, person.audience)
    if own is None:
        return DEFAULTS[mail.template, person.audience]
    if list_faults(own, person.audience):
        raise FaultyWords
    return own


def _count_added(person: Participant) -> int:
    """How many others came on the list since it was opened, as the person's page says too."""
    added = Participant.objects.filter(
        round=person.round_id, audience=person.audience, is_added_while_open=True
    )
    return added.exclude(pk=person.pk).count()


def _is_still_so(mail: OutgoingMail) -> bool:
    """A reminder is for those who have not submitted; news of people for those who began."""
    state = (
        ParticipantState.objects.filter(participant=mail.participant_id)
        .values_list("state", flat=True)
        .first()
    )
    if mail.template == OutgoingMail.Template.REMINDER:
        return state != ParticipantState.State.SUBMITTED
    if mail.template == OutgoingMail.Template.PEOPLE_ADDED:
        has_begun = state not in (None, ParticipantState.State.INVITED)
        return has_begun and _count_added(mail.participant) > 0
    return True
