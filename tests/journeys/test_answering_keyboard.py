"""From the link to the submit with the keyboard alone, on a screen with a bar at its foot."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models.responses import Answer, Comment, Sitting
from tests.journeys.devices import wait_until_saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

LATER_PAGES = (
    "Frequent personal contact",
    "Surfacing and resolving conflict",
    "Altruism towards each other",
    "Commitment for the longer term",
)
# What has the focus: its words, whether all of it is in sight, and whether it is marked.
FOCUSED = """() => {
    const focused = document.activeElement;
    const label = focused.type === "radio" && focused.closest("label");
    const shown = label || focused;
    const dock = document.querySelector(".dock");
    const isCovered = dock && !dock.contains(focused);
    const floor = isCovered ? dock.getBoundingClientRect().top : window.innerHeight;
    const { top, bottom } = shown.getBoundingClientRect();
    const words = focused.labels?.length ? focused.labels[0].innerText : focused.innerText;
    return {
        words: (words || "").trim(),
        kind: focused.type || focused.localName,
        isInSight: top >= -1 && bottom <= floor + 1,
        isMarked: parseFloat(getComputedStyle(shown).outlineWidth) >= 2,
    };
}"""


def tab_to(page: Page, words: str = "", kind: str = "") -> None:
    """Tabs on until the focus is there; whatever had it on the way was in sight and marked."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["isInSight"], focused
        assert focused["isMarked"], focused
        if focused["words"].startswith(words) and kind in ("", focused["kind"]):
            return
    raise AssertionError(f"The focus never came to {words or kind}.")


def press_key(page: Page, words: str, key: str = "Enter") -> None:
    tab_to(page, words)
    page.keyboard.press(key)


def arrive(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state("load")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_from_the_link_to_the_submit_by_keyboard_alone(devices, link):
    page = devices.open()
    page.goto(link)
    press_key(page, "Start, about 6 minutes")
    arrive(page, "Is this right?")
    press_key(page, "No", "Space")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    press_key(page, "Yes, go on")
    arrive(page, "Keep this code")
    press_key(page, "I have kept it, go on")
    arrive(page, "Your way through")
    press_key(page, "Start, about 6 minutes")

    answer_the_first_page(page)
    for heading in LATER_PAGES:
        arrive(page, heading)
        tab_to(page, kind="radio")
        page.keyboard.press("Space")
        # Enter on a radio sends the form, as in any form.
        page.keyboard.press("Enter")
    arrive(page, "Ready to submit?")
    press_key(page, "Submit")

    arrive(page, "What you see")
    assert Sitting.objects.get().is_submitted
    values = Answer.objects.order_by("item__order").values_list("value", flat=True)
    assert list(values) == [4, *[1] * 9]
    assert Comment.objects.get().text == "Typed."


def answer_the_first_page(page: Page) -> None:
    arrive(page, "Shared vision and purpose")
    press_key(page, "Skip to the main content")
    press_key(page, "Skip to the statements")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(5):
        tab_to(page, kind="radio")
        page.keyboard.press("Space")
    wait_until_saved(page)
    press_key(page, "Add a comment")
    tab_to(page, kind="textarea")
    page.keyboard.type("Typed.")
    press_key(page, "Save, next")
