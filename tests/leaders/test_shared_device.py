"""A device that several people use: what it keeps, and that it forgets."""

import re

import pytest
from django.urls import reverse

from assessments.models.rounds import JoinCode
from tests.factories import make_open_round, make_room
from tests.leaders.device import Device
from tests.leaders.test_join import JoiningDevice


@pytest.fixture
def shared(round_):
    """A tablet in the room, on which somebody has begun."""
    return JoiningDevice(make_room(round_)).begin(shared_device="on")


def hand_on(device):
    return device.client.post(device.at("hand_on"))


def test_every_cookie_of_a_shared_device_goes_with_its_browser(shared):
    cookies = [morsel for name, morsel in shared.client.cookies.items() if "answer_" in name]
    kept = [morsel for morsel in cookies if morsel.value]

    assert {morsel.key for morsel in kept} >= {"answer_link", "answer_reader", "answer_shared"}
    assert [(morsel["max-age"], morsel["expires"]) for morsel in kept] == [("", "")] * len(kept)


def test_a_device_of_ones_own_remembers(round_):
    device = JoiningDevice(make_room(round_)).begin()

    assert device.client.cookies["answer_reader"]["max-age"] > 86400
    assert "Finish and hand on" not in device.client.get(device.page()).content.decode()


@pytest.mark.parametrize("name", ["answer_home", "leave_device"])
def test_every_page_offers_to_finish(shared, name):
    page = shared.client.get(shared.at(name)).content.decode()

    assert page.count(f'href="{shared.at("hand_on")}"') == 1
    assert "data-still-there" in page


def test_finishing_asks_first_and_says_what_is_not_submitted(shared):
    shared.save(shared.items()[0], 4)

    page = shared.client.get(shared.at("hand_on")).content.decode()

    assert "You have not submitted yet." in page
    assert "data-still-there" not in page
    assert shared.client.get(shared.home).status_code == 200


def test_handing_on_forgets_everything_and_goes_back_to_the_code(shared):
    response = hand_on(shared)

    assert response.url == f"/join/{shared.room.code}?shared"
    assert response["Clear-Site-Data"] == '"cache"'
    assert response["Cache-Control"] == "no-store"
    assert [
        name for name, one in shared.client.cookies.items() if "answer_" in name and one.value
    ] == []
    next_page = shared.client.get(response.url).content.decode()
    assert re.search(r'name="shared_device"[^>]* checked', next_page)


def test_the_next_person_reaches_no_page_of_the_one_before(shared):
    item = shared.items()[0]
    shared.save(item, 5)
    shared.submit()
    places = [
        shared.home,
        shared.page(),
        shared.at("answer_review", "five_factors"),
        shared.at("own_profile", "five_factors"),
        shared.at("keep_code"),
    ]
    assert {shared.client.get(place).status_code for place in places} <= {200, 302}

    hand_on(shared)

    assert [shared.client.get(place).status_code for place in places] == [403] * 5
    assert shared.save(item, 1).status_code == 403


def test_the_next_person_gets_a_place_of_their_own_at_once(shared):
    hand_on(shared)

    assert shared.join(shared_device="on").url == shared.home
    page = shared.client.get(shared.home)
    assert list(page.context["form"].fields) == ["helps_to_run"]


def test_where_no_code_lives_the_device_says_that_it_is_ready(shared):
    JoinCode.objects.update(ends_at="2020-01-01T00:00Z")

    response = hand_on(shared)

    assert response.url == shared.at("hand_on")
    page = shared.client.get(response.url)
    assert page.status_code == 200
    assert b"Ready for the next person" in page.content


def test_a_personal_link_can_be_opened_on_a_shared_device(person):
    device = Device(person)
    device.client.post(device.link, {"shared_device": "on"})
    device.confirm()

    assert device.client.cookies["answer_reader"]["max-age"] == ""
    assert "Finish and hand on" in device.client.get(device.home).content.decode()
    assert hand_on(device).url == device.at("hand_on")
    assert device.client.get(device.home).status_code == 403


def test_handing_on_twice_does_no_harm(shared):
    hand_on(shared)

    assert hand_on(shared).url == shared.at("hand_on")


def test_the_mark_of_one_round_says_nothing_about_another(shared, content):
    other = Device(make_open_round().participants.first())
    other.client = shared.client
    other.open_link()

    assert shared.client.get(reverse("answer_home", args=[other.round_id])).status_code == 200
    assert "Finish and hand on" not in other.client.get(other.home).content.decode()
