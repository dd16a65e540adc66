"""What a round asks, as plain values."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models.rounds import Audience
from assessments.questionnaire.asked import read_asked
from tests.factories import make_open_round

EVERYTHING = ("five_factors", "six_ways", "practice", "context", "differences")


@pytest.fixture
def round_(content):
    return make_open_round(codes=EVERYTHING)


def test_everything_is_asked_once_and_in_order(round_):
    asked = read_asked(round_, Audience.LEADERS)

    assert [one.code for one in asked] == list(EVERYTHING)
    assert [len(one.dimensions) for one in asked][:2] == [5, 6]
    codes = [item.code for one in asked for part in one.dimensions for item in part.items]
    stored = round_.items.filter(statement__isnull=False).order_by("instrument__order", "order")
    assert codes == list(stored.values_list("code", flat=True))


def test_statements_are_numbered_and_a_second_rating_has_the_number_of_the_first(round_):
    differences = read_asked(round_, Audience.LEADERS)[-1]

    soft = differences.find("DS").items

    assert [item.number for item in soft] == [1, 1, 2, 2]
    assert [item.is_second_rating for item in soft] == [False, True, False, True]
    assert soft[0].scale.question != soft[1].scale.question
    assert differences.find("DS").question == ""


def test_the_question_about_oneself_is_asked_of_oneself(round_):
    factors, ways = read_asked(round_, Audience.LEADERS)[:2]

    assert factors.dimensions[0].question.endswith("true of your partnership?")
    assert ways.dimensions[0].question.endswith("true of you?")


def test_dont_know_stands_apart_from_the_points(round_):
    scale = read_asked(round_, Audience.LEADERS)[0].dimensions[0].items[0].scale

    assert [point.value for point in scale.points] == [1, 2, 3, 4, 5]
    assert [point.value for point in scale.apart] == [-2, -3]
    assert scale.say(-2) == "Don't know"
    assert scale.say(9) == ""


def test_another_audience_is_asked_nothing_here(round_):
    assert read_asked(round_, Audience.OUTSIDE) == ()


def test_reading_costs_the_same_however_much_is_asked(round_):
    small = make_open_round()
    counts = []
    for one in (small, round_):
        with CaptureQueriesContext(connection) as captured:
            read_asked(one, Audience.LEADERS)
        counts.append(len(captured))

    assert counts == [3, 3]
