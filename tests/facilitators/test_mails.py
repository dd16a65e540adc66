"""A round's mail: own texts, reminders with a date, how messages fare, sending by hand."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from assessments.facilitators.views import mails
from assessments.models.mail import MailText, OutgoingMail
from assessments.services.invitations import queue_invitations
from tests.facilitators.pages import address, count_queries, fill, of_round, said
from tests.factories import make_closed_round, make_open_round, make_people, make_round

TEXTS = ("invitation", "leaders")


class Down(EmailBackend):
    def open(self):
        raise ConnectionRefusedError

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def round_(content, partnership):
    return make_open_round(partnership, people=5)


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def invited(round_, facilitator):
    queue_invitations(round_=round_, actor=facilitator, now=timezone.now())
    return round_


def text_of(round_):
    return address("mail_text", round_.partnership, round_, *TEXTS)


def test_own_words_are_typed_previewed_tested_and_saved(signed_in, round_, facilitator):
    typed = {"subject": "Hello {name}", "text": "Dear {name},\n\n{link}"}

    preview = fill(signed_in, text_of(round_), preview="1", **typed)
    test = fill(signed_in, text_of(round_), test="1", **typed)
    assert not MailText.objects.exists()
    saved = fill(signed_in, text_of(round_), **typed)

    assert preview.context["sample"].subject == "Hello Alex Sample"
    assert "Dear Alex Sample," in preview.content.decode()
    assert said(test) == [
        f"A test is on its way to {facilitator.email}. What you typed is not saved yet."
    ]
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Test: Hello Alex Sample", [facilitator.email])
    assert "/a/only-a-sample-that-opens-nothing" in message.body
    assert said(saved) == ["Invitation: the text is saved."]
    assert MailText.objects.get().text == "Dear {name},\n\n{link}"


def test_the_link_of_a_test_opens_nothing(client, signed_in, round_):
    link = signed_in.get(text_of(round_)).context["sample"].link

    assert client.get(link).status_code == 404


def test_faulty_words_stay_in_the_form_with_the_reason(signed_in, round_):
    typed = {"subject": "Open {link}", "text": "Dear {nmae}"}

    response = fill(signed_in, text_of(round_), **typed)

    form = response.context["form"]
    assert response.status_code == 422
    assert list(form.errors) == ["subject", "text"]
    assert len(form.errors["text"]) == 2
    assert (form["subject"].value(), form["text"].value()) == tuple(typed.values())
    assert response.context["sample"] is None


def test_the_second_of_two_is_told_and_loses_nothing(signed_in, round_):
    form = signed_in.get(text_of(round_)).context["form"]
    seen = form["seen"].value()
    fill(signed_in, text_of(round_), text="Theirs {link}")

    mine = {"seen": seen, "subject": "S", "text": "Mine {link}"}
    told = signed_in.post(text_of(round_), mine)

    assert told.status_code == 422
    assert "Theirs {link}" in told.content.decode()
    assert told.context["form"]["text"].value() == "Mine {link}"
    again = {**mine, "seen": told.context["form"].data["seen"]}
    signed_in.post(text_of(round_), again)
    assert MailText.objects.get().text == "Mine {link}"


def test_a_test_that_no_server_takes_costs_no_text(signed_in, round_, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"

    response = fill(signed_in, text_of(round_), test="1", text="My words {link}")

    assert response.status_code == 422
    assert "did not take the test message" in response.content.decode()
    assert response.context["form"]["text"].value() == "My words {link}"


def test_back_to_the_usual_words(signed_in, round_):
    fill(signed_in, text_of(round_), text="Mine {link}")

    reset = address("mail_text_reset", round_.partnership, round_, *TEXTS)
    response = signed_in.post(reset, follow=True)

    assert said(response) == ["Invitation: the usual text is back."]
    assert not MailText.objects.exists()


@pytest.mark.parametrize("kind", [("people_added", "leaders"), ("invitation", "nobody")])
def test_there_are_texts_only_for_what_can_be_changed(signed_in, round_, kind):
    url = address("mail_text", round_.partnership, round_, *kind)

    assert signed_in.get(url).status_code == 404


def test_texts_for_people_outside_are_there_where_they_are_asked(signed_in, content, partnership):
    round_ = make_round(partnership, codes=("five_factors", "outside_view"))

    texts = signed_in.get(of_round("round_mail", round_)).context["texts"]

    assert [text.audience for text in texts] == ["leaders"] * 3 + ["outside"] * 3


def test_a_reminder_is_added_and_taken_away(signed_in, round_):
    page = of_round("round_mail", round_)
    form = signed_in.get(page).context["form"]
    typed = {"on": form["on"].value(), "at": form["at"].value()}

    added = signed_in.post(of_round("reminder_add", round_), typed, follow=True)
    twice = signed_in.post(of_round("reminder_add", round_), typed)
    reminder = round_.reminders.get()
    removed = signed_in.post(of_round("reminder_remove", round_, reminder), follow=True)

    assert said(added) == ["The reminder will go out by itself."]
    assert twice.status_code == 422
    assert "within a day of this one" in twice.content.decode()
    assert said(removed) == ["This reminder will not go out."]
    assert not round_.reminders.exists()


def test_each_message_shows_how_it_fares(signed_in, invited):
    first, second, *_ = OutgoingMail.objects.order_by("id")
    reason = "The mail server refused this address (550)."
    OutgoingMail.objects.filter(pk=first.pk).update(status="failed", failure=reason)
    OutgoingMail.objects.filter(pk=second.pk).update(status="sent")

    signed_in.post(of_round("mail_came_back", invited, second.participant))
    response = signed_in.get(of_round("round_mail", invited))

    assert reason in response.content.decode()
    fares = response.context["fares"]
    assert (fares.sent, fares.waiting, fares.failed, fares.came_back) == (0, 3, 1, 1)
    states = [(row.person, row.came_back) for row in response.context["rows"][:2]]
    assert states == [(second.participant, True), (first.participant, False)]
    signed_in.post(of_round("mail_arrived", invited, second.participant))
    assert OutgoingMail.objects.get(pk=second.pk).status == "sent"


def test_the_page_sends_a_few_at_a_time_until_nothing_waits(signed_in, invited, monkeypatch):
    monkeypatch.setattr(mails, "AT_ONCE", 2)
    send = of_round("mail_send_now", invited)

    first = signed_in.post(send, follow=True)
    second = signed_in.post(send, follow=True)
    third = signed_in.post(send, follow=True)

    assert [len(first.context["rows"]), first.context["fares"].due] == [5, 3]
    assert "data-go-on" in first.content.decode()
    assert second.context["fares"].due == 1
    assert said(third) == ["Nothing more waits to be sent just now."]
    assert "data-go-on" not in third.content.decode()
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 5


def test_a_server_that_is_down_stops_the_page_and_loses_nothing(signed_in, invited, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"

    response = signed_in.post(of_round("mail_send_now", invited), follow=True)

    assert "Nothing is lost" in said(response)[0]
    assert "data-go-on" not in response.content.decode()
    assert OutgoingMail.objects.filter(status="queued").count() == 5
    assert "It is tried again at" in response.content.decode()


def test_the_page_says_when_no_worker_has_been_seen(signed_in, invited):
    words = "No worker has been seen lately"
    assert words not in signed_in.get(of_round("round_mail", invited)).content.decode()

    OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(minutes=3))

    assert words in signed_in.get(of_round("round_mail", invited)).content.decode()


def test_news_of_people_added_is_never_shown(signed_in, round_):
    person = round_.participants.first()
    OutgoingMail.objects.create(
        participant=person, template="people_added", next_try_at=timezone.now()
    )

    response = signed_in.get(of_round("round_mail", round_))

    assert response.context["rows"] == []
    assert response.context["fares"].due == 0
    assert person.email not in response.content.decode()


def test_the_page_asks_no_more_for_more_people(signed_in, invited, now):
    one = count_queries(signed_in, of_round("round_mail", invited))
    for person in make_people(invited, 6):
        OutgoingMail.objects.create(participant=person, template="invitation", next_try_at=now)

    assert count_queries(signed_in, of_round("round_mail", invited)) == one


def test_after_the_close_there_is_no_mail(signed_in, content, partnership):
    round_ = make_closed_round(partnership)

    for url in (of_round("round_mail", round_), text_of(round_)):
        response = signed_in.get(url, follow=True)
        assert said(response) == ["Mail goes out only while the round is open."]


def test_without_a_mail_server_nothing_is_offered_to_send(signed_in, round_, settings):
    settings.CAN_SEND_MAIL = False

    text = signed_in.get(of_round("round_mail", round_)).content.decode()

    assert "No mail server is set up here" in text
    assert "Send me a test" not in signed_in.get(text_of(round_)).content.decode()
