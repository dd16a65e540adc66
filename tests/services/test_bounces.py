"""Mail that came back: nobody is written to there again, until the address is another one."""

import pytest
from django.core import mail

from assessments.models.mail import OutgoingMail
from assessments.services.bounces import CAME_BACK, mark_arrived, mark_bounced, note_bounce
from assessments.services.invitations import (
    count_to_remind,
    queue_again,
    queue_invitations,
    queue_new_link,
)
from assessments.services.new_people import NewPerson
from assessments.services.outbox import send_due_mail
from assessments.services.refusals import Refused
from assessments.services.rosters import change_person
from tests.factories import make_open_round, owner_of

Status = OutgoingMail.Status


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def round_(content, now):
    round_ = make_open_round(people=2, now=now)
    queue_invitations(round_=round_, actor=owner_of(round_.partnership), now=now)
    send_due_mail(now=now)
    return round_


@pytest.fixture
def person(round_):
    return round_.participants.first()


def by(person, now):
    return {"actor": owner_of(person.round.partnership), "now": now}


def mail_of(person):
    return person.mails.values_list("status", "failure").get()


def test_nobody_is_written_to_where_mail_came_back(round_, person, now):
    mark_bounced(participant=person, **by(person, now))

    assert mail_of(person) == (Status.BOUNCED, CAME_BACK)
    assert count_to_remind(round_, now) == 1
    assert queue_again(round_=round_, **by(person, now)) == 0
    person.refresh_from_db()
    assert queue_new_link(participant=person, **by(person, now)) == 0


def test_what_waits_for_such_an_address_is_never_sent(round_, person, now):
    OutgoingMail.objects.create(participant=person, template="reminder", next_try_at=now)
    person.has_bounced = True
    person.save()
    mail.outbox.clear()

    assert send_due_mail(now=now) == 0
    assert mail.outbox == []


def test_a_new_address_ends_it(person, now):
    mark_bounced(participant=person, **by(person, now))
    person.refresh_from_db()

    same = NewPerson(person.name, person.email, None, person.role_level)
    change_person(participant=person, person=same, **by(person, now))
    person.refresh_from_db()
    assert person.has_bounced

    other = NewPerson(person.name, "new@example.org", None, person.role_level)
    change_person(participant=person, person=other, **by(person, now))
    person.refresh_from_db()
    assert not person.has_bounced
    assert queue_new_link(participant=person, **by(person, now)) == 1


def test_a_person_who_knows_better_ends_it(round_, person, now):
    mark_bounced(participant=person, **by(person, now))

    mark_arrived(participant=person, **by(person, now))

    assert mail_of(person) == (Status.SENT, "")
    assert count_to_remind(round_, now) == 2


def test_what_was_never_sent_cannot_have_come_back(person, now):
    person.mails.all().delete()

    with pytest.raises(Refused, match="No message to"):
        mark_bounced(participant=person, **by(person, now))


def test_a_provider_names_message_and_address(person, now):
    person.mails.update(provider_id="<one@provider>")

    assert not note_bounce(provider_id="<one@provider>", recipient="other@example.org")
    assert not note_bounce(provider_id="", recipient=person.email)
    assert mail_of(person) == (Status.SENT, "")
    assert note_bounce(provider_id="<one@provider>", recipient=person.email.upper())

    person.refresh_from_db()
    assert (mail_of(person), person.has_bounced) == ((Status.BOUNCED, CAME_BACK), True)


def test_news_that_came_back_never_tells_who_had_begun(person, now):
    OutgoingMail.objects.create(
        participant=person,
        template="people_added",
        status=Status.SENT,
        next_try_at=now,
        provider_id="two",
    )

    assert note_bounce(provider_id="two", recipient=person.email)

    person.refresh_from_db()
    assert not person.has_bounced
