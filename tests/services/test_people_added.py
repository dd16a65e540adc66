"""Whoever began is told of people who came on the list later; nobody else learns who began."""

from datetime import timedelta

import pytest
from django.core import mail

from assessments.models.mail import OutgoingMail
from assessments.models.users import AuditEvent
from assessments.services.closing import close_round
from assessments.services.invitations import (
    TELL_OF_PEOPLE_AFTER,
    count_to_remind,
    queue_again,
    queue_reminders,
)
from assessments.services.outbox import send_due_mail
from assessments.services.rosters import NewPerson, add_people, issue_new_link, remove_person
from tests.factories import answer_all, begin, make_open_round, make_round, owner_of, seat_of

LATER = TELL_OF_PEOPLE_AFTER
BOTH = ("five_factors", "outside_view")


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def act(round_, now):
    return {"round_": round_, "actor": owner_of(round_.partnership), "now": now}


def add(round_, now, *names, audience="leaders"):
    people = [NewPerson(name, audience=audience) for name in names]
    return add_people(people=people, **act(round_, now))


def add_carer(round_, now, email):
    people = [NewPerson("Carer", email, audience="outside")]
    return add_people(people=people, **act(round_, now))[0]


def waiting():
    rows = OutgoingMail.objects.filter(template="people_added", status="queued")
    return {row.participant.email for row in rows.select_related("participant")}


def sent_to():
    return [message.to[0] for message in mail.outbox]


def test_those_who_began_or_submitted_in_that_audience_are_told_once_an_hour_later(content, now):
    round_ = make_open_round(codes=BOTH)
    begun, submitted, *others = round_.participants.all()
    carer = add_carer(round_, now, "carer@example.org")
    begin(begun)
    begin(carer)
    answer_all(submitted)
    for person in make_open_round().participants.all():
        begin(person)

    add(round_, now, "Late One")

    assert waiting() == {begun.email, submitted.email}
    assert send_due_mail(now=now + LATER - timedelta(seconds=1)) == 0
    assert send_due_mail(now=now + LATER) == 2
    assert sorted(sent_to()) == sorted([begun.email, submitted.email])
    assert "1 person has been put on its list" in mail.outbox[0].body
    assert "Late One" not in mail.outbox[0].body
    assert others


def test_people_added_one_after_the_other_make_one_message_with_their_number(content, now):
    round_ = make_open_round()
    begin(round_.participants.first())

    add(round_, now, "One")
    add(round_, now + timedelta(minutes=40), "Two", "Three")
    send_due_mail(now=now + LATER)
    send_due_mail(now=now + 3 * LATER)

    assert len(mail.outbox) == 1
    assert "3 people have been put on its list" in mail.outbox[0].body


def test_people_added_after_the_message_make_another(content, now):
    round_ = make_open_round()
    person = round_.participants.first()
    begin(person)
    add(round_, now, "One")
    send_due_mail(now=now + LATER)

    add(round_, now + LATER, "Two")
    send_due_mail(now=now + 2 * LATER)

    assert sent_to() == [person.email] * 2
    numbers = OutgoingMail.objects.filter(participant=person).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_who_is_added_and_begins_is_told_of_others_and_not_of_themselves(content, now):
    round_ = make_open_round()
    (late,) = add_people(people=[NewPerson("Late", "late@example.org")], **act(round_, now))
    begin(late)

    add(round_, now, "Later")
    send_due_mail(now=now + LATER)

    assert sent_to() == ["late@example.org"]
    assert "1 person has been" in mail.outbox[0].body


def test_people_outside_are_told_of_people_outside_by_number(content, now):
    round_ = make_open_round(codes=BOTH)
    carer = add_carer(round_, now, "carer@example.org")
    begin(carer)
    begin(round_.participants.filter(audience="leaders").first())

    add(round_, now, "Another Carer", audience="outside")
    send_due_mail(now=now + LATER)

    assert sent_to() == ["carer@example.org"]
    assert "1 more person was asked" in mail.outbox[0].body
    assert "Another Carer" not in mail.outbox[0].body


def test_nobody_is_told_of_people_on_a_draft_or_where_no_mail_can_be_sent(content, now, settings):
    add(make_round(people=3), now, "Early")
    settings.CAN_SEND_MAIL = False
    round_ = make_open_round()
    begin(round_.participants.first())

    add(round_, now, "Late")

    assert waiting() == set()


def test_a_message_that_is_no_longer_so_is_dropped(content, now):
    """Those added were taken off again; or what was begun went with its link."""
    round_, other = make_open_round(), make_open_round()
    for own in (round_, other):
        begin(own.participants.first())
    (late,) = add(round_, now, "Late")
    add(other, now, "Late")
    owner = owner_of(round_.partnership)
    remove_person(participant=late, actor=owner, now=now)
    issue_new_link(
        participant=other.participants.filter(progress__state="started").get(),
        actor=owner_of(other.partnership),
        now=now,
    )

    assert send_due_mail(now=now + LATER) == 0
    assert mail.outbox == []
    assert not OutgoingMail.objects.exists()


def test_who_submitted_and_has_a_new_link_is_told_with_that_link(content, now):
    round_ = make_open_round()
    person = round_.participants.first()
    begun = answer_all(person)
    add(round_, now, "Late")

    issue_new_link(participant=person, actor=owner_of(round_.partnership), now=now)

    assert waiting() == {person.email}
    send_due_mail(now=now + LATER)
    assert len(mail.outbox) == 1
    assert seat_of(person, begun.reader).can_read


def test_the_close_deletes_what_waits(content, now):
    round_ = make_open_round()
    for person in round_.participants.all():
        answer_all(person)
    add(round_, now, "Late")

    close_round(round_=round_, actor=owner_of(round_.partnership), now=now)

    assert not OutgoingMail.objects.exists()
    assert send_due_mail(now=now + LATER) == 0


def test_the_facilitator_learns_nothing_from_it(content, now):
    """Not by reminders left out, by mail to send again, nor by the audit trail."""
    round_ = make_open_round()
    begin(round_.participants.first())
    before = count_to_remind(round_, now)
    add(round_, now, "Late")
    events = AuditEvent.objects.filter(round_id=round_.pk).values_list("action", "detail")

    assert ("people added", {"people": 1, "while": "open"}) in list(events)
    assert not [action for action, _ in events if "queued" in action]
    assert count_to_remind(round_, now) == before == 6
    OutgoingMail.objects.update(status="failed", failure="The mail server refused it (550).")
    assert queue_again(**act(round_, now)) == 0
    assert queue_reminders(**act(round_, now)) == before
