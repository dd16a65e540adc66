"""Reminders with a date: queued once, to those who have not finished, while the round is open."""

from datetime import timedelta

import pytest
from django.core import mail

from assessments.models.mail import MailText, OutgoingMail, ScheduledReminder
from assessments.models.users import AuditEvent
from assessments.services import reminders
from assessments.services.outbox import send_due_mail
from assessments.services.refusals import Refused
from assessments.services.reminders import (
    queue_due_reminders,
    remove_reminder,
    schedule_reminder,
)
from tests.factories import answer_all, make_closed_round, make_open_round, make_round, owner_of

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def round_(content, now):
    return make_open_round(people=3, now=now)


def schedule(round_, send_at, now):
    schedule_reminder(round_=round_, send_at=send_at, actor=owner_of(round_.partnership), now=now)
    return round_.reminders.get(send_at=send_at)


def test_a_reminder_goes_out_once_to_those_who_have_not_submitted(round_, now):
    done = round_.participants.first()
    answer_all(done)
    schedule(round_, now + DAY, now)

    assert queue_due_reminders(now=now + DAY - timedelta(minutes=1)) == 0
    assert queue_due_reminders(now=now + DAY) == 2
    assert queue_due_reminders(now=now + DAY) == 0

    assert send_due_mail(now=now + DAY) == 2
    assert done.email not in [message.to[0] for message in mail.outbox]
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.detail) == ("reminders queued", None, {"mails": 2})


def test_whoever_was_just_reminded_gets_no_second(round_, now):
    schedule(round_, now + DAY, now)
    schedule(round_, now + 2 * DAY, now)

    assert queue_due_reminders(now=now + 2 * DAY) == 3


def test_mark_and_mail_come_together_or_not_at_all(round_, now, monkeypatch):
    reminder = schedule(round_, now + DAY, now)

    class Killed(BaseException):
        pass

    def queue_and_die(**fields):
        reminders_before(**fields)
        raise Killed

    reminders_before = reminders.queue_reminders
    monkeypatch.setattr(reminders, "queue_reminders", queue_and_die)
    with pytest.raises(Killed):
        queue_due_reminders(now=now + DAY)
    monkeypatch.undo()

    reminder.refresh_from_db()
    assert reminder.queued_at is None
    assert not OutgoingMail.objects.exists()
    assert queue_due_reminders(now=now + DAY) == 3


def test_a_reminder_whose_text_is_faulty_waits_until_it_is_put_right(round_, now):
    schedule(round_, now + DAY, now)
    text = MailText.objects.create(round=round_, template="reminder", subject="S", text="No link")

    assert queue_due_reminders(now=now + DAY) == 0
    text.delete()
    assert queue_due_reminders(now=now + DAY) == 3


def test_nothing_is_queued_before_the_opening_after_the_close_or_without_a_mail_server(
    content, now, settings
):
    draft = make_round(people=3, now=now)
    schedule(draft, now + DAY, now)
    closed = make_closed_round()
    ScheduledReminder.objects.create(round=closed, send_at=now)
    assert queue_due_reminders(now=now + 2 * DAY) == 0

    open_ = make_open_round(people=3, now=now)
    schedule(open_, now + DAY, now)
    settings.CAN_SEND_MAIL = False
    assert queue_due_reminders(now=now + 2 * DAY) == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "still to come"), (14, "before the round closes"), (3.5, "within a day of this one")],
)
def test_moments_that_make_no_sense_are_refused(round_, now, days, words):
    schedule(round_, now + 3 * DAY, now)

    with pytest.raises(Refused, match=words):
        schedule(round_, now + days * DAY, now)

    assert round_.reminders.count() == 1


def test_a_reminder_is_taken_away_until_it_has_gone_out(round_, now):
    first, second = schedule(round_, now + DAY, now), schedule(round_, now + 3 * DAY, now)
    queue_due_reminders(now=now + DAY)
    owner = owner_of(round_.partnership)

    remove_reminder(reminder=second, actor=owner, now=now)
    with pytest.raises(Refused, match="gone out already"):
        remove_reminder(reminder=first, actor=owner, now=now)

    assert list(round_.reminders.all()) == [first]
