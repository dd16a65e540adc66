"""People outside the leadership: on a part of the list of their own, and counted apart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.mail import OutgoingMail
from assessments.models.responses import Response
from assessments.services.rosters import NewPerson, add_people
from assessments.services.rounds import open_round
from tests.facilitators.pages import count_queries, fill, of_round, said
from tests.factories import answer_all, begin, make_open_round, make_organisation, make_round
from tests.services.test_places import print_tickets, respond, show_code

BOTH = ("five_factors", "outside_view")


@pytest.fixture
def draft(content, partnership):
    return make_round(partnership, codes=BOTH)


def outside(url):
    return f"{url}?audience=outside"


def read(client, url):
    return " ".join(client.get(url).content.decode().split())


def add_carers(round_, facilitator, *names):
    people = [NewPerson(name, f"{name.lower()}@example.org", audience="outside") for name in names]
    return add_people(round_=round_, people=people, actor=facilitator, now=timezone.now())


def on_list(round_):
    return list(round_.participants.values_list("name", "audience", "organisation", "role_level"))


def test_add_a_person_from_outside_without_organisation_and_role(signed_in, partnership, draft):
    url = outside(of_round("person_create", draft))
    council = make_organisation(partnership)

    form = signed_in.get(url).context["form"]
    fill(signed_in, url, name="Ann", organisation=council.pk, role_level="chief")

    assert list(form.fields) == ["seen", "name", "email"]
    assert on_list(draft) == [("Ann", "outside", None, "")]


def test_an_unknown_audience_is_that_of_leaders(signed_in, draft):
    fill(signed_in, f"{of_round('person_create', draft)}?audience=everyone", name="Ann")

    assert on_list(draft) == [("Ann", "leaders", None, "")]


def test_add_then_another_stays_outside(signed_in, draft):
    url = outside(of_round("person_create", draft))

    response = fill(signed_in, url, name="Ann", step="another")

    assert response.redirect_chain[0][0] == url


def test_change_keeps_a_person_outside(signed_in, facilitator, draft):
    (ann,) = add_carers(draft, facilitator, "Ann")

    fill(signed_in, outside(of_round("person_edit", draft, ann)), name="Anna")
    fill(signed_in, of_round("person_edit", draft, ann), email="anna@example.org")

    assert on_list(draft) == [("Anna", "outside", None, "")]


def test_paste_people_from_outside(signed_in, partnership, draft):
    make_organisation(partnership, "Council")
    url = outside(of_round("people_paste", draft))

    wrong = signed_in.post(
        url, {"lines": "Ann, ann@example.org, Council\nBo,,,director", "step": "add"}
    )
    right = signed_in.post(url, {"lines": "Ann, ann@example.org\nBo", "step": "add"}, follow=True)

    told = [(p.number, p.reason) for p in wrong.context["form"].pasted.problems]
    assert [number for number, _ in told] == [1, 2]
    assert all("no organisation or role here" in reason for _, reason in told)
    assert said(right) == ["Added 2 people."]
    assert on_list(draft) == [("Ann", "outside", None, ""), ("Bo", "outside", None, "")]


def test_the_list_shows_both_parts_apart(signed_in, facilitator, draft):
    add_carers(draft, facilitator, "Ann", "Bo")
    add_people(round_=draft, people=[NewPerson("Lee")], actor=facilitator, now=timezone.now())

    response = signed_in.get(of_round("round_people", draft))

    assert [person.name for person in response.context["people"]] == ["Lee"]
    assert [person.name for person in response.context["outside"]] == ["Ann", "Bo"]
    assert "1 leader and 2 people from outside" in response.content.decode()


def test_a_round_of_leaders_offers_no_part_for_outside(signed_in, content, partnership):
    text = read(signed_in, of_round("round_people", make_round(partnership, people=5)))

    assert "outside" not in text
    assert "5 people on the list" in text


def test_an_open_round_that_does_not_ask_them_refuses_people_outside(
    signed_in, content, partnership
):
    round_ = make_open_round(partnership)

    response = fill(signed_in, outside(of_round("person_create", round_)), name="Ann")

    assert "asks people outside the leadership nothing" in response.content.decode()
    assert round_.participants.count() == 6


@pytest.fixture
def round_(draft, facilitator):
    people = [NewPerson(f"Leader {place}", f"l{place}@example.org") for place in range(6)]
    add_people(round_=draft, people=people, actor=facilitator, now=timezone.now())
    add_carers(draft, facilitator, "Ann", "Bo")
    return open_round(round_=draft, actor=facilitator, now=timezone.now())


def test_progress_counts_each_audience_with_its_places(signed_in, round_, now):
    leader, *_ = round_.participants.filter(audience="leaders")
    ann, bo = round_.participants.filter(audience="outside")
    answer_all(leader)
    begin(bo)
    print_tickets(round_, 8)
    respond(round_, 3)
    show_code(round_, 20, now)
    respond(round_, 5, is_joined=True)
    print_tickets(round_, 4, audience="outside")
    respond(round_, 1, audience="outside")

    text = read(signed_in, of_round("round_detail", round_))

    assert "9 of 34 leaders have answered" in text
    assert "6 named, 8 tickets, 20 in the room." in text
    assert "1 of 6 people outside the leadership has answered." in text
    assert "2 named, 4 tickets." in text
    assert "7 people have not submitted" in text
    assert leader.name not in text
    assert ann.name in text


def test_no_page_says_which_ticket_was_used(signed_in, round_):
    """The same pages whether answers came by one ticket or by another."""
    one, other = print_tickets(round_, 2)
    respond(round_, 1)
    pages = [of_round(name, round_) for name in ("round_detail", "round_close", "round_people")]
    seen = []
    for ticket in (one, other):
        Response.objects.filter(is_named=False).update(claim_digest=ticket.digest)
        seen.append([_plain(signed_in.get(url).content.decode()) for url in pages])

    assert seen[0] == seen[1]
    assert not any(str(ticket.pk) in page for ticket in (one, other) for page in seen[0])


def _plain(text):
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_more_answers_than_people_are_told_before_closing(signed_in, round_, now):
    for person in round_.participants.filter(audience="leaders"):
        answer_all(person)
    show_code(round_, 2, now)
    respond(round_, 3, is_joined=True)

    for name in ("round_detail", "round_close"):
        text = read(signed_in, of_round(name, round_))
        assert "More answers than people." in text
        assert "3 people have answered by the code, and you counted 2 in the room" in text
        assert "in three bands and nothing else, because more have answered" in text
        assert "The full spread of answers to each statement" not in text


def test_the_overview_counts_places_of_leaders(signed_in, round_, now):
    show_code(round_, 14, now)
    respond(round_, 4, is_joined=True)
    show_code(round_, 50, now, audience="outside")

    text = read(signed_in, of_round("round_detail", round_).split("rounds/")[0])

    assert "4 of 20" in text


def test_the_check_before_closing_speaks_of_each_audience(signed_in, round_):
    for person in round_.participants.filter(audience="leaders"):
        answer_all(person)

    text = read(signed_in, of_round("round_close", round_))

    assert "6 of 6 leaders have answered." in text
    assert "Of the people outside the leadership 0 of 2 have." in text
    assert "It cannot be closed yet" in text
    assert "leaders and people outside alike" in text
    assert "Nothing yet. 5 people have to answer" in text


def test_progress_asks_no_more_for_more_places(signed_in, facilitator, round_, now):
    one = count_queries(signed_in, of_round("round_detail", round_))
    print_tickets(round_, 5)
    show_code(round_, 9, now)
    respond(round_, 3)
    add_carers(round_, facilitator, "Cy", "Di")

    assert count_queries(signed_in, of_round("round_detail", round_)) == one


def test_links_say_who_stands_outside_and_nothing_of_news_of_people(
    signed_in, facilitator, round_, settings, now
):
    settings.CAN_SEND_MAIL = True
    begin(round_.participants.filter(audience="leaders").first())
    add_people(
        round_=round_, people=[NewPerson("Late")], actor=facilitator, now=now - timedelta(hours=2)
    )
    assert OutgoingMail.objects.filter(template="people_added").exists()
    queued = read(signed_in, of_round("round_links", round_))
    OutgoingMail.objects.update(status="failed", failure="The mail server refused it (550).")

    failed = read(signed_in, of_round("round_links", round_))

    assert "Outside the leadership, ann@example.org" in queued
    for text in (queued, failed):
        assert "People were added" not in text
        assert "waits to be sent" not in text
        assert "has failed" not in text


def test_adding_while_open_says_what_follows(signed_in, round_, settings):
    names = ("round_people", "person_create", "people_paste")
    silent = [read(signed_in, of_round(name, round_)) for name in names]
    settings.CAN_SEND_MAIL = True
    loud = [read(signed_in, of_round(name, round_)) for name in names]

    assert all("their page tells of it." in text for text in silent)
    assert all("an hour later an e-mail does" in text for text in loud)
