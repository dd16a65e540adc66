"""A workshop in real browsers: a code on the wall, phones, a tablet passed round, and slips."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models.responses import Response
from assessments.models.rounds import JoinCode, Ticket
from tests.factories import make_open_round, make_partnership, make_room, make_slips, make_user
from tests.journeys.devices import SIZES, Devices, answer_page, press, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKS = "How well do we lead together?"
FIRST_PAGE = "Shared vision and purpose"


@pytest.fixture
def owner(db):
    return make_user("Amara Osei")


@pytest.fixture
def round_(content, owner):
    return make_open_round(make_partnership(owner, "Northvale Place Partnership"))


@pytest.fixture(params=["phone"])
def size(request):
    return request.param


@pytest.fixture
def devices(browser, size, live_server, settings):
    settings.BASE_URL = live_server.url
    devices = Devices(browser, size, live_server.url)
    yield devices
    for context in devices.contexts:
        context.close()


def open_signed_in(devices: Devices, user) -> Page:
    """A facilitator's own computer."""
    page = devices.open()
    client = Client()
    client.force_login(user)
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": value, "url": devices.base_url}])
    page.set_viewport_size(SIZES["desktop"])
    return page


def address(round_, name: str) -> str:
    return f"/partnerships/{round_.partnership_id}/rounds/{round_.pk}/{name}/"


def start(page: Page) -> str:
    """From the promise to the first page of statements; returns the code."""
    page.get_by_role("button", name="Start, about 6 minutes").click()
    page.get_by_label("No", exact=True).check()
    press(page, "Yes, go on")
    code = page.locator("#the-code").text_content()
    press(page, "I have kept it, go on")
    page.get_by_role("link", name="Start, about 6 minutes").click()
    return code


def answer_and_submit(page: Page) -> None:
    answer_page(page)
    wait_until_saved(page)
    page.goto(re.sub(r"/[A-Z]+/$", "/review/", page.url))
    press(page, "Submit")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you see")


def test_from_the_code_on_the_wall_to_the_count_that_rises(devices, round_, owner):
    wall = open_signed_in(devices, owner)
    wall.goto(address(round_, "room"))
    devices.look(wall, "Answer together in a room")
    wall.get_by_label("People in the room").fill("1")
    press(wall, "Make the code")
    devices.look(wall, ASKS)
    code = wall.locator(".join-room-code span").first.text_content()
    expect(wall.locator(".room-count")).to_have_text("0 of 1 person has answered.")

    phone = devices.open()
    phone.goto("/join/")
    devices.look(phone, "Join by a code")
    phone.get_by_label("The code").fill("234 567")
    press(phone, "Go on")
    expect(phone.get_by_text("This is no code").first).to_be_visible()
    phone.get_by_label("The code").fill(code.lower())
    press(phone, "Go on")
    devices.look(phone, ASKS)
    start(phone)
    answer_and_submit(phone)

    expect(wall.locator(".room-count")).to_have_text("1 of 1 person has answered.", timeout=12000)
    expect(wall.locator("[data-poll-said]")).to_have_text("1 of 1 person has answered.")

    other = devices.open(javascript=False)
    other.goto(f"/join/{code.replace(' ', '')}")
    other.get_by_role("button", name="Start, about 6 minutes").click()
    other.get_by_label("No", exact=True).check()
    press(other, "Yes, go on")
    press(other, "I have kept it, go on")
    other.get_by_role("link", name="Start, about 6 minutes").click()
    answer_page(other)
    other.locator(".dock .btn-primary").click()
    other.goto(re.sub(r"/[A-Z]+/$", "/review/", other.url))
    press(other, "Submit")

    expect(wall.locator(".callout")).to_contain_text(
        "2 answers by the code, 1 person in the room.", timeout=12000
    )
    wall.get_by_label("People in the room").fill("2")
    press(wall, "Correct the number")
    expect(wall.locator(".callout")).to_have_count(0)
    press(wall, "End this code now")
    devices.look(wall, "Answer together in a room")
    other.goto("/join/")
    other.get_by_label("The code").fill(code)
    press(other, "Go on")
    expect(other.get_by_role("heading", level=1)).to_have_text("This code has ended")
    assert list(Response.objects.values_list("is_named", "is_joined")) == [(False, True)] * 2


