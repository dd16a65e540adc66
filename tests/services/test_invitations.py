"""Mail: queued without words, sent at most once, one bad address stopping nobody."""

import logging
import smtplib
import socket
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from assessments.models.mail import OutgoingMail
from assessments.models.users import AuditEvent
from assessments.services import outbox
from assessments.services.invitations import (
    count_to_invite,
    count_to_remind,
    queue_again,
    queue_invitations,
    queue_new_link,
    queue_reminders,
)
from assessments.services.links import find_participant, list_links
from assessments.services.outbox import BACK_OFF, LOST, LOST_AFTER, send_due_mail
from assessments.services.refusals import Refused
from assessments.services.rosters import NewPerson, add_people, issue_new_link
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_round,
    owner_of,
)

Status = OutgoingMail.Status


class Awkward(EmailBackend):
    """A mail server that takes most messages; `problems` says what happens to the others."""

    problems: dict[str, Exception] = {}

    def open(self):
        if "*" in self.problems:
            raise self.problems["*"]
        return True

    def send_messages(self, messages):
        for message in messages:
            if message.to[0] in self.problems:
                raise self.problems[message.to[0]]
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = f"{__name__}.Awkward"
    Awkward.problems = {}
    return Awkward.problems


@pytest.fixture
def round_(content):
    return make_open_round()


def act(round_, now):
    return {"round_": round_, "actor": owner_of(round_.partnership), "now": now}


def invite(round_, now):
    return queue_invitations(**act(round_, now))


def statuses():
    return sorted(OutgoingMail.objects.values_list("status", flat=True))


def mail_of(person):
    return OutgoingMail.objects.get(participant=person)


def test_queue_invitations_writes_to_everybody_with_an_address_once(round_, now):
    add_people(people=[NewPerson("No address")], **act(round_, now))
    make_open_round()

    assert count_to_invite(round_) == 6
    assert (invite(round_, now), invite(round_, now)) == (6, 0)
    assert {row.participant.round for row in OutgoingMail.objects.all()} == {round_}
    events = AuditEvent.objects.filter(action="invitations queued")
    assert [event.detail for event in events] == [{"mails": 6}]


def test_people_added_later_are_invited_without_the_others(round_, now):
    invite(round_, now)
    send_due_mail(now=now)
    add_people(people=[NewPerson("Late", "late@example.org")], **act(round_, now))

    assert invite(round_, now) == 1
    send_due_mail(now=now)
    assert mail.outbox[-1].to == ["late@example.org"]
    assert len(mail.outbox) == 7


@pytest.mark.parametrize("queue", [queue_invitations, queue_reminders, queue_again])
def test_nothing_is_queued_unless_a_round_is_open_and_mail_can_be_sent(
    content, now, settings, queue
):
    for not_open in (make_round(people=6), make_closed_round()):
        with pytest.raises(Refused, match="only while the round is open"):
            queue(**act(not_open, now))
    settings.CAN_SEND_MAIL = False
    with pytest.raises(Refused, match="No mail server"):
        queue(**act(make_open_round(), now))
    assert OutgoingMail.objects.count() == 0


def test_reminders_leave_out_who_submitted_waits_or_was_just_reminded(round_, now):
    submitted, waiting, *others = round_.participants.all()
    answer_all(submitted)
    OutgoingMail.objects.create(participant=waiting, template="invitation", next_try_at=now)

    assert count_to_remind(round_, now) == len(others)
    assert queue_reminders(**act(round_, now)) == len(others)
    assert queue_reminders(**act(round_, now)) == 0
    send_due_mail(now=now)

    assert queue_reminders(**act(round_, now + timedelta(hours=2))) == 1
    send_due_mail(now=now + timedelta(hours=2))
    assert queue_reminders(**act(round_, now + timedelta(days=2))) == len(others) + 1
    numbers = OutgoingMail.objects.filter(participant=others[0]).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_each_message_carries_the_own_link_in_text_and_html(round_, now):
    invite(round_, now)

    assert send_due_mail(now=now) == 6

    links = {person.email: link for person, link in _links(round_).items()}
    for message in mail.outbox:
        link = links[message.to[0]]
        html = message.alternatives[0].content
        assert link in message.body
        assert f'href="{link}"' in html
        assert not any(other in message.body + html for other in links.values() if other != link)
        assert message.reply_to == [owner_of(round_.partnership).email]
        assert "confidential" in message.body
        assert "anonymous" not in (message.body + html).lower()
    assert statuses() == [Status.SENT] * 6


@pytest.mark.parametrize("template", OutgoingMail.Template.values)
def test_words_of_people_are_escaped_in_html_and_plain_in_text(round_, now, template):
    round_.purpose = "Tea & <b>cake</b>"
    round_.save()
    round_.partnership.name = "A & B\nBcc: all@example.org"
    round_.partnership.save()
    person = round_.participants.first()
    begin(person)
    add_people(people=[NewPerson("Late")], **act(round_, now))
    OutgoingMail.objects.all().delete()
    OutgoingMail.objects.create(participant=person, template=template, next_try_at=now)

    assert send_due_mail(now=now) == 1

    (message,) = mail.outbox
    assert message.subject.startswith("A & B Bcc: all@example.org: ")
    assert "<b>" not in message.alternatives[0].content
    assert "&amp;" not in message.body
    if template == "invitation":
        assert "Tea & <b>cake</b>" in message.body
    assert message.recipients() == [person.email]


