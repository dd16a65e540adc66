"""Joining by a code: typed or scanned, once a device, in time, and not too often from one place."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models.responses import Response
from assessments.models.rounds import JoinCode, Round, Throttle, Ticket
from assessments.services.closing import close_round
from assessments.services.tickets import list_slips
from tests.factories import make_open_round, make_room, make_slips
from tests.leaders.device import Device


@pytest.fixture
def room(round_):
    return make_room(round_)


@pytest.fixture
def device(room):
    return JoiningDevice(room)


class JoiningDevice(Device):
    """A phone in the room."""

    def __init__(self, room, **client):
        super().__init__(room, **client)
        self.room = room

    def type_code(self, typed, **more):
        return self.client.post(reverse("join"), {"code": typed, **more})

    def look(self):
        return self.client.get(reverse("join_code", args=[self.room.code]))

    def join(self, **more):
        return self.client.post(self.at("join_round"), {"code": self.room.code, **more})

    def begin(self, **more):
        self.join(**more)
        self.confirm()
        return self

    def come_back(self, return_code):
        given = {"join_code": self.room.code, "code": return_code}
        return self.client.post(self.at("join_back"), given)


def test_a_typed_code_leads_to_the_short_promise(device, room):
    response = device.type_code(f"{room.code[:3].lower()} - {room.code[3:]}")

    assert response.url == f"/join/{room.code}"
    page = device.look()
    assert page.status_code == 200
    assert b"Our promise to you" in page.content
    assert b"your answers count in the whole only" in page.content


def test_reading_takes_no_place(device):
    device.look()
    device.client.head(reverse("join_code", args=[device.room.code]))
    device.client.get(reverse("join"))

    assert Ticket.objects.count() == 0
    assert Throttle.objects.count() == 0


def test_joining_takes_a_place_and_asks_nothing_about_a_group(device, room):
    response = device.join()

    assert response.url == device.home
    ticket = Ticket.objects.get()
    assert (ticket.join_code, ticket.organisation) == (room, None)
    page = device.client.get(device.home)
    assert list(page.context["form"].fields) == ["helps_to_run"]


def test_who_joined_is_counted_without_name_and_group(device):
    device.join()
    device.client.post(
        device.home, {"helps_to_run": "no", "organisation": "1", "role_level": "chief"}
    )

    response = Response.objects.get()
    assert (response.is_named, response.is_joined) == (False, True)
    assert (response.organisation, response.role_level) == (None, "")


def test_the_same_device_comes_back_to_its_own_place(device):
    device.begin()
    device.save(device.items()[0], 4)

    again = device.join()

    assert again.status_code == 409
    assert b"Somebody has begun on this device" in again.content
    assert device.home.encode() in again.content
    assert b"18 answers" not in again.content
    assert Ticket.objects.count() == 1


def test_a_device_that_has_not_begun_just_goes_on(device):
    device.join()

    assert device.join().url == device.home
    assert Ticket.objects.count() == 1


def test_somebody_else_on_the_same_device_gets_a_place_of_their_own(device):
    device.begin()
    device.save(device.items()[0], 4)

    response = device.join(anew="1")

    assert response.url == device.home
    assert Ticket.objects.count() == 2
    page = device.client.get(device.home)
    assert list(page.context["form"].fields) == ["helps_to_run"]


def test_a_personal_link_on_the_device_is_not_given_up_for_a_code(room, round_):
    person = round_.participants.first()
    device = JoiningDevice(room)
    own = Device(person)
    own.client = device.client
    own.open_link()
    own.confirm()

    assert device.join().status_code == 409
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "no code", "O23467", "ABCD-ABCD-ABCD-ABCD"])
def test_what_is_no_code_is_said_and_not_counted(device, typed):
    response = device.type_code(typed)

    assert response.status_code == 422
    assert Throttle.objects.count() == 0


def test_a_wrong_code_is_said_and_counted(device):
    response = device.type_code("234 678")

    assert response.status_code == 422
    assert b"No room has this code" in response.content
    assert Throttle.objects.get().count == 1
    assert device.client.get("/join/234678").status_code == 404
    assert Throttle.objects.get().count == 2


def try_wrong_codes(device, times):
    for _ in range(times):
        device.type_code("234678")


def test_after_thirty_wrong_codes_no_code_is_looked_at_for_a_while(device):
    try_wrong_codes(device, 30)

    refused = [device.type_code(device.room.code), device.look(), device.join()]

    assert [response.status_code for response in refused] == [429] * 3
    assert 0 < int(refused[0]["Retry-After"]) <= 600
    until = timezone.localtime(Throttle.objects.get().ends_at).strftime("%H:%M")
    assert f"Please wait until {until}" in refused[0].content.decode()
    assert Ticket.objects.count() == 0


def test_right_codes_work_again_when_the_time_is_over(device):
    try_wrong_codes(device, 30)
    Throttle.objects.update(ends_at=timezone.now())

    assert device.join().url == device.home


def test_twenty_nine_wrong_codes_and_other_addresses_do_no_harm(device, room):
    try_wrong_codes(device, 29)
    assert device.look().status_code == 200
    try_wrong_codes(device, 1)

    other = JoiningDevice(room, REMOTE_ADDR="192.0.2.7")
    assert other.join().url == other.home


def test_a_whole_workshop_passes_behind_one_address(round_):
    room = make_room(round_, people=320)
    JoiningDevice(room).join()
    Throttle.objects.update(count=298)

    joined = [JoiningDevice(room).join().status_code for _ in range(3)]

    assert joined == [302, 302, 429]
    assert Ticket.objects.count() == 3


def test_who_has_a_place_is_not_held_up_by_others_wrong_codes(device, room):
    device.begin()
    try_wrong_codes(JoiningDevice(room), 30)

    assert device.client.get(device.home).status_code == 200


def test_no_forwarded_address_is_believed_unless_a_proxy_is_set_up(device, room, settings):
    for number in range(31):
        client = Client(headers={"X-Forwarded-For": f"192.0.2.{number}"})
        client.post(reverse("join"), {"code": "234678"})
    assert device.look().status_code == 429

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = Client(headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.77"})
    assert told.get(reverse("join_code", args=[room.code])).status_code == 200


def test_an_ended_code_lets_nobody_in_but_those_who_have_a_place(device, room):
    device.begin()
    JoinCode.objects.update(ends_at=timezone.now())

    late = JoiningDevice(room)
    pages = [late.look(), late.join()]

    assert [page.status_code for page in pages] == [410, 410]
    assert b"This code has ended" in pages[1].content
    assert Ticket.objects.count() == 1
    assert device.client.get(device.home).status_code == 200


def test_who_comes_too_late_is_told_to_ask(round_):
    room = make_room(round_, people=1)
    for _ in range(4):
        JoiningDevice(room).join()

    page = JoiningDevice(room).join()

    assert page.status_code == 409
    assert b"Tell the person who shows the code" in page.content


def test_the_return_code_brings_back_somebody_whose_browser_forgot_them(device, room):
    device.begin()
    item = device.items()[0]
    device.save(item, 5)
    JoiningDevice(room).begin()

    other = JoiningDevice(room)
    assert other.come_back(device.code.lower()).url == other.home

    page = other.client.get(other.page())
    assert re.search(rf'name="q{item.pk}" value="5"[^>]* checked', page.content.decode())
    assert Ticket.objects.count() == 2


def test_a_wrong_return_code_opens_nothing_and_is_counted(device, room):
    device.begin()

    response = JoiningDevice(room).come_back("ABCD-ABCD-ABCD-ABCD")

    assert response.status_code == 422
    assert not any(name.startswith("answer_") for name in response.cookies)
    assert Throttle.objects.order_by("-count").values_list("count", flat=True)[0] == 1
    assert Throttle.objects.count() == 2


def test_the_code_of_a_named_person_opens_nothing_by_a_join_code(device, room, round_):
    named = Device(round_.participants.first())
    named.open_link()
    named.confirm()

    assert device.come_back(named.code).status_code == 422


def test_after_the_close_the_return_code_still_opens_what_was_sealed(round_, room):
    devices = [JoiningDevice(room).begin() for _ in range(6)]
    for device in devices:
        for item in Device.items(device):
            device.save(item, 4)
        device.submit()
    Round.objects.update(ends_at=timezone.now())
    close_round(round_=round_, actor=None, now=timezone.now())

    other = JoiningDevice(room)
    assert other.look().status_code == 410
    assert other.come_back(devices[0].code).url == other.home
    page = other.client.get(other.home)
    assert page.status_code == 200
    assert page.context["is_opened"] is True


def test_a_slip_is_typed_where_codes_are_typed(device, round_):
    ticket = make_slips(round_, 1)[0]
    slip = list_slips(
        round_=round_, audience=ticket.audience, organisation=None, now=timezone.now()
    )[0]

    response = device.type_code(slip.typed.lower())

    assert response.url == "/a/" + slip.address.rsplit("/", 1)[1]
    assert device.client.get(response.url).status_code == 200


def test_no_page_of_joining_is_kept_by_a_browser(device):
    pages = [device.client.get(reverse("join")), device.look(), device.join()]

    assert {page["Cache-Control"] for page in pages} == {"no-store"}


def test_a_code_of_another_round_takes_no_place_here(device, round_, content):
    other = make_open_round()
    response = device.client.post(
        reverse("join_round", args=[other.pk]), {"code": device.room.code}
    )

    assert response.url == reverse("join")
    assert Ticket.objects.count() == 0


def test_queries_of_the_page_behind_the_code(device, django_assert_max_num_queries):
    device.look()
    with django_assert_max_num_queries(12):
        device.look()


def test_round_that_is_due_takes_nobody(device):
    Round.objects.update(ends_at=timezone.now() - timedelta(seconds=1))

    assert device.look().status_code == 410
    assert device.join().status_code == 410
