"""Personal links: copied, sent, made anew; and only while the round is open."""

import pytest
from django.core import mail

from assessments.facilitators.link_rows import list_link_rows, to_lines
from assessments.models.mail import OutgoingMail
from assessments.services.links import list_links
from assessments.services.outbox import send_due_mail
from assessments.services.rosters import NewPerson, add_people
from tests.facilitators.pages import count_queries, of_round, said
from tests.factories import (
    answer_all,
    begin,
    make_closed_round,
    make_open_round,
    make_people,
    make_round,
)


@pytest.fixture
def round_(content, partnership):
    return make_open_round(partnership, people=5)


@pytest.fixture
def mail_server(settings):
    settings.CAN_SEND_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_each_link_is_shown_once_alone_and_once_in_the_lines(signed_in, round_):
    make_open_round()
    links = list_links(round_, list(round_.participants.all()))

    response = signed_in.get(of_round("round_links", round_))

    text = response.content.decode()
    assert all(text.count(link) == 2 for link in links.values())
    assert text.count("/a/") == 2 * len(links)
    lines = response.context["lines"].splitlines()
    assert sorted(lines) == sorted(f"{p.name}\t{p.email}\t{link}" for p, link in links.items())


def test_the_links_are_never_kept_by_a_browser(signed_in, round_):
    response = signed_in.get(of_round("round_links", round_))

    assert "no-store" in response["Cache-Control"]


def test_no_cell_of_the_lines_is_a_formula(facilitator, round_, now):
    add_people(round_=round_, people=[NewPerson("=cmd|' /C calc'!A0")], actor=facilitator, now=now)

    lines = to_lines(list_link_rows(round_)).splitlines()

    assert any(line.startswith("'=cmd|") for line in lines)
    assert not any(line.startswith(("=", "+", "-", "@")) for line in lines)


def test_links_ask_no_more_for_more_people(signed_in, round_, mail_server, now):
    one = count_queries(signed_in, of_round("round_links", round_))
    people = make_people(round_, 6)
    for person in people:
        OutgoingMail.objects.create(participant=person, template="invitation", next_try_at=now)

    assert count_queries(signed_in, of_round("round_links", round_)) == one


def test_there_are_links_only_while_the_round_is_open(signed_in, content, partnership):
    for other in (make_round(partnership, people=6), make_closed_round(partnership)):
        response = signed_in.get(of_round("round_links", other), follow=True)
        assert said(response) == ["There are links for answering only while the round is open."]


def test_without_a_mail_server_the_page_says_so_and_offers_copying(signed_in, round_):
    text = signed_in.get(of_round("round_links", round_)).content.decode()
    refused = signed_in.post(of_round("round_invite", round_), follow=True)

    assert "No mail server is set up here" in text
    assert of_round("round_invite", round_) not in text
    assert "No mail server" in said(refused)[0]
    assert OutgoingMail.objects.count() == 0


def test_invite_once_and_say_so(signed_in, round_, mail_server, now):
    url = of_round("round_invite", round_)

    first = signed_in.post(url, follow=True)
    second = signed_in.post(url, follow=True)
    send_due_mail(now=now.replace(year=now.year + 1))

    assert said(first)[0].startswith("5 invitations are on the way.")
    assert said(second) == ["There is nobody to write to just now."]
    assert len(mail.outbox) == 5
    text = signed_in.get(of_round("round_links", round_)).content.decode()
    assert text.count("Invitation: sent") == 5


def test_remind_those_who_have_not_submitted(signed_in, round_, mail_server):
    answer_all(round_.participants.first())

    text = signed_in.get(of_round("round_links", round_)).content.decode()
    response = signed_in.post(of_round("round_remind", round_), follow=True)

    assert "Remind 4 people" in text
    assert said(response)[0].startswith("4 reminders are on the way.")


def test_failed_mail_is_shown_with_its_reason_and_tried_again_on_demand(
    signed_in, round_, mail_server, now
):
    OutgoingMail.objects.create(
        participant=round_.participants.first(),
        template="invitation",
        status="failed",
        failure="The mail server refused this address (550).",
        next_try_at=now,
    )

    text = signed_in.get(of_round("round_links", round_)).content.decode()
    response = signed_in.post(of_round("round_send_again", round_), follow=True)

    assert "Invitation: failed. The mail server refused this address (550)." in text
    assert "1 message has failed." in " ".join(text.split())
    assert said(response)[0].startswith("1 message is on the way.")


@pytest.mark.parametrize("name", ["round_invite", "round_remind", "round_send_again"])
def test_mail_is_queued_by_post_alone(signed_in, round_, mail_server, name):
    assert signed_in.get(of_round(name, round_)).status_code == 405
    assert OutgoingMail.objects.count() == 0


def test_a_new_link_is_made_after_its_consequences_are_read(signed_in, round_):
    waiting, started, submitted, *_ = round_.participants.all()
    begin(started)
    answer_all(submitted)

    def read(person):
        page = signed_in.get(of_round("person_new_link", round_, person))
        return " ".join(page.content.decode().split())

    assert "Nothing is lost" in read(waiting)
    assert "What they have begun is deleted" in read(started)
    assert "open with their return code alone" in read(submitted)
    old = list_links(round_, [waiting])[waiting]
    response = signed_in.post(of_round("person_new_link", round_, waiting), follow=True)
    assert said(response)[0] == f"{waiting.name} has a new link. The old one no longer works."
    assert old not in response.content.decode()


def test_a_new_link_is_sent_where_mail_can_be_sent(signed_in, round_, mail_server):
    person = round_.participants.first()

    signed_in.post(of_round("person_new_link", round_, person))

    row = OutgoingMail.objects.get()
    assert (row.participant, row.template) == (person, "new_link")


def test_a_new_link_of_a_draft_or_closed_round_is_refused(signed_in, content, partnership):
    for other in (make_round(partnership, people=6), make_closed_round(partnership)):
        person = other.participants.first()
        response = signed_in.post(of_round("person_new_link", other, person), follow=True)
        assert said(response)[0] == "New links can be made only while the round is open."
