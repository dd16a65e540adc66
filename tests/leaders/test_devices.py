"""Another device: the code, blind, start again. Nothing saved is shown without the code."""

import pytest
from django.utils import timezone

from assessments.models.responses import Answer, Comment, Response
from assessments.services.answering.saving import save_comment
from tests.factories import seat_of
from tests.leaders.device import Device

TOKEN_LENGTH = 99


@pytest.fixture
def answered(begun):
    """Every statement of one factor answered, and a comment written."""
    for item in begun.items():
        begun.save(item, 4)
    save_comment(
        seat=seat_of(begun.person),
        dimension_id=begun.items()[0].dimension_id,
        text="A very telling sentence",
        based_on=None,
        now=timezone.now(),
    )
    return begun


@pytest.fixture
def other(answered):
    other = Device(answered.person)
    other.open_link()
    return other


@pytest.fixture
def blind(other):
    other.client.post(other.at("go_on_blind"))
    return other


def test_another_device_offers_three_ways_and_the_number_alone(other):
    page = other.client.get(other.home).content.decode()

    assert "Your 6 answers are kept." in page
    assert "Enter your code" in page
    assert "Go on without my code" in page
    assert "Start again" in page


def test_no_page_of_answers_opens_before_a_way_is_chosen(other):
    for page in (other.page(), other.at("answer_review", "five_factors")):
        response = other.client.get(page)

        assert (response.status_code, response["Location"]) == (302, other.home)


def test_blind_pages_hold_nothing_that_was_saved(blind):
    pages = [
        blind.client.get(address).content.decode()
        for address in (
            blind.home,
            blind.page(),
            blind.page("PC"),
            blind.at("answer_review", "five_factors"),
        )
    ]

    for page in pages:
        assert "checked" not in page
        assert "A very telling sentence" not in page
        assert 'value="1:' not in page
    assert "Usually" not in pages[3]


def test_blind_saving_shows_no_revision_and_works(blind):
    item = blind.items()[0]

    same, other_value = blind.save(item, 4), blind.save(item, 2)

    tokens = [one.json().pop("was") for one in (same, other_value)]
    assert [one.json()["state"] for one in (same, other_value)] == ["saved", "saved"]
    assert [len(token) for token in tokens] == [TOKEN_LENGTH] * 2
    assert Answer.objects.get(item=item).value == 2


def test_blind_saving_learns_nothing_from_a_claimed_revision(blind):
    """It is refused whatever is saved: a clash would tell that something else was."""
    claims = ("1:4", "1:1", "9:1", "0:")
    answers = [blind.save(blind.items()[0], 1, was=was).json() for was in claims]

    assert [one["state"] for one in answers] == ["refused"] * 4
    assert len({one["message"] for one in answers}) == 1
    assert Answer.objects.filter(value=4).count() == 6


def test_a_blind_page_saves_without_javascript(blind):
    item = blind.items("PC")[0]

    response = blind.post_page({f"q{item.pk}": 5}, "PC")

    assert response.status_code == 302
    assert Answer.objects.get(item=item).value == 5
    assert Answer.objects.count() == 7


def test_an_empty_box_on_a_blind_page_deletes_no_comment(blind):
    blind.post_page({"comment": "", "comment-was": ""})

    assert Comment.objects.get().text == "A very telling sentence"


@pytest.mark.parametrize("spell", [str, str.lower, lambda code: f" {code.replace('-', ' ')} "])
def test_the_code_opens_everything_however_it_is_typed(other, answered, spell):
    response = other.client.post(other.at("give_code"), {"code": spell(answered.code)})

    assert (response.status_code, response["Location"]) == (302, other.home)
    page = other.client.get(other.page()).content.decode()
    assert page.count(" checked") == 6
    assert "A very telling sentence" in page


def test_letters_that_look_like_numbers_are_read_as_numbers(other, answered):
    typed = answered.code.replace("0", "o").replace("1", "l")

    assert other.client.post(other.at("give_code"), {"code": typed}).status_code == 302


@pytest.mark.parametrize("typed", ["", "ABCD", "0000-0000-0000-0000", "é" * 16])
def test_a_wrong_code_says_so_and_loses_nothing(other, typed):
    response = other.client.post(other.at("give_code"), {"code": typed})

    assert response.status_code == 422
    assert "answer_reader" not in other.client.cookies
    assert Answer.objects.count() == 6


def test_the_code_of_somebody_else_opens_nothing_here(other, round_):
    stranger = Device(round_.participants.last())
    stranger.open_link()
    stranger.confirm()

    response = other.client.post(other.at("give_code"), {"code": stranger.code})

    assert response.status_code == 422


def test_start_again_asks_first(other):
    response = other.client.get(other.at("begin_again"))

    assert b"Delete 6 answers and start again?" in response.content
    assert Answer.objects.count() == 6


def test_start_again_deletes_and_gives_a_new_code(other, answered):
    old = answered.code

    other.client.post(other.at("begin_again"))
    other.confirm()

    assert Answer.objects.count() == 0
    assert Response.objects.count() == 1
    assert other.code != old
    assert other.client.post(other.at("give_code"), {"code": old}).status_code == 422


def test_a_page_of_deleted_answers_writes_nothing_into_the_new_ones(other, answered):
    other.client.post(other.at("begin_again"))
    other.confirm()

    response = answered.save(answered.items()[0], 1)

    assert response.status_code == 409
    assert "begun again on another device" in response.json()["message"]
    assert Answer.objects.count() == 0


def test_start_again_is_refused_once_submitted(other, answered):
    answered.submit()

    response = other.client.post(other.at("begin_again"))

    assert response.status_code == 409
    assert Answer.objects.count() == 6


def test_after_submitting_only_the_code_opens(blind, answered):
    answered.submit()

    assert b"Only your return code opens them now" in blind.client.get(blind.home).content
    assert blind.client.get(blind.page()).status_code == 302
    assert blind.save(blind.items()[0], 1).json()["state"] == "needs_code"
    assert Answer.objects.filter(value=1).count() == 0
    blind.client.post(blind.at("give_code"), {"code": answered.code})
    assert blind.save(blind.items()[0], 1, was="1:4").status_code == 200


def test_going_on_blind_does_nothing_after_submitting(other, answered):
    answered.submit()

    other.client.post(other.at("go_on_blind"))

    assert other.client.get(other.page()).status_code == 302


def test_another_person_on_the_same_device_sees_nothing_of_the_first(answered, round_):
    second = Device(round_.participants.last())
    second.client = answered.client
    second.open_link()

    page = second.client.get(second.home).content.decode()

    assert "Is this right?" in page
    assert answered.person.name not in page
