"""Browsers of leaders: each with its own cookies, and what people do on them."""

import re
import time
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Statuses that pages answer on purpose; the browser reports them as errors of the network.
EXPECTED = re.compile(r"status of (403|404|409|410|422)|ERR_INTERNET_DISCONNECTED")


class Devices:
    """Opens devices: each has its own cookies, and listens for errors and CSP violations."""

    def __init__(self, browser, size, base_url):
        self.browser, self.size, self.base_url = browser, size, base_url
        self.complaints: list[str] = []
        self.contexts = []

    def open(self, *, javascript=True) -> Page:
        context = self.browser.new_context(
            viewport=SIZES[self.size],
            base_url=self.base_url,
            java_script_enabled=javascript,
            # Else a page glides to what has the focus, and is measured and clicked on its way.
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.contexts.append(context)
        page = context.new_page()
        self.watch(page)
        return page

    def watch(self, page: Page) -> None:
        page.set_default_timeout(8000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def look(self, page: Page, heading: str) -> None:
        """What holds on every page: its heading, no complaint, no sideways scroll, axe content.

        In the light with all rules; in the dark, where only colours differ, with that of contrast.
        """
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        # The heading is there before the stylesheets are.
        page.wait_for_load_state("load")
        assert self.complaints == []
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        self._find_barriers(page, {"type": "tag", "values": ALL_RULES})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        self._find_barriers(page, ["color-contrast"])
        page.emulate_media(color_scheme="light")
        # axe measures with styles of its own, which the policy of the page forbids.
        self.complaints.clear()

    def look_at_both_sizes(self, page: Page, heading: str) -> None:
        for size in (*(SIZES[name] for name in SIZES if name != self.size), SIZES[self.size]):
            page.set_viewport_size(size)
            self.look(page, heading)

    def _find_barriers(self, page: Page, rules: object) -> None:
        result = Axe().run(page, options={"runOnly": rules})
        assert result.violations_count == 0, result.generate_report()

    def _listen(self, message) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(message.text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def begin(page: Page, link: str) -> str:
    """From the link to the first statement; returns the code."""
    page.goto(link)
    press(page, "Start, about 6 minutes")
    page.get_by_label("No", exact=True).check()
    press(page, "Yes, go on")
    code = page.locator("#the-code").text_content()
    press(page, "I have kept it, go on")
    page.get_by_role("link", name="Start, about 6 minutes").click()
    page.wait_for_selector("fieldset.st")
    # With the scripts: a test may take the network away next.
    page.wait_for_load_state("load")
    return code


def choose(page: Page, place: int, words: str) -> None:
    page.locator("fieldset.st").nth(place).get_by_label(words, exact=True).check()


def answer_page(page: Page, words: str = "Usually", leave_out: int = 0) -> None:
    for place in range(page.locator("fieldset.st").count() - leave_out):
        choose(page, place, words)


def go_on(page: Page) -> None:
    here = page.url
    page.locator(".dock .btn-primary").click()
    page.wait_for_url(lambda url: url != here)


def wait_until_saved(page: Page) -> None:
    expect_status(page, re.compile(r"^Saved at \d\d:\d\d$"))


def expect_status(page: Page, words: str | re.Pattern) -> None:
    """What the page says in sight; an answer changes it in the same moment."""
    expect(page.locator("[data-saved]:visible")).to_have_text(words)


def count_checked(page: Page) -> int:
    return page.locator("input[type=radio]:checked").count()


def open_comment(page: Page) -> Locator:
    comment = page.locator("#comment")
    if not comment.is_visible():
        page.locator("#comment-fold > summary").click()
    return comment


def wait_until(page: Page, happens: Callable[[], object], seconds: float = 8) -> None:
    """For what the page cannot show: the browser goes on while this waits."""
    ends = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < ends, "It has not happened."
        page.wait_for_timeout(20)
