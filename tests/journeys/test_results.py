"""The results page in a real browser: phone and desk, with and without JavaScript, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from assessments.services import keys
from tests.factories import owner_of
from tests.results.rounds import EVERYTHING, by_factor, close_with

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
OPEN_FOLDS = "document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


@pytest.fixture
def closed_round(content, monkeypatch):
    monkeypatch.setattr(keys, "SCRYPT_COST", {"n": 2, "r": 1, "p": 1})
    return close_with(by_factor(PC=5, SC=(1, 5), AL=3, LT=2), codes=EVERYTHING)


@pytest.fixture
def open_page(browser, browser_context_args, live_server, closed_round):
    """Opens the page of a round as its owner; `page.said` collects the browser's complaints."""
    contexts = []

    def open_page(round_=closed_round, **options):
        context = browser.new_context(**{**browser_context_args, "viewport": DESK, **options})
        contexts.append(context)
        signed_in = Client()
        signed_in.force_login(owner_of(round_.partnership))
        session = signed_in.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        path = reverse("round_results", args=[round_.partnership_id, round_.pk])
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def find_violations(page):
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_plotly_takes_over_from_the_drawing_without_a_complaint(open_page):
    page = open_page()

    live = page.locator("#factors .radar-place")
    expect(live).to_have_class("radar-place is-live", timeout=20_000)
    expect(live.locator(".radar-live .js-plotly-plot, .radar-live.js-plotly-plot")).to_be_visible()
    expect(live.locator(".only-wide svg.chart .radar-data").first).to_have_css("opacity", "0")
    assert page.said == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_page_has_no_violations_of_wcag(open_page, size, colours):
    page = open_page(viewport=size, color_scheme=colours)
    if size is DESK:
        expect(page.locator("#factors .radar-place")).to_have_class("radar-place is-live")
    page.evaluate(OPEN_FOLDS)

    assert page.said == []
    assert fits(page)
    assert find_violations(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_page_says_everything_without_javascript(open_page, size):
    page = open_page(viewport=size, java_script_enabled=False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("views differ on conflict")
    radar = page.locator("#factors svg.radar:visible")
    expect(radar).to_have_count(1)
    page.get_by_text("These figures as a table").first.click()
    row = page.locator("#factors tbody tr").nth(2)
    expect(row).to_contain_text("Surfacing and resolving conflict")
    expect(row).to_contain_text("Views differ")
    page.locator(".opening summary").first.click()
    expect(page.get_by_text("To think about together").first).to_be_visible()


def test_phone_keeps_the_drawing_and_loads_no_plotly(open_page):
    page = open_page(viewport=PHONE)
    page.locator("#ways").scroll_into_view_if_needed()
    page.wait_for_timeout(300)

    expect(page.locator("#factors .only-narrow svg.radar")).to_be_visible()
    expect(page.locator(".is-live")).to_have_count(0)
    assert page.evaluate("typeof window.Plotly") == "undefined"
    assert page.said == []


def test_paper_has_folded_tables_open_and_no_controls(open_page):
    page = open_page()
    page.emulate_media(media="print")

    table = page.locator("#factors table")
    assert table.bounding_box()["height"] > 100
    expect(page.get_by_role("link", name="Share with the leaders")).to_be_hidden()
    expect(page.locator("#factors svg.radar:visible")).to_have_count(1)


def test_contents_are_reached_by_keyboard(open_page):
    page = open_page()
    page.get_by_role("link", name="What to talk about first").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#talk")).to_be_in_viewport()
    summary = page.locator("#talk summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#talk details").first).to_have_attribute("open", "")


def test_small_and_empty_rounds_have_no_violations(open_page):
    for round_ in (
        close_with(by_factor(SC=(1, 5)), people=6),
        close_with(by_factor(), people=5, helpers=1),
    ):
        page = open_page(round_, viewport=PHONE)
        page.evaluate(OPEN_FOLDS)

        assert page.said == []
        assert fits(page)
        assert find_violations(page) == []
