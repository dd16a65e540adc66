"""A bad network, a page open too long, a lost link, a round that closes: no word is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models.responses import Answer, Comment
from assessments.services.closing import close_round
from tests.journeys.devices import (
    begin,
    choose,
    expect_status,
    go_on,
    open_comment,
    press,
    wait_until,
    wait_until_saved,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "Not saved yet: no connection. We keep trying"
LOST_LINK = "Not saved yet: open your personal link in another tab, then come back"
KEPT_IN_THE_BROWSER = """async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
]"""


def read_values() -> list[int]:
    return list(Answer.objects.order_by("item__order").values_list("value", flat=True))


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_nothing_is_lost_whatever_happens_on_the_way(devices, link, round_):
    page = devices.open()
    begin(page, link)

    lose_the_network(devices, page)
    keep_the_page_open_too_long(page)
    lose_the_link(devices, page, link)
    go_on_without_the_code(page)

    close_round(round_=round_, actor=None, now=timezone.now() + timedelta(days=30))
    choose(page, 4, "Hardly ever")
    expect_status(page, "Not saved: this round has closed")
    open_comment(page).fill("We lost the visits in August.")
    devices.look(page, "Shared vision and purpose")
    expect(page.locator("#comment")).to_have_value("We lost the visits in August.")

    page.locator(".dock .btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This round takes no more answers")
    expect(page.locator("#typed")).to_have_value("We lost the visits in August.")
    devices.look(page, "This round takes no more answers")


def lose_the_network(devices, page: Page) -> None:
    page.context.set_offline(True)
    choose(page, 0, "Usually")
    choose(page, 0, "Occasionally")
    choose(page, 1, "Nearly always")
    open_comment(page).fill("In a tunnel.")
    expect_status(page, OFFLINE)
    expect(page.locator("[data-say]")).to_have_text(OFFLINE)
    expect(page.locator(".dock [data-count]")).to_have_text("2 of 6 answered")
    assert page.evaluate(KEPT_IN_THE_BROWSER) == [0, 0, 0, 0, 0]
    devices.look_at_both_sizes(page, "Shared vision and purpose")

    asked = ask_before_leaving(page, lambda: page.get_by_role("link", name="All parts").click())
    asked += ask_before_leaving(page, lambda: page.close(run_before_unload=True))
    assert asked == ["confirm", "beforeunload"]
    page.locator(".dock .btn-primary").click()
    expect_status(page, OFFLINE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared vision and purpose")
    assert read_values() == []

    page.context.set_offline(False)
    wait_until_saved(page)
    assert read_values() == [2, 5]
    assert Comment.objects.get().text == "In a tunnel."


def ask_before_leaving(page: Page, leave) -> list[str]:
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    leave()
    wait_until(page, lambda: asked)
    return asked


def keep_the_page_open_too_long(page: Page) -> None:
    """The token of the form has ended: the page takes a new one, and nobody notices."""
    page.context.clear_cookies(name="csrftoken")
    choose(page, 2, "Usually")
    wait_until_saved(page)
    assert read_values() == [2, 5, 4]


def lose_the_link(devices, page: Page, link: str) -> None:
    page.context.clear_cookies()
    choose(page, 3, "Usually")
    expect_status(page, LOST_LINK)
    devices.look_at_both_sizes(page, "Shared vision and purpose")
    assert read_values() == [2, 5, 4]

    other = page.context.new_page()
    devices.watch(other)
    other.goto(link)
    press(other, "Go on where you were")
    press(other, "Go on without my code")
    other.close()
    wait_until_saved(page)
    assert read_values() == [2, 5, 4, 4]


def go_on_without_the_code(page: Page) -> None:
    """The page no longer knows what is saved, so the person says it once more."""
    choose(page, 0, "Nearly always")
    press(page, "Save “Nearly always”")
    wait_until_saved(page)
    assert read_values() == [5, 5, 4, 4]


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_slow_lost_and_unsent_requests_do_no_harm(devices, link):
    page = devices.open()
    begin(page, link)
    held = []
    page.route("**/save/", lambda route: held.append(route))
    choose(page, 0, "Hardly ever")
    choose(page, 0, "Usually")
    choose(page, 0, "Nearly always")
    wait_until(page, lambda: held)

    # It arrives, and its answer is lost on the way back.
    held[0].fetch()
    held[0].abort()
    page.unroute("**/save/")
    wait_until_saved(page)
    assert read_values() == [5]
    assert Answer.objects.get().revision == 2

    page.route("**/save/", lambda route: route.fulfill(status=500, body="<h1>Sorry</h1>"))
    choose(page, 1, "Usually")
    expect_status(page, "Not saved yet: something went wrong on our side. We keep trying")
    page.unroute("**/save/")
    go_on(page)
    assert read_values() == [5, 4]

    open_comment(page).fill("Said while leaving.")
    page.close()
    other = devices.open()
    wait_until(other, Comment.objects.exists)
    assert Comment.objects.get().text == "Said while leaving."
