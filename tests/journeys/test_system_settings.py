"""What people set for the whole system: contrast themes, more contrast, less motion, zoom."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.services.links import list_links
from tests.factories import make_open_round, make_organisation, make_partnership, make_people
from tests.journeys.devices import begin
from tests.results.rounds import by_factor, close_with

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

DESK, ZOOMED = {"width": 1280, "height": 900}, {"width": 320, "height": 225}
# What the browser paints, both as it is computed: colours by name become figures.
STYLE = "(element, [name]) => getComputedStyle(element).getPropertyValue(name)"


@pytest.fixture
def link(content, live_server, settings):
    settings.BASE_URL = live_server.url
    partnership = make_partnership()
    round_ = make_open_round(partnership, people=5)
    council = make_organisation(partnership, "Northvale Council")
    [person] = make_people(round_, 1, organisation=council)
    return list_links(round_, [person])[person]


@pytest.fixture
def open_browser(browser, live_server):
    contexts = []

    def open_browser(viewport=DESK, **settings) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **settings)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: note_stranger(page, request.url, live_server.url))
        return page

    yield open_browser
    for context in contexts:
        context.close()


def note_stranger(page: Page, address: str, own: str) -> None:
    if not address.startswith((own, "data:", "blob:")):
        page.complaints.append(f"asked another site: {address}")


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(STYLE, [name])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_theme_reaches_drawings_scale_and_buttons(open_browser, link, scheme):
    page = open_browser(forced_colors="active", color_scheme=scheme)

    page.goto(reverse("home"))
    assert style(page, ".hero-svg text", "fill") == style(page, "body", "color")

    reach_statements(page, link)
    chosen = page.locator("fieldset.st").nth(0).get_by_label("Usually", exact=True)
    chosen.focus()
    page.keyboard.press("Space")
    borders = [
        style(page, f".opt:has(input{state})", "border-top-color")
        for state in (":checked", ":not(:checked)")
    ]
    assert borders[0] != borders[1] == style(page, "body", "background-color")
    assert style(page, ".opt:has(input:checked)", "outline-style") == "solid"
    assert style(page, ".opt input", "appearance") == "auto"
    assert style(page, ".dock .btn-primary", "forced-color-adjust") == "none"
    assert style(page, ".dock .btn-primary", "color") != style(
        page, ".dock .btn-primary", "background-color"
    )
    assert page.complaints == []


def test_contrast_theme_keeps_the_servers_radar(content, open_browser, live_server):
    round_ = close_with(by_factor(PC=5, SC=(1, 5), AL=3, LT=2))
    page = open_browser(forced_colors="active")
    sign_in(page, round_, live_server.url)

    page.goto(reverse("round_results", args=[round_.partnership_id, round_.pk]))
    page.wait_for_load_state("networkidle")

    expect(page.locator("#factors .radar-place")).to_have_class("radar-place")
    assert page.evaluate("typeof window.Plotly") == "undefined"
    assert style(page, "#factors .only-wide .now-l", "stroke") != style(page, "body", "color")
    assert style(page, ".bar .f1", "fill") == style(page, "body", "color")
    assert page.complaints == []


def test_more_contrast_makes_rules_and_borders_as_strong_as_words(open_browser, link):
    page = open_browser(contrast="more")

    reach_statements(page, link)

    ink = style(page, "body", "color")
    assert style(page, "fieldset.st .scale", "border-top-color") == ink
    assert style(page, ".opt input", "border-top-color") == ink
    assert page.complaints == []


def test_nothing_moves_for_those_who_ask_for_less(open_browser, link):
    page = open_browser(reduced_motion="reduce")

    for address in (reverse("home"), link):
        page.goto(address)
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].filter((one) => {"
            " const style = getComputedStyle(one);"
            " return parseFloat(style.transitionDuration) || parseFloat(style.animationDuration);"
            "}).map((one) => one.outerHTML.slice(0, 80))"
        )
        assert moving == []
    assert page.complaints == []


def test_four_hundred_per_cent_zoom_needs_no_sideways_scroll(open_browser, link):
    page = open_browser(viewport=ZOOMED)
    public = ["home", "guide", "privacy", "accessibility", "sources", "account_login"]

    wide = []
    for address in (*(reverse(name) for name in public), link):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(address)

    assert wide == []
    assert page.complaints == []


def reach_statements(page: Page, link: str) -> None:
    begin(page, link)
    page.locator("fieldset.st").first.wait_for()
    # The statements are there before the stylesheet is.
    page.wait_for_load_state("load")


def sign_in(page: Page, round_, url: str) -> None:
    client = Client()
    client.force_login(round_.partnership.facilitations.get().user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
