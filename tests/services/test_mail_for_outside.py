"""Mail to people outside the leadership: their own plain words, and nothing of the leaders'."""

import pytest
from django.core import mail

from assessments.models.mail import OutgoingMail
from assessments.services.outbox import send_due_mail
from assessments.services.rosters import NewPerson, add_people
from tests.factories import begin, make_open_round, owner_of

LEADERS_WORDS = ("lead together", "leaders of", "other leaders", "groups as you")


@pytest.fixture(autouse=True)
def server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def round_(content):
    return make_open_round(codes=("five_factors", "six_ways", "context", "outside_view"))


@pytest.fixture
def carer(round_, now):
    (carer, *_) = add_people(
        round_=round_,
        people=[
            NewPerson("Ann Carer", "ann@example.org", audience="outside"),
            NewPerson("Bo Carer", "bo@example.org", audience="outside"),
        ],
        actor=owner_of(round_.partnership),
        now=now,
    )
    return carer


def send(person, template, now):
    OutgoingMail.objects.all().delete()
    OutgoingMail.objects.create(participant=person, template=template, next_try_at=now)
    assert send_due_mail(now=now) == 1
    message = mail.outbox[-1]
    return message.subject, message.body, message.alternatives[0].content


@pytest.mark.parametrize("template", OutgoingMail.Template.values)
def test_every_message_has_words_for_people_outside(round_, carer, now, template):
    begin(carer)

    words = " ".join(" ".join(send(carer, template, now)).split())

    assert not [leaders for leaders in LEADERS_WORDS if leaders in words]
    assert round_.purpose not in words
    assert "confidential" in words
    assert "anonymous" not in words.lower()
    assert str(owner_of(round_.partnership)) in words
    assert f"closes on {round_.ends_at:%A}" in words
    assert "The link is for you alone" in words
    assert "Bo Carer" not in words


@pytest.mark.parametrize("template", OutgoingMail.Template.values)
def test_text_and_html_say_the_same(round_, carer, now, template):
    leader = round_.participants.filter(audience="leaders").first()
    begin(leader)
    begin(carer)
    add_people(
        round_=round_,
        people=[NewPerson("Late")],
        actor=owner_of(round_.partnership),
        now=now,
    )
    for person in (leader, carer):
        _, text, html = send(person, template, now)

        for paragraph in text.split("\n\n"):
            if "/a/" not in paragraph and paragraph.strip() != "Open your personal link:":
                assert " ".join(paragraph.split()) in _without_marks(html)


def _without_marks(html):
    return " ".join(html.replace("<strong>", "").replace("</strong>", "").split())


def test_the_minutes_are_those_of_the_own_form(round_, carer, now):
    leader = round_.participants.filter(audience="leaders").first()

    _, to_leader, _ = send(leader, "invitation", now)
    _, to_carer, _ = send(carer, "invitation", now)

    assert "about 6 minutes, on a phone" in to_leader
    assert "Other parts, about 8 minutes together, can follow later" in to_leader
    assert "about 3 minutes, on a phone" in to_carer
    assert "Other parts" not in to_carer
