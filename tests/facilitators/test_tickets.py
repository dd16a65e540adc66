"""Slips: made for a group, printed eight a page, deleted while unused; a paper form typed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.rounds import Round, Ticket
from assessments.services.tickets import list_slips
from tests.facilitators.pages import count_queries, fill, of_round, said
from tests.factories import answer_all, make_open_round, make_organisation, make_round, make_slips


@pytest.fixture
def round_(content, partnership):
    make_organisation(partnership, "Northvale Council")
    return make_open_round(partnership, people=5)


@pytest.fixture
def council(round_):
    return round_.partnership.organisations.get()


def print_page(client, round_, group="leaders"):
    return client.get(of_round("ticket_slips", round_, group))


def test_slips_are_made_for_an_organisation(signed_in, round_, council):
    page = fill(signed_in, of_round("round_tickets", round_), number="12", group=str(council.pk))

    assert said(page) == ["12 slips are made. Print them next."]
    assert Ticket.objects.filter(organisation=council, audience="leaders").count() == 12
    assert [(one.name, one.slips) for one in page.context["made"]] == [("Northvale Council", 12)]


@pytest.mark.parametrize("number", ["0", "201", "many", ""])
def test_a_bad_number_makes_nothing_and_says_what_to_do(signed_in, round_, number):
    page = fill(signed_in, of_round("round_tickets", round_), number=number, group="leaders")

    assert page.status_code == 422
    assert page.context["form"].errors["number"]
    assert Ticket.objects.count() == 0


def test_people_outside_are_offered_only_where_they_are_asked(signed_in, round_, council):
    page = signed_in.get(of_round("round_tickets", round_))

    keys = [key for key, _ in page.context["form"].fields["group"].choices]
    assert keys == ["leaders", str(council.pk)]


def test_the_print_holds_every_slip_of_the_group_and_no_other(signed_in, round_, council):
    make_slips(round_, 9)
    make_slips(round_, 2, organisation=council)
    slips = list_slips(round_=round_, audience="leaders", organisation=None, now=timezone.now())

    page = print_page(signed_in, round_)

    text = page.content.decode()
    assert [text.count(slip.typed) for slip in slips] == [1] * 9
    assert text.count('<svg class="qr"') == 9
    assert [len(sheet) for sheet in page.context["pages"]] == [8, 1]
    assert "no-store" in page["Cache-Control"]


def test_the_print_says_no_name_no_number_and_the_promise(signed_in, round_):
    make_slips(round_, 3)

    text = print_page(signed_in, round_).content.decode()

    sheet = text[text.index('<ul class="slip-page"') :]
    assert not [person.name for person in round_.participants.all() if person.name in sheet]
    assert sheet.count("never fewer than 5 people") == 3
    assert "slip 1" not in sheet.lower()


def test_the_print_is_the_same_whoever_has_answered(signed_in, round_):
    first = make_slips(round_, 3)[0]
    before = print_page(signed_in, round_).context["pages"]
    answer_all(first)

    assert print_page(signed_in, round_).context["pages"] == before


def test_the_page_says_how_many_were_used_and_never_which(signed_in, round_, council):
    used = make_slips(round_, 2, organisation=council)[0]
    make_slips(round_, 3)
    answer_all(used)

    text = signed_in.get(of_round("round_tickets", round_)).content.decode()

    assert "1 of 5 slips have been used" in text
    assert str(used.pk) not in text


def test_only_unused_slips_are_deleted(signed_in, round_):
    used = make_slips(round_, 3)[0]
    answer_all(used)
    url = of_round("tickets_delete_unused", round_, "leaders")
    assert signed_in.get(url).status_code == 200
    assert Ticket.objects.count() == 3

    page = signed_in.post(url, follow=True)

    assert said(page) == ["The slips that nobody had used are deleted. Throw their paper away."]
    assert list(Ticket.objects.all()) == [used]


def test_a_paper_form_is_typed_in_through_a_place_of_its_own(signed_in, client, round_, council):
    response = signed_in.post(of_round("ticket_paper", round_), {"paper_group": str(council.pk)})

    assert Ticket.objects.get().organisation == council
    path = "/a/" + response.url.rsplit("/", 1)[1]
    page = client.get(path)
    assert page.status_code == 200
    assert b"Other people will use this device after me" in page.content
    assert "no-store" in response["Cache-Control"]


def test_no_slips_unless_the_round_is_open(signed_in, round_, content, partnership):
    make_slips(round_, 1)
    draft = make_round(partnership)
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now() - timedelta(hours=1))

    for name, of, things in (
        ("round_tickets", draft, ()),
        ("ticket_slips", draft, ("leaders",)),
        ("ticket_slips", round_, ("leaders",)),
    ):
        page = signed_in.get(of_round(name, of, *things), follow=True)
        assert said(page) == ["Slips can be made and printed only while the round is open."]
    page = signed_in.post(of_round("round_tickets", draft), {"number": "3", "group": "leaders"})
    assert page.status_code == 422
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "thing"), [("ticket_slips", "nobody"), ("tickets_delete_unused", "outside")]
)
def test_a_group_that_is_not_there_is_not_found(signed_in, round_, name, thing):
    assert signed_in.get(of_round(name, round_, thing)).status_code == 404


def test_no_query_more_for_more_slips(signed_in, round_):
    counted = []
    for more in (1, 20):
        make_slips(round_, more)
        counted.append(
            [
                count_queries(signed_in, of_round("round_tickets", round_)),
                count_queries(signed_in, of_round("ticket_slips", round_, "leaders")),
            ]
        )

    assert counted[0] == counted[1]
