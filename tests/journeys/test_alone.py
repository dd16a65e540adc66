"""Trying a checklist alone, in a real browser: to the result, back by the link, deleted."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models.solo import SoloAnswer, SoloResponse
from tests.journeys.devices import SIZES, Devices, answer_page, choose, count_checked, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def devices(browser, size, live_server, settings):
    settings.BASE_URL = live_server.url
    devices = Devices(browser, size, live_server.url)
    yield devices
    for context in devices.contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_from_home_to_the_result_and_back_by_the_link(devices, content, size):
    page = devices.open()
    seen = listen_for_tokens(page)
    page.goto("/")
    page.get_by_role("link", name="Try a checklist alone").click()
    devices.look(page, "Try a checklist alone")
    assert SoloResponse.objects.count() == 0
    press(page, "Start Five factors")
    devices.look(page, "Five factors")
    press(page, "Copy the link")
    expect(page.locator("[data-copied]")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")

    page.get_by_role("link", name="Start", exact=True).click()
    choose(page, 0, "Usually")
    wait_until_saved(page)
    assert SoloAnswer.objects.get().value == 4
    devices.look(page, "Shared vision and purpose")
    for _ in range(5):
        answer_page(page, "Occasionally")
        here = page.url
        page.locator(".dock .btn-primary").click()
        page.wait_for_url(lambda url, here=here: url != here)
    devices.look(page, "What you see")
    expect(page.get_by_role("heading", name="What you could try")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save a copy (table)").click()
    assert download.value.suggested_filename == "five-factors-my-answers.csv"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Delete now")).to_be_hidden()
    page.emulate_media(media="screen", color_scheme="dark")
    devices.look(page, "What you see")

    come_back_and_delete(devices, link)
    page.goto(link)
    devices.look(page, "There are no answers here")
    page.go_back()
    devices.look(page, "There are no answers here")
    assert SoloResponse.objects.count() == 0
    assert [url for url in seen if link[-43:] in url] == [link]


def come_back_and_delete(devices: Devices, link: str) -> None:
    """On another device: the link asks before it shows anything."""
    page = devices.open()
    page.goto(link)
    devices.look(page, "Open these answers?")
    press(page, "Open")
    devices.look(page, "Five factors")
    assert link[-43:] not in page.url
    page.get_by_role("link", name="Surfacing and resolving conflict").click()
    assert count_checked(page) == 6
    page.go_back()
    page.get_by_role("link", name="Delete now").click()
    devices.look(page, "Delete 30 answers now?")
    press(page, "Delete now")
    devices.look(page, "Deleted")


@pytest.mark.parametrize("size", ["phone"])
def test_without_javascript_the_same_way(devices, content, size):
    page = devices.open(javascript=False)
    page.goto("/try/")
    press(page, "Start Is this a systems leadership problem?")
    page.get_by_role("link", name="Start", exact=True).click()
    for place in range(4):
        choose(page, place, "Yes")
    page.locator(".dock .btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you see")
    expect(page.locator("main")).to_contain_text(
        "This looks like a problem for systems leadership."
    )
    press(page, "Make this device forget")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This device has forgotten your answers"
    )
    assert SoloAnswer.objects.count() == 4


@pytest.mark.parametrize("size", ["desktop"])
def test_deleted_on_another_device_while_answering_is_said_plainly(devices, content, size):
    page = devices.open()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/try/")
    press(page, "Start Differences map")
    devices.look(page, "Differences map")
    page.get_by_role("link", name="Start", exact=True).click()
    devices.look(page, "Soft differences")
    SoloResponse.objects.all().delete()

    choose(page, 0, "Large")

    expect(page.get_by_text("Not saved. These answers have been deleted")).to_be_visible()
    devices.look(page, "Soft differences")


def listen_for_tokens(page: Page) -> list[str]:
    """Every address that is asked for, and every one that goes along as the referrer."""
    seen: list[str] = []

    def note(request) -> None:
        seen.append(request.url)
        seen.append(request.headers.get("referer", ""))

    page.on("request", note)
    return seen


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-say]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d"))
