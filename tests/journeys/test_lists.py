"""A list from a spreadsheet, and a session that ends in the middle of a form, in a real browser."""

import io

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from tests.factories import make_organisation, make_partnership, make_round, make_user
from tests.journeys.test_facilitator import SIZES, Checks, follow, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [
    ("Name", "E-mail", "Organisation", "Role", "Phone"),
    ("Field, Jane", "jane@example.org", "Northvale Council", "Director", "+44 1"),
    ("=cmd|'/c calc'!A1", "x@example.org", None, None, None),
    ("Tom Marsh", "tom@example.org", "Harbour House", None, None),
]


@pytest.fixture(params=SIZES)
def page(request, new_context, live_server, settings):
    settings.BASE_URL = live_server.url
    page = new_context(viewport=SIZES[request.param], base_url=live_server.url).new_page()
    page.set_default_timeout(8000)
    return page


@pytest.fixture
def draft(content):
    owner = make_user("Amara Osei", email="amara@example.org")
    partnership = make_partnership(owner, "Northvale Place Partnership")
    make_organisation(partnership, "Northvale Council")
    return make_round(partnership)


def sign_in(page):
    page.locator("[name=login]").fill("amara@example.org")
    page.locator("[name=password]").fill("only-for-tests")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def as_file(rows, name="people.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return {"name": name, "mimeType": "application/octet-stream", "buffer": out.getvalue()}


def test_a_list_from_a_spreadsheet_and_a_session_that_ends(page, draft):
    checks = Checks(page)
    page.goto(f"/partnerships/{draft.partnership_id}/rounds/{draft.pk}/people/")
    sign_in(page)
    follow(page, "Upload a file")
    checks.look("Upload a list of people")

    pdf = {"name": "people.xlsx", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    page.locator("[type=file]").set_input_files(pdf)
    press(page, "Check the list")
    expect(page.get_by_role("alert")).to_contain_text("This file is not a spreadsheet.")
    checks.look("Upload a list of people")

    page.locator("[type=file]").set_input_files(as_file(ROWS))
    press(page, "Check the list")
    expect(page.get_by_role("row", name="3 =cmd")).to_contain_text("begins like a formula")
    checks.look("Check the list of people")

    lines = page.get_by_label("People, one a line")
    lines.fill(lines.input_value().replace("=cmd|'/c calc'!A1", "Kim Calc"))
    press(page, "Check the list")
    expect(page.locator("main")).to_contain_text("Phone. The columns are")
    press(page, "Add 3 people")
    expect(page.get_by_role("alert")).to_contain_text("Harbour House: Choose where it belongs")
    checks.look("Check the list of people")
    page.get_by_label("Harbour House").select_option(label="New, in Care providers")
    press(page, "Add 3 people")
    checks.look("3 people on the list")
    expect(page.get_by_role("heading", name="Harbour House Care providers")).to_be_visible()

    lose_the_session_in_a_form(page, checks)


def lose_the_session_in_a_form(page, checks):
    follow(page, "Change Tom Marsh")
    page.get_by_label("Name").fill("Thomas Marsh")
    page.context.clear_cookies(name="sessionid")
    press(page, "Save")
    checks.look("Not saved yet, and not lost")
    expect(page.get_by_label("Name")).to_have_value("Thomas Marsh")

    with page.context.expect_page() as opened:
        page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(opened.value)
    expect(opened.value.get_by_role("button", name="Sign out").first).to_be_attached()
    opened.value.close()
    press(page, "Send it once more")

    checks.look("3 people on the list")
    expect(page.locator("main")).to_contain_text("Thomas Marsh")
