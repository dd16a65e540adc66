"""The page of taking answers out: asks, says what goes, deletes on POST, is honest afterwards."""

import pytest
from django.utils import timezone

from assessments.leaders.views import withdraw as view
from assessments.models.responses import Answer, Response, Sitting
from assessments.models.rounds import Round
from assessments.services.closing import close_round
from tests.factories import answer_all, make_open_round
from tests.leaders.device import Device


@pytest.fixture
def submitted(begun):
    """Two of thirty statements answered, and the factors submitted."""
    for item in begun.items()[:2]:
        begun.save(item, 4)
    begun.submit()
    return begun


@pytest.fixture
def round_of_two(content):
    return make_open_round(codes=("five_factors", "six_ways"))


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_page_deletes_nothing(submitted, method):
    getattr(submitted.client, method)(submitted.at("answer_withdraw"))

    assert (Response.objects.count(), Answer.objects.count()) == (1, 2)


def test_the_page_says_what_is_deleted_and_what_stays(submitted):
    page = text_of(submitted.client.get(submitted.at("answer_withdraw")))

    assert "your 2 answers, in every part, also what you have submitted;" in page
    assert "comment" not in page
    assert "you may be sent a reminder" in page
    assert "This cannot be undone." in page


def test_withdrawing_deletes_all_and_forgets_the_code_but_not_the_link(submitted):
    response = submitted.client.post(submitted.at("answer_withdraw"))

    assert "Your answers are deleted" in text_of(response)
    assert (Response.objects.count(), Sitting.objects.count()) == (0, 0)
    cookies = {name: one.value for name, one in submitted.client.cookies.items()}
    assert cookies["answer_reader"] == cookies["answer_code"] == ""
    assert cookies["answer_link"] != ""
    assert "Is this right?" in text_of(submitted.client.get(submitted.home))


def test_sending_it_twice_does_no_harm(submitted):
    submitted.client.post(submitted.at("answer_withdraw"))

    again = submitted.client.post(submitted.at("answer_withdraw"))

    assert (again.status_code, again["Location"]) == (302, submitted.home)


def test_another_device_without_the_code_withdraws_nothing(submitted, person):
    other = Device(person)
    other.open_link()

    for method in (other.client.get, other.client.post):
        assert method(other.at("answer_withdraw")).status_code == 302
    other.client.post(other.at("go_on_blind"))
    other.client.post(other.at("answer_withdraw"))

    assert Response.objects.count() == 1
    assert "Enter your code" in text_of(other.client.get(other.home))


def test_one_part_is_taken_out_and_the_rest_stays(round_of_two):
    device = Device(round_of_two.participants.first())
    device.open_link()
    device.confirm()
    device.save(device.items()[0], 4)
    ways = round_of_two.items.filter(instrument__edition__instrument__code="six_ways")
    device.save(ways.first(), 4)
    device.submit("six_ways")
    address = device.at("answer_take_back", "six_ways")

    page = text_of(device.client.get(address))
    done = text_of(device.client.post(address))

    assert "your 1 answer to “" in page
    assert "no longer submitted" in page
    assert "This part is deleted" in done
    assert Answer.objects.get().item.instrument.edition.instrument.code == "five_factors"
    assert device.client.post(address).status_code == 302


def test_a_part_that_the_round_does_not_ask_is_not_found(begun):
    assert begun.client.get(begun.at("answer_take_back", "context")).status_code == 404


def test_a_round_that_closes_in_the_same_moment_is_said_plainly(submitted, round_, monkeypatch):
    """The page was read while it was open; the close comes before the deletion does."""
    real = view.withdraw

    def close_first(**given):
        close_round(round_=round_, actor=None, now=round_.ends_at)
        real(**given)

    monkeypatch.setattr(view, "withdraw", close_first)

    response = submitted.client.post(submitted.at("answer_withdraw"))

    assert response.status_code == 410
    assert "Answers can no longer be taken out" in text_of(response)
    assert "are deleted" not in text_of(response)


def test_after_the_end_and_before_the_close_it_is_too_late(submitted):
    Round.objects.update(ends_at=timezone.now())

    response = submitted.client.post(submitted.at("answer_withdraw"))

    assert response.status_code == 410
    assert "is about to close" in text_of(response)
    assert Answer.objects.count() == 2


def test_after_the_close_the_page_says_that_nobody_can_find_the_answers(device, round_):
    for person in round_.participants.all():
        answer_all(person)
    close_round(round_=round_, actor=None, now=timezone.now())

    pages = [
        device.client.get(device.at("answer_withdraw")),
        device.client.post(device.at("answer_withdraw")),
        device.client.post(device.at("answer_take_back", "five_factors")),
    ]

    assert [page.status_code for page in pages] == [410] * 3
    assert "nobody can tell which answers were yours" in text_of(pages[0])
    assert "return code and with nothing else" in text_of(pages[0])


def test_after_a_close_with_too_few_it_promises_no_sealed_copy(device, round_, person):
    answer_all(person)
    close_round(round_=round_, actor=None, now=round_.ends_at)

    page = text_of(device.client.get(device.at("answer_withdraw")))

    assert "no figure, and no sealed copy" in page
