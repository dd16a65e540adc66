"""Closing: a check, a typed word, once; then the end of it, and sharing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.results import Result
from assessments.models.rounds import Round
from assessments.services.closing import close_round
from tests.facilitators.pages import fill, of_round, said
from tests.factories import (
    answer_all,
    make_open_round,
    make_round,
)


@pytest.fixture
def round_(content, partnership):
    """Ten people, seven answers: too few to close early."""
    return with_answers(make_open_round(partnership, people=10), 7)


def with_answers(round_, number):
    for person in round_.participants.filter(progress__state="invited")[:number]:
        answer_all(person)
    return round_


def end_now(round_):
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now() - timedelta(minutes=1))


def test_before_its_end_the_page_says_why_not_and_offers_no_form(signed_in, round_):
    url = of_round("round_close", round_)

    text = signed_in.get(url).content.decode()
    refused = signed_in.post(url, {"confirmation": "CLOSE"})

    assert "It cannot be closed yet" in text
    assert 'name="confirmation"' not in text
    assert "80 %" in str(refused.context["form"].non_field_errors())
    round_.refresh_from_db()
    assert round_.is_open


def test_with_eighty_percent_the_typed_word_closes_it(signed_in, round_):
    with_answers(round_, 1)

    response = fill(signed_in, of_round("round_close", round_), confirmation=" close ")

    assert said(response) == ["The round is closed."]
    text = " ".join(response.content.decode().split())
    assert "Closed: 8 of 10 answered" in text
    assert of_round("round_results", round_) in text
    assert of_round("round_share", round_) in text


def test_the_name_of_the_partnership_will_do(signed_in, round_, partnership):
    end_now(round_)

    fill(signed_in, of_round("round_close", round_), confirmation=partnership.name.upper())

    round_.refresh_from_db()
    assert round_.is_closed


@pytest.mark.parametrize("typed", ["", "yes", "CLOSED", "close it", "Other Partnership"])
def test_another_word_leaves_it_open(signed_in, round_, typed):
    end_now(round_)

    response = fill(signed_in, of_round("round_close", round_), confirmation=typed)

    assert "CLOSE" in str(response.context["form"].errors["confirmation"])
    round_.refresh_from_db()
    assert round_.is_open


def test_the_second_of_two_tabs_is_told(signed_in, round_):
    end_now(round_)
    url = of_round("round_close", round_)
    fill(signed_in, url, confirmation="CLOSE")

    for response in (
        signed_in.post(url, {"confirmation": "CLOSE"}, follow=True),
        signed_in.get(url, follow=True),
    ):
        assert said(response)[-1].startswith("This round has closed already.")
    assert Result.objects.filter(round=round_).count() == 1


def test_a_draft_has_nothing_to_close(signed_in, content, partnership):
    response = signed_in.get(of_round("round_close", make_round(partnership)), follow=True)

    assert "has not been opened" in said(response)[0]


def test_the_check_says_what_could_be_shown(signed_in, content, partnership):
    round_ = with_answers(make_open_round(partnership, people=10), 4)

    def read():
        return " ".join(signed_in.get(of_round("round_detail", round_)).content.decode().split())

    assert "Nothing yet. 5 people have to answer." in read()
    with_answers(round_, 1)
    assert "The whole partnership: 5 people" in read()
    assert "The full spread of answers to each statement" not in read()
    with_answers(round_, 3)
    assert "The full spread of answers to each statement" in read()
    assert "after you release them one by one" not in read()
    with_answers(round_, 2)
    assert "after you release them one by one" in read()


def test_a_round_with_too_few_answers_says_what_became_of_them(signed_in, content, partnership):
    round_ = with_answers(make_open_round(partnership, people=6), 4)
    end_now(round_)

    warned = signed_in.get(of_round("round_close", round_)).content.decode()
    response = fill(signed_in, of_round("round_close", round_), confirmation="CLOSE")

    assert "all answers would be deleted" in warned
    text = " ".join(response.content.decode().split())
    assert "Fewer than 5 people answered" in text
    assert "4 of 6" not in text
    assert of_round("round_share", round_) not in text


def test_a_round_that_the_clock_closed_reads_the_same(signed_in, round_):
    close_round(round_=round_, actor=None, now=round_.ends_at)

    text = " ".join(signed_in.get(of_round("round_detail", round_)).content.decode().split())

    assert "Closed: 7 of 10 answered" in text
