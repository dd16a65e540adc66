"""Pressures, differences, the descriptions of charts, and the partial that leaders see."""

import re

import pytest
from django.template.loader import render_to_string

from assessments.results.beside import draw_shared
from assessments.results.charts.distribution import Distribution
from assessments.results.differences import list_differences
from assessments.results.drawing import (
    describe_answers,
    describe_profile,
    draw_pressure,
    frame_answers,
)
from assessments.results.pressures import rank_pressures
from assessments.results.reading import read_result
from tests.factories import make_closed_round
from tests.results.rounds import EVERYTHING, by_factor, close_with


def read_by_code(people=12, **values):
    """A round of everything in which each code has one answer; four where none is given."""

    def choose(place):
        return lambda item: values.get(item.code.replace(".", "_"), 4)

    return read_result(close_with(choose, people=people, codes=EVERYTHING))


# pressures ----------------------------------------------------------------


def test_pressures_are_ranked_by_how_many_feel_them_and_pulls_stand_apart(content):
    def choose(place):
        strong = {"CX1": 12, "CX9": 10, "CX4": 12, "CX7": 3}

        def pick(item):
            return 5 if place < strong.get(item.code, 0) else 3

        return pick

    part = read_result(close_with(choose, codes=EVERYTHING)).context
    ranked = rank_pressures(part)

    names = [pressure.statement.code for pressure in ranked]
    assert names[:3] == ["CX1", "CX9", "CX7"]
    assert names[-1] == "CX4"
    assert [pressure.is_pull for pressure in ranked] == [False] * 8 + [True]
    assert ranked[1].statement.bands.strong == 10


def test_opportunity_is_not_turned_round(content):
    part = read_by_code(CX4=5).context

    pull = rank_pressures(part)[-1]

    assert pull.statement.mean == 5.0
    assert 'class="teal-o"' in draw_pressure(pull)


def test_a_pressure_bar_is_as_long_as_the_share_of_people(content):
    def choose(place):
        return lambda item: 5 if place < 3 else 4 if place < 9 else 2

    pressure = rank_pressures(read_result(close_with(choose, codes=EVERYTHING)).context)[0]

    bars = re.findall(r'class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"', draw_pressure(pressure))
    assert bars == [("f5", "0.00", "25.00"), ("f4", "25.00", "50.00")]


def test_a_pressure_of_few_people_has_one_bar(content):
    pressure = rank_pressures(read_by_code(people=6).context)[0]

    assert draw_pressure(pressure).count("<rect") == 1
    assert 'class="f4"' in draw_pressure(pressure)


# differences --------------------------------------------------------------


def test_differences_are_placed_by_the_rule_of_the_content(content):
    part = read_by_code(
        DF1_size=5,
        DF1_handling=1,
        DF2_size=5,
        DF2_handling=5,
        DF3_size=2,
        DF3_handling=2,
        DF4_size=3,
        DF4_handling=4,
    ).differences

    placed = {one.name: one.label for one in list_differences(part)}

    assert placed["Professional cultures"] == "Talk first"
    assert placed["Ways of working"] == "Protect"
    assert placed["Governance"] == "Tidy up"
    assert placed["Accountability"] == "Leave"


def test_what_to_talk_about_stands_on_top_and_the_whole_apart(content):
    part = read_by_code(DF6_size=5, DF6_handling=1).differences

    found = list_differences(part)

    assert found[0].name == "Performance regimes"
    assert len(found) == 6
    assert "DF7" not in {one.size.code for one in found}


def test_a_difference_without_medians_has_no_place(content):
    found = list_differences(read_by_code(people=6).differences)

    assert {(one.is_placed, one.label, one.advice) for one in found} == {(False, "", "")}


# descriptions of charts ---------------------------------------------------


def test_radar_has_the_figures_of_the_result(content):
    result = read_result(close_with(by_factor(SC=(1, 5), AL=3)))

    radar = describe_profile(result.five_factors, result, name="factors")

    assert [axis.value for axis in radar.axes] == [4.0, 4.0, 3.0, 3.0, 4.0]
    assert [axis.views_differ for axis in radar.axes] == [False, False, True, False, False]
    assert (radar.axes[2].low, radar.axes[2].high) == (1.0, 5.0)
    assert radar.axes[1].word == "Usually seen"
    assert radar.has_band


def test_radar_of_few_people_has_no_band(content):
    result = read_result(close_with(by_factor(), people=7))

    assert not describe_profile(result.five_factors, result, name="factors").has_band


def test_a_part_of_two_dimensions_has_no_radar(content):
    result = read_result(close_with(by_factor(), codes=EVERYTHING))

    assert describe_profile(result.practice, result, name="practice") is None


@pytest.mark.parametrize(("people", "counts"), [(12, (0, 0, 0, 12, 0)), (6, (0, 0, 6))])
def test_answers_are_five_or_three_bands(content, people, counts):
    part = read_result(close_with(by_factor(), people=people)).five_factors

    row = describe_answers(part.statements[0])

    assert isinstance(row, Distribution)
    assert (row.counts, row.dont_know) == (counts, 0)


def test_a_reversed_statement_says_that_it_is_turned_round(content):
    part = read_result(close_with(by_factor())).five_factors

    habit = next(one for one in part.statements if one.is_reversed)

    assert describe_answers(habit).label.startswith("A habit that gets in the way, shown turned")


def test_a_person_is_as_wide_in_every_bar_of_a_part(content):
    part = read_result(close_with(by_factor(SV=1, PC=5))).five_factors

    frame = frame_answers(part.statements)

    assert frame.person * 12 <= 88


# what leaders see ---------------------------------------------------------


def render_shared(round_):
    return render_to_string("results/_shared.html", draw_shared(read_result(round_), round_, {}))


def test_shared_partial_needs_nobodys_answers(content):
    page = render_shared(close_with(by_factor(SC=(1, 5))))

    assert "12 of the 12" in page
    assert "Views differ" in page
    assert "Surfacing and resolving conflict</th>" in page
    assert "The line with triangles" not in page


def test_shared_partial_of_bands(content, now):
    first = make_closed_round(people=9, now=now)

    page = render_shared(make_closed_round(first.partnership, people=9, now=now))

    assert "Answers in three bands" in page
    assert "data-radar" not in page
