"""The whole way of a leader, in a real browser: from the link to the own profile, and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models.responses import Answer, Comment, Response, Sitting
from tests.journeys.devices import (
    answer_page,
    begin,
    choose,
    count_checked,
    go_on,
    open_comment,
    press,
    wait_until_saved,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_link_to_the_own_profile_and_back(devices, link):
    page = devices.open()
    page.goto(link)
    devices.look(page, "How well do we lead together?")
    press(page, "Start, about 6 minutes")
    assert link.rsplit("/", 1)[1] not in page.url

    devices.look(page, "Is this right?")
    press(page, "Yes, go on")
    expect(page.get_by_text("Say yes or no.").first).to_be_visible()
    devices.look(page, "Is this right?")
    page.get_by_label("No", exact=True).check()
    press(page, "Yes, go on")

    devices.look(page, "Keep this code")
    code = page.locator("#the-code").text_content()
    press(page, "Copy the code")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == code
    press(page, "I have kept it, go on")
    devices.look(page, "Your way through")
    page.get_by_role("link", name="Start, about 6 minutes").click()

    devices.look(page, "Shared vision and purpose")
    answer_page(page)
    wait_until_saved(page)
    expect(page.locator(".dock [data-count]")).to_have_text("6 of 6 answered")
    go_on(page)
    answer_page(page, "Occasionally", leave_out=1)
    page.locator("#comment-fold > summary").click()
    page.get_by_label("What would help most here?").fill("We lost the visits in August.")
    wait_until_saved(page)
    devices.look(page, "Frequent personal contact")

    leave_and_return(devices, page, link)
    try_other_devices(devices, link, code)
    lose_the_cookies(page, link, code)

    for _ in range(4):
        if page.locator(".dock [data-count]").text_content().startswith("0"):
            answer_page(page, "Don't know" if "Altruism" in page.title() else "Nearly always")
        go_on(page)
    devices.look(page, "Ready to submit?")
    expect(page.get_by_text("You left this out.")).to_have_count(1)
    expect(page.get_by_text("You have answered 29 of 30.")).to_be_visible()
    press(page, "Submit")

    devices.look(page, "What you see")
    expect(page.get_by_text("Only you can see this page")).to_be_visible()
    expect(page.locator("svg.radar:visible")).to_have_count(1)
    assert page.locator("table tbody tr").count() == 5
    expect(page.get_by_text("Too few answers for an average")).to_have_count(1)
    assert Sitting.objects.filter(is_submitted=True).count() == 1
    assert Comment.objects.get().text == "We lost the visits in August."


def leave_and_return(devices, page: Page, link: str) -> None:
    """Everything is as it was left, and the link leads to the same place."""
    page.goto(link)
    press(page, "Go on where you were")
    devices.look(page, "Your way through")
    page.get_by_role("link", name="Go on with Frequent personal contact").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Frequent personal contact")
    assert count_checked(page) == 5
    expect(page.locator("#comment")).to_have_value("We lost the visits in August.")


def lose_the_cookies(page: Page, link: str, code: str) -> None:
    """The device has forgotten everything: the code brings it back."""
    page.context.clear_cookies()
    page.goto(link)
    press(page, "Go on where you were")
    page.get_by_label("Your return code").fill(code)
    press(page, "Open my answers")
    page.get_by_role("link", name="Frequent personal contact", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Frequent personal contact")
    assert count_checked(page) == 5


def try_other_devices(devices, link: str, code: str) -> None:
    """As in the browser inside a mail app, which shares nothing with the one used before."""
    other = devices.open()
    other.goto(link)
    press(other, "Go on where you were")
    devices.look(other, "You began on another device")
    expect(other.get_by_text("Your 11 answers are kept.")).to_be_visible()
    other.get_by_label("Your return code").fill("ABCD-ABCD-ABCD-ABCD")
    press(other, "Open my answers")
    devices.look(other, "Enter your code")
    expect(other.get_by_text("does not open your answers").first).to_be_visible()
    other.get_by_role("link", name="Back without the code").click()

    other.get_by_role("link", name="Start again…").click()
    devices.look(other, "Delete 11 answers and start again?")
    other.get_by_role("link", name="Keep my answers").click()

    press(other, "Go on without my code")
    devices.look(other, "Your way through")
    other.get_by_role("link", name="Frequent personal contact").click()
    devices.look(other, "Frequent personal contact")
    assert count_checked(other) == 0
    assert "August" not in other.content()

    other.get_by_role("link", name="Enter my code").click()
    other.get_by_label("Your return code").fill(code.lower().replace("-", " "))
    press(other, "Open my answers")
    other.get_by_role("link", name="Frequent personal contact", exact=True).click()
    assert count_checked(other) == 5
    expect(other.locator("#comment")).to_have_value("We lost the visits in August.")


def test_start_again_deletes_and_begins_anew(devices, link):
    page, other = devices.open(), devices.open()
    begin(page, link)
    choose(page, 0, "Usually")
    wait_until_saved(page)

    other.goto(link)
    press(other, "Go on where you were")
    other.get_by_role("link", name="Start again…").click()
    press(other, "Delete them and start again")
    devices.look(other, "Is this right?")

    assert (Answer.objects.count(), Response.objects.count()) == (0, 0)
    choose(page, 1, "Usually")
    expect(page.locator("fieldset.st").nth(1)).to_contain_text("Open your link to begin")
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_everything_works_without_javascript(devices, link):
    page = devices.open(javascript=False)
    begin(page, link)
    expect(page.get_by_text("Your answers are saved when you go on")).to_have_count(1)
    put_right_what_is_said(page)
    for _ in range(4):
        answer_page(page, leave_out=1)
        open_comment(page).fill(f"A thought on {page.title()}")
        go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Ready to submit?")
    expect(page.get_by_text("You left this out.")).to_have_count(5)
    page.get_by_role("link", name=re.compile("^Answer it")).first.click()
    choose(page, 5, "Hardly ever")
    go_on(page)
    page.goto(re.sub(r"/PC/.*", "/review/", page.url))
    press(page, "Submit")

    expect(page.get_by_role("heading", level=1)).to_have_text("What you see")
    expect(page.locator("svg.radar:visible")).to_have_count(1)
    assert Answer.objects.count() == 26
    assert Comment.objects.count() == 5


def put_right_what_is_said(page: Page) -> None:
    """Each failure shows what was chosen and typed again, and leads to where it is."""
    answer_page(page, leave_out=1)
    comment = open_comment(page)
    comment.evaluate("comment => comment.removeAttribute('maxlength')")
    comment.fill("A thought. " * 200)
    page.locator(".dock .btn-primary").click()
    said = page.locator("#not-saved")
    expect(said).to_be_focused()
    assert page.title().startswith("Not yet saved: ")
    said.get_by_role("link").press("Enter")
    expect(page.locator("#comment:target")).to_be_in_viewport()
    expect(page.locator("#comment")).to_have_value("A thought. " * 200)
    assert count_checked(page) == 5

    page.locator("#comment").fill("A thought.")
    page.context.clear_cookies(name="csrftoken")
    page.locator(".dock .btn-primary").click()
    expect(said).to_contain_text("Please save once more.")
    expect(page.locator("#comment")).to_have_value("A thought.")
    go_on(page)
