"""The room: a code for the wall, how many answered by it, and what is said when it is too many."""

import pytest
from django.utils import timezone

from assessments.models.rounds import JoinCode
from assessments.services.join_codes import take_place
from tests.facilitators.pages import count_queries, fill, of_round, said
from tests.factories import answer_all, begin, make_open_round, make_room, make_round


@pytest.fixture
def round_(content, partnership):
    return make_open_round(partnership, people=5)


@pytest.fixture
def room(round_):
    return make_room(round_, people=2)


def screen(client, room, name="room_screen"):
    return client.get(of_round(name, room.round, room))


def answer_by_code(room, number):
    for _ in range(number):
        answer_all(take_place(join_code=room, now=timezone.now()))


def test_a_code_is_made_and_shown_large(signed_in, round_):
    page = fill(signed_in, of_round("round_room", round_), people="20")

    room = JoinCode.objects.get()
    assert (room.people, room.audience) == (20, "leaders")
    text = page.content.decode()
    assert f"{room.code[:3]} {room.code[3:]}" in text
    assert " ".join(room.code) in text
    assert '<svg class="qr" role="img" aria-label="Code to scan' in text
    assert "testserver" not in text
    assert "127.0.0.1:8000/join" in text


@pytest.mark.parametrize("people", ["", "0", "501", "some"])
def test_somebody_has_to_count_the_people(signed_in, round_, people):
    page = fill(signed_in, of_round("round_room", round_), people=people)

    assert page.status_code == 422
    assert page.context["form"].errors["people"]
    assert JoinCode.objects.count() == 0


def test_while_a_code_lives_the_page_shows_it_and_makes_no_other(signed_in, room):
    page = signed_in.get(of_round("round_room", room.round))

    assert [one.join_code for one in page.context["rooms"]] == [room]
    assert "Make the code" not in page.content.decode()
    again = signed_in.post(
        of_round("round_room", room.round), {"people": "9", "audience": "leaders"}
    )
    assert again.status_code == 422
    assert JoinCode.objects.count() == 1


def test_the_screen_counts_those_who_submitted(signed_in, room):
    answer_by_code(room, 1)
    begin(take_place(join_code=room, now=timezone.now()))

    text = screen(signed_in, room, "room_count").content.decode()

    assert "<strong>1 of 2</strong> people have answered. 2 have joined." in text
    assert "<html" not in text


def test_more_answers_than_people_are_said_beforehand(signed_in, room):
    answer_by_code(room, 2)
    assert b"three bands" not in screen(signed_in, room, "room_count").content
    answer_by_code(room, 1)

    for name in ("room_count", "room_screen"):
        text = screen(signed_in, room, name).content.decode()
        assert "3 answers by the code, 2 people in the room." in text
        assert "three bands and no detail" in text


def test_a_full_room_is_said(signed_in, room):
    for _ in range(5):
        take_place(join_code=room, now=timezone.now())

    assert b"Every place is taken" in screen(signed_in, room, "room_count").content


def test_the_number_of_people_is_corrected_on_the_screen(signed_in, room):
    fill(signed_in, of_round("room_screen", room.round, room), people="30")

    room.refresh_from_db()
    assert room.people == 30


def test_a_code_is_ended_at_once(signed_in, room):
    page = signed_in.post(of_round("room_end", room.round, room), follow=True)

    assert said(page) == ["The code has ended. Whoever has a place can go on answering."]
    room.refresh_from_db()
    assert room.ends_at <= timezone.now()
    assert b"This code has ended" in screen(signed_in, room, "room_count").content
    assert b"Code to scan" not in screen(signed_in, room).content


def test_the_code_of_another_round_is_not_found_here(signed_in, room, content):
    other = make_open_round()

    assert signed_in.get(of_round("room_screen", other, room)).status_code == 404
    elsewhere = make_room(other)
    assert signed_in.get(of_round("room_screen", room.round, elsewhere)).status_code == 404


def test_no_room_unless_the_round_is_open(signed_in, content, partnership):
    draft = make_round(partnership)

    page = signed_in.get(of_round("round_room", draft), follow=True)

    assert said(page) == ["People can join only while the round is open."]
    assert (
        signed_in.post(
            of_round("round_room", draft), {"people": "3", "audience": "leaders"}
        ).status_code
        == 422
    )


def test_what_the_screen_asks_for_every_few_seconds_costs_little(signed_in, room):
    counted = []
    for more in (1, 3):
        for _ in range(more):
            take_place(join_code=room, now=timezone.now())
        counted.append(count_queries(signed_in, of_round("room_count", room.round, room)))

    assert counted[0] == counted[1] <= 14
