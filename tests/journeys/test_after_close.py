"""After the close: comments word by word, sharing as previewed, what leaders read, who did what."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models.results import CollectedComment
from assessments.services.closing import close_round
from assessments.services.links import list_links
from tests.factories import make_open_round, make_partnership, make_user, owner_of
from tests.journeys.devices import press
from tests.services.closing.rounds import answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("size", ["desktop"], indirect=True),
]

TEXTS = ["Open with the picture.", "Ask Dr Tom Marsh, he knows.", "He is <b>always</b> late."]


@pytest.fixture
def closed(content, devices):
    """Twelve answered, three of whom wrote something; everything went through the door."""
    partnership = make_partnership(make_user("Amara Osei"), "Northvale Place Partnership")
    round_ = make_open_round(partnership, people=12)
    people = list(round_.participants.all())
    link = list_links(round_, people)[people[0]]
    for place, person in enumerate(people):
        answer(person, lambda item: 4, comment=TEXTS[place] if place < len(TEXTS) else "")
    return close_round(round_=round_, actor=None, now=round_.ends_at), link


def test_from_comments_to_what_leaders_read(devices, closed, client):
    round_, link = closed
    page = sign_in(devices, client, owner_of(round_.partnership))

    page.goto("/partnerships/")
    expect(page.get_by_role("heading", name="3 comments wait for you")).to_be_visible()
    devices.look_at_both_sizes(page, "Your partnerships")
    page.get_by_role("link", name="Read the comments").click()
    devices.look_at_both_sizes(page, "3 comments to read")
    read_them(devices, page)

    share_it(devices, page)
    read_as_a_leader(devices, link)

    page.goto("/partnerships/")
    expect(page.get_by_text("Nothing. No round is open")).to_be_visible()
    page.get_by_role("link", name="Northvale Place Partnership", exact=True).click()
    page.get_by_role("link", name="Who did what, and when").click()
    devices.look_at_both_sizes(page, "Who did what")
    for words in ("shared the results", "took words out of 1 comment", "released 2 comments"):
        expect(page.get_by_text(f"Amara Osei {words}")).to_be_visible()


def sign_in(devices, client, user) -> Page:
    client.force_login(user)
    page = devices.open()
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([{**session, "url": devices.base_url}])
    return page


def read_them(devices, page: Page) -> None:
    """One held back, two released, of one of which the name is taken out; all with the keyboard."""
    comment_of(page, "always").get_by_role("button", name="Hold back").press("Enter")
    expect(comment_of(page, "always")).to_contain_text("Held back")
    expect(comment_of(page, "always")).to_be_focused()
    comment_of(page, "Marsh").get_by_role("link", name="Take words out").press("Enter")
    for word in ("Dr", "Tom", "Marsh,"):
        page.get_by_role("checkbox", name=word, exact=True).press("Space")
    devices.look_at_both_sizes(page, "Take words out")
    press(page, "Take the marked words out for good")
    for words in ("picture", "he knows"):
        comment_of(page, words).get_by_role("button", name="Release").press("Enter")
        expect(comment_of(page, words)).to_contain_text("Released")
    devices.look(page, "Every comment is read")
    stored = set(CollectedComment.objects.values_list("state", "text"))
    assert stored == {
        ("released", "Open with the picture."),
        ("released", "Ask […], he knows."),
        ("held_back", "He is <b>always</b> late."),
    }


def comment_of(page: Page, words: str):
    return page.locator(".written > li", has_text=words)


def share_it(devices, page: Page) -> None:
    page.get_by_role("link", name="Round 1").click()
    page.get_by_role("link", name="Look and share").click()
    devices.look_at_both_sizes(page, "Share the results?")
    expect(page.get_by_text("Ask […], he knows.")).to_be_visible()
    expect(page.get_by_text("<b>always</b>")).to_have_count(0)
    press(page, "Share the results")
    expect(page.get_by_text("Shared. Everybody who was asked")).to_be_visible()


def read_as_a_leader(devices, link: str) -> None:
    page = devices.open()
    page.goto(link)
    press(page, "Open")
    devices.look_at_both_sizes(page, "What we see together")
    for words in ("Open with the picture.", "Ask […], he knows."):
        expect(page.get_by_text(words)).to_be_visible()
    for words in ("Marsh", "<b>always</b>"):
        expect(page.get_by_text(words)).to_have_count(0)
