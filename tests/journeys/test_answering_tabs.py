"""Two tabs on the same page: the newer answer stays, and the person chooses in place."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models.responses import Answer, Comment
from tests.journeys.devices import (
    begin,
    choose,
    expect_status,
    go_on,
    open_comment,
    press,
    wait_until_saved,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLASH = "Not saved: changed in another tab or on another device"


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_what_was_changed_elsewhere_is_said_in_place(devices, link):
    first = devices.open()
    begin(first, link)
    second = first.context.new_page()
    devices.watch(second)
    second.goto(first.url)
    choose(first, 0, "Usually")
    choose(first, 1, "Usually")
    open_comment(first).fill("Written first.")
    wait_until_saved(first)

    load_the_newer_answer(second)
    save_mine(second)
    choose_a_comment(devices, first, second)
    leave_it_to_the_form(devices, first, second)
    write_too_much(devices, second)


def load_the_newer_answer(page: Page) -> None:
    choose(page, 0, "Hardly ever")
    statement = page.locator("fieldset.st").first
    expect(statement).to_contain_text("“Usually” is saved, and “Hardly ever” is not.")
    expect_status(page, CLASH)
    expect(page.locator("[data-say]")).to_have_text(CLASH)

    press(page, "Load “Usually”")
    wait_until_saved(page)
    expect(statement.get_by_label("Usually", exact=True)).to_be_checked()
    expect(statement.get_by_label("Usually", exact=True)).to_be_focused()
    expect(statement.locator(".callout")).to_have_count(0)
    assert list(Answer.objects.values_list("value", flat=True)) == [4, 4]


def save_mine(page: Page) -> None:
    choose(page, 1, "Occasionally")
    press(page, "Save “Occasionally”")
    wait_until_saved(page)
    assert sorted(Answer.objects.values_list("value", flat=True)) == [2, 4]


def choose_a_comment(devices, first: Page, second: Page) -> None:
    open_comment(second).fill("Written second.")
    expect(second.locator("#comment-fold blockquote")).to_have_text("Written first.")
    devices.look_at_both_sizes(second, "Shared vision and purpose")
    second.locator("#comment").press_sequentially(" And more.")
    second.locator("#comment").blur()
    expect_status(second, CLASH)
    assert Comment.objects.get().text == "Written first."

    press(second, "Save what I typed")
    wait_until_saved(second)
    assert Comment.objects.get().text == "Written second. And more."

    open_comment(first).fill("Written third.")
    press(first, "Load the saved text")
    expect(first.locator("#comment")).to_have_value("Written second. And more.")
    wait_until_saved(first)


def leave_it_to_the_form(devices, first: Page, second: Page) -> None:
    """Going on with an open question: the page says it once more, at its top."""
    choose(second, 2, "Usually")
    wait_until_saved(second)
    choose(first, 2, "Hardly ever")
    expect_status(first, CLASH)
    first.locator(".dock .btn-primary").click()
    expect(first.locator("#not-saved")).to_be_focused()
    devices.look_at_both_sizes(first, "Shared vision and purpose")
    assert first.title().startswith("Not yet saved: ")
    first.locator("#not-saved").get_by_role("link").click()
    expect(first.locator("fieldset.st").nth(2)).to_be_in_viewport()
    go_on(first)
    assert sorted(Answer.objects.values_list("value", flat=True)) == [2, 4, 4]


def write_too_much(devices, page: Page) -> None:
    """What the page refuses stays in its box, and the form says where to put it right."""
    comment = open_comment(page)
    comment.evaluate("comment => comment.removeAttribute('maxlength')")
    comment.fill("A thought. " * 200)
    comment.blur()
    expect_status(page, "Not saved")
    expect(page.locator("#comment-fold")).to_contain_text("Please shorten it.")
    page.locator(".dock .btn-primary").click()
    expect(page.locator("#not-saved")).to_be_focused()
    devices.look(page, "Shared vision and purpose")
    comment.fill("A thought.")
    go_on(page)
    assert Comment.objects.get().text == "A thought."