def test_the_next_person_sees_nothing_of_the_one_before(devices, round_):
    room = make_room(round_)
    tablet = devices.open()
    tablet.goto(f"/join/{room.code}")
    tablet.get_by_label("Other people will use this device after me").check()
    first_code = start(tablet)
    devices.look(tablet, FIRST_PAGE)
    tablet.locator("fieldset.st").first.get_by_label("Usually", exact=True).focus()
    answer_and_submit(tablet)
    profile = tablet.url
    been = [profile, profile.replace("profile", "review"), profile.replace("profile", "SV")]
    been.append(re.sub(r"five_factors/.*", "", profile))

    tablet.get_by_role("link", name="Finish and hand on").click()
    devices.look(tablet, "Finish and hand on?")
    press(tablet, "Hand on now")
    devices.look(tablet, ASKS)

    assert cookies_of_answering(tablet) == []
    for place in been:
        tablet.goto(place)
        devices.look(tablet, "Please open your personal link")
        assert first_code not in tablet.content()
    tablet.goto(f"/join/{room.code}")
    for _ in range(12):
        tablet.go_back()
        tablet.wait_for_load_state()
        expect(tablet.locator("fieldset.st input:checked, svg.radar, #the-code")).to_have_count(0)

    tablet.goto(f"/join/{room.code}?shared")
    expect(tablet.get_by_label("Other people will use this device")).to_be_checked()
    second_code = start(tablet)
    expect(tablet.locator("fieldset.st input:checked")).to_have_count(0)
    assert first_code != second_code
    assert Ticket.objects.filter(join_code=room).count() == 2


def cookies_of_answering(page: Page) -> list[str]:
    return [one["name"] for one in page.context.cookies() if one["name"].startswith("answer_")]


def test_a_device_that_nobody_touches_asks_and_then_forgets(devices, round_):
    room = make_room(round_)
    tablet = devices.open()
    tablet.clock.install()
    tablet.goto(f"/join/{room.code}?shared")
    return_code = start(tablet)
    tablet.locator("fieldset.st").first.get_by_label("Usually", exact=True).check()
    wait_until_saved(tablet)
    question = tablet.get_by_role("heading", name="Are you still there?")

    tablet.clock.fast_forward("02:50")
    expect(question).to_be_hidden()
    tablet.clock.fast_forward("00:15")
    expect(question).to_be_visible()
    press(tablet, "I am still here")
    expect(question).to_be_hidden()
    tablet.clock.fast_forward("01:00")
    expect(question).to_be_hidden()

    tablet.clock.fast_forward("10:00")
    expect(tablet.get_by_role("heading", level=1)).to_have_text(ASKS)
    assert cookies_of_answering(tablet) == []

    phone = devices.open()
    phone.goto(f"/join/{room.code}")
    phone.get_by_text("I have joined before").click()
    phone.get_by_label("Your return code").fill(return_code)
    press(phone, "Open my answers")
    devices.look(phone, "Your way through")
    expect(phone.get_by_text("1 answer is kept")).to_be_visible()


def test_slips_are_printed_drawn_and_typed(devices, round_, owner):
    make_slips(round_, 9)
    desk = open_signed_in(devices, owner)
    desk.goto(address(round_, "tickets"))
    devices.look(desk, "Slips without names")
    desk.get_by_role("link", name=re.compile("^Print the slips")).click()
    devices.look(desk, "Slips for Any leader, counted in the whole only")
    slips = desk.locator(".slip-typed").all_text_contents()
    assert len(set(slips)) == 9
    assert count_pages(desk) == 2

    phone = devices.open(javascript=False)
    phone.goto("/join/")
    phone.get_by_label("The code").fill(slips[4].lower().replace("-", " "))
    press(phone, "Go on")
    expect(phone.get_by_role("heading", level=1)).to_have_text(ASKS)
    assert phone.url.endswith("/a/" + slips[4].replace("-", ""))
    phone.get_by_role("button", name="Start, about 6 minutes").click()
    assert slips[4].replace("-", "") not in phone.url
    expect(phone.get_by_text("Do you help to run this round?")).to_be_visible()

    other = devices.open()
    other.goto(f"/a/{slips[5].replace('-', '')}")
    start(other)
    devices.look(other, FIRST_PAGE)
    assert list(Response.objects.values_list("is_named", "is_joined")) == [(False, False)]


def count_pages(page: Page) -> int:
    """Eight slips a page: what the printer would get."""
    found = re.search(rb"/Type /Pages\s*/Count (\d+)", page.pdf(prefer_css_page_size=True))
    return int(found[1])


def test_a_code_that_ended_meanwhile_leaves_everybody_their_place(devices, round_):
    room = make_room(round_)
    phone = devices.open()
    phone.goto(f"/join/{room.code}")
    start(phone)
    JoinCode.objects.update(ends_at=timezone.now() - timedelta(hours=1))

    answer_and_submit(phone)
    phone.goto(f"/join/{room.code}")
    devices.look(phone, "This code has ended")
    phone.get_by_role("link", name="I joined on this device: go to my place").click()
    devices.look(phone, "Your way through")
