"""A page for every moment: the promise, taking answers out, a dead link, closed, and shared."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models.dialogue import AgreedPosition, Session
from assessments.models.responses import Answer, Response
from assessments.models.rounds import Round
from assessments.services.closing import close_round
from assessments.services.links import list_links
from assessments.services.rosters import NewPerson, add_people, issue_new_link, remove_person
from assessments.services.rounds import share_results
from tests.factories import answer_all, owner_of
from tests.journeys.devices import answer_page, begin, go_on, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("size", ["desktop"], indirect=True),
]


def test_from_the_promise_to_what_we_see_together(devices, link, round_, person):
    page = devices.open()
    page.goto(link)
    page.get_by_text("Everybody asked: Northvale Place Partnership").click()
    devices.look_at_both_sizes(page, "How well do we lead together?")
    begin(page, link)
    answer_page(page)
    go_on(page)
    home = page.url.partition("five_factors")[0]
    add(round_, "Ada Okoro", person)

    page.goto(home)
    expect(page.get_by_text("1 person was added to the list")).to_be_visible()
    expect(page.get_by_text("Ada Okoro (Your sector: ")).to_be_visible()
    devices.look_at_both_sizes(page, "Your way through")
    page.get_by_role("link", name="Our promise to you").click()
    devices.look(page, "How well do we lead together?")
    page.get_by_role("link", name="Back", exact=True).click()

    take_out(devices, page)
    code = answer_anew(page, link)
    for other in round_.participants.exclude(pk=person.pk):
        answer_all(other)
    look_after_the_close(devices, page, home, round_)
    look_once_shared(devices, page, home, round_)
    look_elsewhere(devices, link, code)


def take_out(devices, page: Page) -> None:
    """Asked first, then done: nothing is left, and the same link begins anew."""
    page.get_by_role("link", name="Take my answers out").click()
    devices.look_at_both_sizes(page, "Take all your answers out?")
    page.get_by_role("link", name="Keep my answers").click()
    assert Answer.objects.count() == 6
    page.get_by_role("link", name=re.compile("^Review and submit")).click()
    press(page, "Submit")
    page.get_by_role("link", name="Change my answers").click()
    page.get_by_role("link", name="Take this part out").click()
    devices.look_at_both_sizes(page, "Take this part out?")
    press(page, "Delete this part")
    devices.look(page, "This part is deleted")
    assert (Response.objects.count(), Answer.objects.count()) == (1, 0)
    page.goto(page.url.replace("five_factors/withdraw", "withdraw"))
    press(page, "Delete all my answers")
    devices.look(page, "Your answers are deleted")
    assert Response.objects.count() == 0


def answer_anew(page: Page, link: str) -> str:
    code = begin(page, link)
    answer_page(page, "Occasionally")
    go_on(page)
    page.goto(page.url.partition("five_factors")[0] + "five_factors/review/")
    press(page, "Submit")
    return code


def look_after_the_close(devices, page: Page, home: str, round_) -> None:
    close_round(round_=round_, actor=None, now=timezone.now())
    page.goto(home)
    devices.look_at_both_sizes(page, "This round has closed")
    expect(page.get_by_role("heading", name="Your own answers", exact=True)).to_be_visible()
    expect(page.get_by_text("All of you")).to_have_count(0)
    page.get_by_role("link", name="why that is so").click()
    devices.look(page, "Answers can no longer be taken out")


def look_once_shared(devices, page: Page, home: str, round_) -> None:
    round_.refresh_from_db()
    session = Session.objects.create(round=round_, held_on=date(2026, 3, 4))
    AgreedPosition.objects.create(session=session, kind="agreement", text="We meet on Mondays.")
    share_results(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())
    page.goto(home)
    devices.look_at_both_sizes(page, "What we see together")
    expect(page.get_by_role("columnheader", name="All of you")).to_be_visible()
    expect(page.get_by_role("columnheader", name="You", exact=True)).to_be_visible()
    expect(page.locator("svg.radar:visible .mine-d")).to_have_count(1)
    expect(page.get_by_text("We meet on Mondays.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print or save this page")).to_be_hidden()
    expect(page.locator("svg.radar:visible")).to_have_count(1)
    page.emulate_media(media="screen")


def look_elsewhere(devices, link: str, code: str) -> None:
    """Another device: the link shows the whole, the code one's own beside it."""
    page = devices.open()
    page.goto(link)
    devices.look(page, "The results are here")
    press(page, "Open")
    devices.look_at_both_sizes(page, "What we see together")
    expect(page.locator(".mine-d")).to_have_count(0)
    page.get_by_label("Your return code").fill(code)
    press(page, "Open my answers")
    expect(page.locator("svg.radar:visible .mine-d")).to_have_count(1)


def test_links_that_open_nothing_any_more_and_rounds_that_came_to_nothing(devices, round_, person):
    owner, now = owner_of(round_.partnership), timezone.now()
    replaced, removed, *_ = round_.participants.exclude(pk=person.pk)
    links = list_links(round_, [replaced, removed, person])
    issue_new_link(participant=replaced, actor=owner, now=now)
    page = devices.open()

    page.goto(links[replaced])
    devices.look_at_both_sizes(page, "This link was replaced")
    address = links[removed]
    remove_person(participant=removed, actor=owner, now=now)
    page.goto(address)
    devices.look(page, "You have been taken off this list")
    page.goto(links[person][:-4])
    devices.look(page, "This link does not work")
    page.goto(f"/answer/{round_.pk}/")
    devices.look(page, "Please open your personal link")

    Round.objects.update(ends_at=now)
    page.goto(links[person])
    devices.look(page, "This round has ended")
    press(page, "Open")
    devices.look(page, "This round has ended")
    close_round(round_=round_, actor=None, now=now)
    page.goto(links[person])
    expect(page.get_by_text("all answers have been deleted")).to_be_visible()
    press(page, "Open")
    devices.look_at_both_sizes(page, "This round has closed")
    expect(page.get_by_text("Open my answers")).to_have_count(0)


def add(round_, name: str, like) -> None:
    person = NewPerson(name=name, organisation=like.organisation, role_level=like.role_level)
    add_people(
        round_=round_, people=[person], actor=owner_of(round_.partnership), now=timezone.now()
    )
