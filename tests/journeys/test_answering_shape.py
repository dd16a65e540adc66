"""Every page of somebody who answers, on the smallest screen and with the largest text."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import answer_page, choose, go_on, press, wait_until_saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

SMALLEST = {"width": 320, "height": 640}
# 1280 by 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256}

# Links within a sentence are exempt (WCAG 2.5.8), and a short word is as wide as it is; a radio
# is hit by its label.
SMALL_TARGETS = """() => {
    const found = [];
    const controls = "a[href], button, summary, input, select, textarea";
    for (const one of document.querySelectorAll(controls)) {
        const isChoice = ["radio", "checkbox"].includes(one.type);
        const target = isChoice ? one.closest("label, .form-check") : one;
        const { width, height } = target.getBoundingClientRect();
        const isSeen = target.checkVisibility() && width > 1 && one.type !== "hidden";
        const isInSentence = one.localName === "a" && getComputedStyle(one).display === "inline"
            && one.parentElement.textContent.trim() !== one.textContent.trim();
        if (!isSeen || isInSentence || one.matches(".skip, [aria-hidden]")) continue;
        const words = target.textContent.trim();
        const least = one.matches("a:not(.btn)") ? 24 : 44;
        if (width < least || height < 43.9) found.push(`${words} ${width} x ${height}`);
    }
    return found;
}"""
# WCAG 1.4.12, set as a person's own stylesheet would.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
LARGE_TEXT = "html { font-size: 200% !important; }"
WEAR = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
# What sticks out, and what is cut off or lies over something else.
BROKEN = """() => [
    ...(document.documentElement.scrollWidth <= innerWidth ? [] : ["wider than the screen",
        ...[...document.querySelectorAll("main *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => `${one.localName}.${one.className}`)]),
    ...[...document.querySelectorAll("button, .btn, .opt, .apart label, legend, h1, h2, summary")]
        .filter((one) => one.checkVisibility() && one.clientWidth > 1
            && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2))
        .map((one) => `${one.localName} ${one.textContent.trim()} is cut`),
]"""


def check_shape(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state("load")
    assert page.evaluate(SMALL_TARGETS) == []
    for css in ("", SPACED, LARGE_TEXT):
        page.evaluate(WEAR, css)
        assert page.evaluate(BROKEN) == [], (heading, css)
    page.evaluate(WEAR, "")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_every_page_keeps_its_shape(devices, link):
    page = devices.open()
    page.set_viewport_size(SMALLEST)
    page.goto(link)
    press(page, "Start, about 6 minutes")
    check_shape(page, "Is this right?")
    page.get_by_label("No", exact=True).check()
    press(page, "Yes, go on")
    check_shape(page, "Keep this code")
    press(page, "I have kept it, go on")
    check_shape(page, "Your way through")
    page.get_by_role("link", name="Start, about 6 minutes").click()

    answer_page(page, leave_out=1)
    wait_until_saved(page)
    check_shape(page, "Shared vision and purpose")
    assert (
        page.locator(".opt").first.evaluate("one => getComputedStyle(one).transitionDuration")
        == "0s"
    )
    page.set_viewport_size(ZOOMED)
    assert read_style(page, ".dock", "position") == "static"
    assert page.evaluate(BROKEN) == []
    page.set_viewport_size(SMALLEST)
    check_progress(page)

    page.goto(re.sub(r"/SV/.*", "/review/", page.url))
    check_shape(page, "Ready to submit?")
    check_blind(devices, link)


def read_style(page: Page, place: str, name: str) -> str:
    return page.locator(place).first.evaluate(f"one => getComputedStyle(one).{name}")


def check_progress(page: Page) -> None:
    """The last answer finishes the dimension, in words and in both drawings."""
    page.set_viewport_size({"width": 1280, "height": 800})
    here = page.get_by_role("listitem").filter(has_text="you are here")
    expect(here).to_contain_text("Shared vision and purpose, you are here, 5 of 6 answered")
    expect(here.locator("[data-when=done]")).to_be_hidden()
    choose(page, 5, "Usually")
    expect(here).to_contain_text("Shared vision and purpose, you are here, 6 of 6 answered")
    expect(here.locator("[data-when=done]")).to_be_visible()
    expect(page.locator("line[data-part]")).to_have_attribute("stroke-dasharray", "1 1")
    wait_until_saved(page)
    go_on(page)
    page.go_back()
    expect(here.locator("[data-when=done]")).to_be_visible()
    page.set_viewport_size(SMALLEST)


def check_blind(devices, link: str) -> None:
    other = devices.open()
    other.set_viewport_size(SMALLEST)
    other.goto(link)
    press(other, "Go on where you were")
    press(other, "Go on without my code")
    check_shape(other, "Your way through")
    other.get_by_role("link", name="Shared vision and purpose").click()
    check_shape(other, "Shared vision and purpose")
