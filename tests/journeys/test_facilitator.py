"""The whole way of a facilitator, in a real browser: from signing in to a closed round."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assessments.models.partnerships import Partnership
from assessments.models.rounds import ParticipantState, Round
from tests.factories import answer_all, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}
PASTED = """Name\tE-mail\tOrganisation\tRole
Jane Field\tjane@example.org\tNorthvale Council\tDirector
"Marsh, Tom"\ttom@example.org\tNorthvale Hospitals\tChief executive
Aisha Khan\taisha@example.org
Rob Lindley
Mary O'Neill\tmary@example.org\tNorthvale Council"""
BROKEN = PASTED + "\nChen Wei\tchen@example\nLucy Abbot\tlucy@example.org\t\tEmperor"
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(params=SIZES)
def page(request, new_context, live_server, settings):
    settings.BASE_URL = live_server.url
    context = new_context(
        viewport=SIZES[request.param],
        base_url=live_server.url,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    return page


# The browser reports the status of a page that refuses a form as an error of the network.
REFUSED_FORM = re.compile(r"status of (403|422)")


class Checks:
    """What holds on every page: no error or CSP violation, no sideways scroll, axe content."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def look(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        # The heading is there before the stylesheets are.
        self.page.wait_for_load_state("load")
        assert self.complaints == []
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        for summary in self.page.locator("main summary").all():
            summary.click()
        result = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": ALL_RULES}})
        # axe measures with styles of its own, which the policy of the page forbids.
        self.complaints.clear()
        assert result.violations_count == 0, result.generate_report()

    def _listen(self, message) -> None:
        if message.type in ("error", "warning") and not REFUSED_FORM.search(message.text):
            self.complaints.append(message.text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def sign_in(page: Page, email: str) -> None:
    page.goto("/partnerships/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill("only-for-tests")
    page.locator("main").get_by_role("button", name="Sign in").click()


def test_from_signing_in_to_a_closed_round(content, page):
    make_user("Amara Osei", "amara@example.org")
    checks = Checks(page)
    sign_in(page, "amara@example.org")
    checks.look("Your partnerships")

    set_up_partnership(page, checks)
    set_up_round(page, checks)
    fill_the_list(page, checks)
    open_the_round(page, checks)
    copy_links(page, checks)
    watch_and_close(page, checks)


def set_up_partnership(page: Page, checks: Checks) -> None:
    follow(page, "Add a partnership")
    press(page, "Add the partnership")
    checks.look("Add a partnership")
    page.get_by_label("Name").fill("Northvale Place Partnership")
    page.get_by_label("What it is for").fill("Care that fits together.")
    press(page, "Add the partnership")
    for name, sector in (("Northvale Council", "Councils"), ("Northvale Hospitals", "NHS trusts")):
        follow(page, "Add an organisation")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Sector").select_option(sector)
        checks.look("Add an organisation")
        press(page, "Add the organisation")
    follow(page, "Northvale Council")
    checks.look("Change Northvale Council")
    follow(page, "Remove this organisation")
    checks.look("Remove Northvale Council?")
    follow(page, "Cancel")
    checks.look("Northvale Place Partnership")


def set_up_round(page: Page, checks: Checks) -> None:
    follow(page, "Set up the first round")
    page.get_by_label("Why you ask").fill("We want to hear how you see it.")
    page.get_by_label("Six ways of leading").check()
    page.get_by_label("Is this a systems leadership problem?").check()
    page.get_by_label("Ask people outside").check()
    page.get_by_label("Smallest group").fill("3")
    press(page, "Save as a draft")
    checks.look("Set up a round")
    page.get_by_role("alert").get_by_role("link", name="Name the problem").click()
    expect(page.get_by_label("The problem of the quick test")).to_be_focused()
    page.keyboard.type("People wait too long to go home")
    expect(page.get_by_label("Why you ask")).to_have_value("We want to hear how you see it.")
    expect(page.get_by_label("Six ways of leading")).to_be_checked()
    page.get_by_label("Smallest group").fill("5")
    press(page, "Save as a draft")
    checks.look("Round 1 is a draft")
    expect(page.locator("main")).to_contain_text("The problem: People wait too long to go home")


def fill_the_list(page: Page, checks: Checks) -> None:
    follow(page, "Put people on the list")
    checks.look("0 leaders and 0 people from outside")
    follow(page, "Paste a list of leaders")
    page.get_by_label("People, one a line").fill(BROKEN)
    press(page, "Check the list")
    expect(page.get_by_role("row", name="7 Chen Wei")).to_contain_text("not a whole e-mail")
    expect(page.get_by_role("row", name="8 Lucy Abbot")).to_contain_text("Emperor")
    expect(page.get_by_label("People, one a line")).to_have_value(BROKEN)
    checks.look("Check the list of people")
    page.get_by_label("People, one a line").fill(PASTED)
    press(page, "Check the list")
    checks.look("Check the list of people")
    press(page, "Add 5 people")
    checks.look("5 leaders and 0 people from outside")
    follow(page, "Add one leader")
    page.get_by_label("Name").fill("Late Comer")
    checks.look("Add a person")
    press(page, "Add to the list")
    follow(page, "Change Late Comer")
    page.get_by_label("Name").fill("Chen Wei")
    checks.look("Change Late Comer")
    press(page, "Save")
    follow(page, "Add one person from outside")
    page.get_by_label("Name").fill("Ann Carer")
    checks.look("Add a person from outside")
    press(page, "Add to the list")
    checks.look("6 leaders and 1 person from outside")
    follow(page, "Back to the round")


def open_the_round(page: Page, checks: Checks) -> None:
    follow(page, "Check before opening")
    expect(page.locator("main")).to_contain_text("Amara Osei, after the close")
    checks.look("Check before opening")
    press(page, "Open the round")
    expect(page.get_by_role("status").first).to_contain_text("The round is open.")


def copy_links(page: Page, checks: Checks) -> None:
    checks.look("Personal links")
    expect(page.locator("main")).to_contain_text("No mail server is set up here")
    page.get_by_role("button", name="Copy the link of Jane Field").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied the link of Jane Field.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Jane Field").input_value()
    press(page, "Copy all lines")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert len(lines) == 7
    assert f"Jane Field\tjane@example.org\t{copied}" in lines
    follow(page, "Make a new link for Jane Field")
    checks.look("Make a new link for Jane Field?")
    press(page, "Make a new link")
    assert page.get_by_label("Jane Field").input_value() != copied
    follow(page, "See who has answered")
    checks.look("0 of 6 leaders have answered")


def watch_and_close(page: Page, checks: Checks) -> None:
    round_ = Round.objects.get()
    follow(page, "Check and close this round")
    checks.look("Close this round")
    expect(page.locator("main")).to_contain_text("It cannot be closed yet")
    follow(page, "Back to the round")
    outside = round_.participants.filter(audience="outside")
    for person in [*round_.participants.filter(audience="leaders")[:5], *outside]:
        answer_all(person)
    # The page asks again when it comes back into view, so nobody has to reload it.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-live-said]")).to_have_text("5 of 6 leaders have answered")
    checks.look("5 of 6 leaders have answered")
    expect(page.locator("main")).to_contain_text("1 of 1 people outside the leadership has")
    follow(page, "Move the end date")
    checks.look("Move the end date")
    press(page, "Move the end date")
    follow(page, "Check and close this round")
    press(page, "Close the round for good")
    expect(page.get_by_role("alert")).to_contain_text("Type CLOSE to close the round")
    checks.look("Close this round")
    page.get_by_label("To close the round").fill("CLOSE")
    press(page, "Close the round for good")
    checks.look("Closed: 5 of 6 answered")
    assert not ParticipantState.objects.exists()
    follow(page, "Look and share")
    checks.look("Share the results?")
    press(page, "Share the results")
    checks.look("Closed: 5 of 6 answered")
    follow(page, "Who was on the list")
    checks.look("6 leaders and 1 person from outside")
    copy_the_round(page, checks)
    follow(page, "Partnerships")
    expect(page.locator("main")).to_contain_text("Draft")
    checks.look("Your partnerships")
    assert Partnership.objects.get().name == "Northvale Place Partnership"


def copy_the_round(page: Page, checks: Checks) -> None:
    follow(page, "Northvale Place Partnership")
    follow(page, "Copy the last round")
    expect(page.locator("main")).to_contain_text("6 leaders and 1 person from outside")
    checks.look("Copy round 1")
    press(page, "Copy as a draft")
    checks.look("Round 2 is a draft")
