"""Reading a result: all of it, with the words people answered, in a fixed number of queries."""

import pytest

from assessments.measures.readings import Reading
from assessments.measures.spread import Bands
from assessments.models.content import Statement
from assessments.models.results import COUNTS_OF_STATEMENT, SPREAD_OF_DIMENSION, Result
from assessments.results.figures import ScaleWords
from assessments.results.reading import read_result
from tests.factories import make_closed_round, make_open_round
from tests.results.rounds import EVERYTHING, by_factor, close_with


def test_read_result_has_who_answered(content):
    round_ = close_with(by_factor(), people=12)

    result = read_result(round_)

    assert (result.invited, result.counted, result.response_percent) == (12, 12, 100)
    assert (result.smallest_group, result.detail_group, result.comments_group) == (5, 8, 10)
    assert result.is_shown
    assert not result.is_bands_only


def test_read_result_has_each_part_in_the_order_it_was_asked(content):
    result = read_result(close_with(by_factor(), codes=EVERYTHING))

    assert tuple(part.code for part in result.instruments) == EVERYTHING
    counts = [len(part.statements) for part in result.instruments]
    assert counts == [30, 30, 15, 9, 13]
    assert [part.is_shown for part in result.instruments] == [True] * 5


def test_read_result_has_the_figures_of_a_dimension(content):
    result = read_result(close_with(by_factor(SC=(1, 5), AL=3)))

    vision, _, conflict, altruism, _ = result.five_factors.dimensions
    assert (vision.name, vision.mean, vision.people) == ("Shared vision and purpose", 4.0, 12)
    assert (vision.q1, vision.median, vision.q3) == (4.0, 4.0, 4.0)
    assert vision.word.text == "Usually seen"
    assert (conflict.mean, conflict.reading) == (3.0, Reading.VIEWS_DIFFER)
    assert conflict.bands == Bands(6, 0, 6)
    assert conflict.word.text == "Views differ"
    assert altruism.word.text == "Patchy"


def test_read_result_has_the_exact_words_that_were_answered(content):
    result = read_result(close_with(by_factor()))

    read = {one.code: (one.text, one.prompt) for one in result.five_factors.statements}
    asked = Statement.objects.filter(edition__instrument__code="five_factors")
    assert read == {one.code: (one.text, one.prompt) for one in asked}
    vision = result.five_factors.dimensions[0]
    assert len(vision.reflection_questions) == 3
    assert len(vision.suggested_actions) == 3
    assert vision.case_study.title


def test_read_result_turns_reversed_statements_and_keeps_the_habits_own_count(content):
    # Everybody sees every habit nearly always, and everything else hardly ever.
    result = read_result(close_with(by_factor(SV=1, PC=1, SC=1, AL=1, LT=1)))

    habits = [one for one in result.five_factors.statements if one.is_reversed]
    assert len(habits) == 5
    assert {one.counts for one in habits} == {(12, 0, 0, 0, 0)}
    assert {one.habit_seen_by for one in habits} == {12}
    others = [one for one in result.five_factors.statements if not one.is_reversed]
    assert {one.habit_seen_by for one in others} == {None}


def test_read_result_gives_each_rating_its_scale(content):
    part = read_result(close_with(by_factor(), codes=EVERYTHING)).differences

    scales = {one.item_code: one.scale for one in part.statements}
    assert scales["DF1.size"].points[-1] == "Very large"
    assert scales["DF1.handling"].points[-1] == "Very well"
    assert scales["DF7"].points[-1] == "Nearly always"
    assert isinstance(scales["DF7"], ScaleWords)
    assert not part.has_one_scale


def test_only_the_scale_of_how_often_has_words(content):
    result = read_result(close_with(by_factor(), codes=EVERYTHING))

    with_words = {
        part.code: {bool(one.word) for one in part.statements} for part in result.instruments
    }
    assert with_words["five_factors"] == with_words["six_ways"] == {True}
    assert with_words["context"] == {False}
    assert {one.code for one in result.differences.statements if one.word} == {"DF7"}


def test_read_result_of_few_people_has_bands_and_no_detail(content):
    result = read_result(close_with(by_factor(SC=(1, 5)), people=6))

    conflict = result.five_factors.dimensions[2]
    assert (conflict.mean, conflict.q1, conflict.bins, conflict.bands) == (3.0, None, None, None)
    assert conflict.word.text == "Views differ"
    assert conflict.statements[0].bands == Bands(3, 0, 3)
    assert conflict.statements[0].counts is None


def test_read_result_below_k_has_nothing(content):
    result = read_result(close_with(by_factor(), people=5, helpers=1))

    assert not result.is_shown
    assert (result.invited, result.counted, result.response_percent) == (None, None, None)
    assert result.instruments == ()
    assert result.smallest_group == 5


def test_read_result_of_a_part_too_few_submitted_keeps_its_place(content):
    round_ = close_with(by_factor(), codes=("five_factors", "six_ways"))
    result = Result.objects.get(round=round_)
    result.statement_figures.filter(instrument_code="six_ways").delete()
    result.dimension_figures.filter(instrument_code="six_ways").delete()

    part = read_result(round_).six_ways

    assert not part.is_shown
    assert [dimension.mean for dimension in part.scored] == [None] * 6


def test_read_result_of_a_round_soon_after_another_has_bands_alone(content, now):
    first = make_closed_round(people=9, now=now)

    result = read_result(make_closed_round(first.partnership, people=9, now=now))

    assert result.is_bands_only
    statement = result.five_factors.statements[0]
    assert statement.bands == Bands(0, 0, 9)
    assert (statement.mean, statement.counts, statement.dont_know, statement.word) == (
        None,
        None,
        None,
        None,
    )
    assert {dimension.mean for dimension in result.five_factors.dimensions} == {None}


def test_read_result_before_the_close_finds_none(content):
    with pytest.raises(Result.DoesNotExist):
        read_result(make_open_round(people=6))


@pytest.mark.parametrize(
    ("codes", "people"),
    [(("five_factors",), 20), (("five_factors", "six_ways", "practice"), 20), (EVERYTHING, 60)],
)
def test_read_result_takes_six_queries_whatever_its_size(
    content, django_assert_num_queries, codes, people
):
    round_ = close_with(by_factor(), codes=codes, people=people)

    with django_assert_num_queries(6):
        read_result(round_)


def test_read_result_reads_no_figure_of_a_group(content):
    round_ = close_with(by_factor(), people=20)
    result = Result.objects.get(round=round_)
    spread = dict.fromkeys(SPREAD_OF_DIMENSION)
    counts = dict.fromkeys(COUNTS_OF_STATEMENT)
    councils = {"group": "sector", "group_name": "Councils"}
    # Only the group's figures are left of the first factor.
    result.dimension_figures.exclude(group="whole").delete()
    result.statement_figures.exclude(group="whole").delete()
    result.dimension_figures.filter(code="SV").update(**councils, **spread)
    result.statement_figures.filter(dimension_code="SV").update(**councils, **counts)

    vision, *others = read_result(round_).five_factors.dimensions

    assert vision.mean is None
    assert {statement.mean for statement in vision.statements} == {None}
    assert {dimension.mean for dimension in others} == {4.0}
