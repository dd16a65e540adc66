"""A round that asks everything: sectors, the prediction, the last question, the problem."""

import pytest

from assessments.measures.answers import PREFER_NOT_TO_SAY
from assessments.measures.foresight import FORESIGHT_POINTS
from assessments.models.rounds import Audience, RoundItem
from assessments.questionnaire.asked import read_asked
from assessments.questionnaire.building import BANDS
from assessments.results.words import LEVELS, VIEWS_DIFFER
from tests.questionnaire.everything import (
    FOR_LEADERS,
    PROBLEM,
    list_items,
    make_round_of_everything,
)


@pytest.fixture
def round_(content, now):
    return make_round_of_everything(now)


def find(round_, code, audience=Audience.LEADERS, sector=None):
    return next(one for one in read_asked(round_, audience, sector) if one.code == code)


def offered(item):
    return [point.value for point in item.scale.points], [one.value for one in item.scale.apart]


def test_every_item_of_a_round_stands_on_one_page(round_):
    asked = [*read_asked(round_, Audience.LEADERS), *read_asked(round_, Audience.OUTSIDE)]

    ids = [item.id for item in list_items(asked)]

    assert [one.code for one in asked] == [*FOR_LEADERS, "outside_view"]
    assert sorted(ids) == sorted(round_.items.values_list("pk", flat=True))


def test_a_prediction_stands_beside_each_factor_and_counts_nowhere(round_):
    factors = find(round_, "five_factors")

    guesses = [page.asides for page in factors.dimensions]

    assert [len(one) for one in guesses] == [1] * 5
    assert {item.text for one in guesses for item in one} == {
        "And what do you think most others would say about this factor?"
    }
    assert offered(guesses[0][0]) == ([*FORESIGHT_POINTS], [])
    assert factors.asked == 30


def test_predictions_are_called_as_the_results_are():
    assert [point.label for point in BANDS] == [*LEVELS.values(), VIEWS_DIFFER]


def test_the_last_question_is_a_page_apart(round_):
    factors = find(round_, "five_factors")

    (candour,) = factors.last.asides

    assert (factors.last.id, factors.last.items, factors.last.number) == (None, (), 6)
    assert factors.pages[-1] == factors.last
    assert offered(candour) == ([1, 2, 3, 4, 5], [PREFER_NOT_TO_SAY])
    assert candour.scale.say(PREFER_NOT_TO_SAY) == "Prefer not to say"


def test_contact_asks_about_each_sector_but_ones_own(round_):
    sectors = list(round_.partnership.sectors.order_by("id"))

    everybody = find(round_, "contact").dimensions[0]
    own = find(round_, "contact", sector=sectors[0].pk).dimensions[0]

    assert [item.text for item in everybody.items] == [
        sectors[0].name,
        sectors[1].name,
        "Other partners",
    ]
    assert [item.text for item in own.items] == [sectors[1].name, "Other partners"]
    assert [item.number for item in own.items] == [1, 2]
    assert offered(own.items[0]) == ([1, 2, 3, 4, 5], [-3])


def test_contact_is_not_asked_where_there_is_only_ones_own_sector(round_):
    sector = round_.partnership.sectors.order_by("id")[0]
    RoundItem.objects.filter(round=round_, code__startswith="contact.").exclude(
        sector=sector
    ).delete()

    codes = [one.code for one in read_asked(round_, Audience.LEADERS, sector.pk)]

    assert "contact" not in codes


def test_the_quick_test_is_about_the_problem_of_the_round(round_):
    test = find(round_, "quick_test")

    assert (test.problem, test.stem) == (PROBLEM, "")
    assert "Name one problem" not in test.intro
    assert offered(test.dimensions[0].items[0]) == ([2, 1, 0], [-2])
    assert test.dimensions[0].takes_comments is False


def test_people_outside_are_asked_ten_statements_on_the_axes_of_the_factors(round_):
    factors = find(round_, "five_factors")

    outside = find(round_, "outside_view", Audience.OUTSIDE)

    assert [one.code for one in outside.dimensions] == [one.code for one in factors.dimensions]
    assert outside.asked == 10
    assert list_items([outside]) == [item for one in outside.dimensions for item in one.items]