def test_no_body_and_no_token_is_stored_or_logged(round_, now, server, caplog):
    caplog.set_level(logging.DEBUG)
    invite(round_, now)
    links = _links(round_)
    refused = round_.participants.first()
    server[refused.email] = smtplib.SMTPDataError(554, b"no: " + links[refused].encode())

    send_due_mail(now=now)

    stored = str(list(OutgoingMail.objects.values())) + str(list(AuditEvent.objects.values()))
    for link in links.values():
        token = link.rstrip("/").rsplit("/", 1)[1]
        assert token not in stored
        assert token not in caplog.text


def test_one_bad_address_never_stops_the_rest(round_, now, server):
    invite(round_, now)
    bad = round_.participants.order_by("mails__id").first()
    server[bad.email] = smtplib.SMTPRecipientsRefused({bad.email: (550, b"unknown")})

    assert send_due_mail(now=now) == 5

    row = mail_of(bad)
    assert row.status == Status.FAILED
    assert row.failure == "The mail server refused this address (550)."
    assert send_due_mail(now=now + timedelta(days=1)) == 0


def test_a_passing_trouble_is_tried_again_later_and_not_for_ever(round_, now, server):
    person = round_.participants.first()
    OutgoingMail.objects.create(participant=person, template="invitation", next_try_at=now)
    server[person.email] = smtplib.SMTPRecipientsRefused({person.email: (451, b"later")})
    moment = now

    for number, wait in enumerate(BACK_OFF, start=1):
        assert send_due_mail(now=moment) == 0
        row = mail_of(person)
        assert (row.status, row.attempts) == (Status.QUEUED, number)
        assert row.next_try_at == moment + wait
        assert send_due_mail(now=moment + wait - timedelta(seconds=1)) == 0
        assert mail_of(person).attempts == number
        moment += wait
    send_due_mail(now=moment)

    assert mail_of(person).status == Status.FAILED
    server.clear()
    assert send_due_mail(now=moment + timedelta(days=1)) == 0


def test_a_server_that_is_down_costs_one_try_of_one_message(round_, now, server):
    invite(round_, now)
    server["*"] = socket.gaierror("down")

    assert send_due_mail(now=now) == 0

    assert statuses() == [Status.QUEUED] * 6
    assert OutgoingMail.objects.filter(attempts=1).count() == 1
    server.clear()
    assert send_due_mail(now=now + BACK_OFF[0]) == 6


def test_nothing_is_sent_twice_when_a_worker_dies_while_sending(round_, now, monkeypatch):
    invite(round_, now)

    class Killed(BaseException):
        pass

    def send_and_die(self):
        mail.outbox.append(self)
        raise Killed

    monkeypatch.setattr(outbox.EmailMultiAlternatives, "send", send_and_die)
    with pytest.raises(Killed):
        send_due_mail(now=now)
    monkeypatch.undo()

    assert send_due_mail(now=now) == 5
    assert send_due_mail(now=now + LOST_AFTER) == 0
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 6
    (lost,) = OutgoingMail.objects.exclude(status=Status.SENT)
    assert (lost.status, lost.failure) == (Status.FAILED, LOST)


def test_a_row_that_another_worker_claimed_is_left_alone(round_, now):
    invite(round_, now)
    claimed = OutgoingMail.objects.first()

    assert outbox._claim(claimed.pk, now) is True
    assert outbox._claim(claimed.pk, now) is False
    assert send_due_mail(now=now) == 5


def test_queue_again_tries_what_failed_and_nothing_else(round_, now, server):
    invite(round_, now)
    bad = round_.participants.first()
    server[bad.email] = smtplib.SMTPRecipientsRefused({bad.email: (550, b"unknown")})
    send_due_mail(now=now)
    server.clear()

    assert queue_again(**act(round_, now)) == 1
    assert send_due_mail(now=now) == 1
    assert statuses() == [Status.SENT] * 6


def test_a_reminder_is_dropped_for_somebody_who_submitted_meanwhile(round_, now):
    person = round_.participants.first()
    queue_reminders(**act(round_, now))
    answer_all(person)

    assert send_due_mail(now=now) == 5
    assert not OutgoingMail.objects.filter(participant=person).exists()


def test_nothing_goes_out_after_the_close(content, now):
    round_ = make_closed_round()
    OutgoingMail.objects.create(
        participant=round_.participants.first(), template="invitation", next_try_at=now
    )

    assert send_due_mail(now=now) == 0
    assert mail.outbox == []


def test_a_message_claimed_as_the_round_closes_is_dropped(content, now):
    round_ = make_closed_round()
    row = OutgoingMail.objects.create(
        participant=round_.participants.first(), template="invitation", next_try_at=now
    )

    assert outbox._render(row.pk) is None
    assert outbox._render(row.pk + 1) is None


def test_a_new_link_is_sent_with_its_own_words(round_, now):
    person = round_.participants.first()
    invite(round_, now)
    send_due_mail(now=now)
    old = _links(round_)[person]
    owner = owner_of(round_.partnership)

    issue_new_link(participant=person, actor=owner, now=now)
    person.refresh_from_db()
    assert queue_new_link(participant=person, actor=owner, now=now) == 1
    send_due_mail(now=now)

    message = mail.outbox[-1]
    assert message.to == [person.email]
    assert "no longer work" in message.body
    assert old not in message.body
    new = list_links(round_, [person])[person]
    assert new in message.body
    assert find_participant(new.rstrip("/").rsplit("/", 1)[1]) == person


def _links(round_):
    return list_links(round_, list(round_.participants.all()))
