import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures.change import (
    Level,
    compare,
    has_good_response,
    level_of_dimension,
    level_of_statement,
    range_if_missing_answered,
    response_rate,
)
from assessments.measures.intervals import Interval, half_width


def test_half_width_is_students_t_with_the_finite_population_correction():
    # t(.975, 24) = 2.0639; 2.0639 * 0.8 / 5 * root of (1 - 25/100).
    assert half_width(0.8, 25, 100) == pytest.approx(0.28598, abs=1e-5)


def test_half_width_is_nought_when_everyone_answered_and_missing_for_one_person():
    assert half_width(1.2, 30, 30) == 0
    assert half_width(1.2, 31, 30) == 0
    assert half_width(0.0, 10, 30) == 0
    assert half_width(1.0, 1, 30) is None


@given(st.floats(0.1, 2), st.integers(2, 60), st.integers(0, 100))
def test_half_width_shrinks_as_more_of_the_invited_answer(sd, answered, missing):
    invited = answered + missing

    assert half_width(sd, answered, invited) <= half_width(sd, answered, invited + 1)


def test_a_change_is_clear_from_half_a_point_beyond_its_interval():
    clear = compare(Level(3.0, 0.3), Level(3.6, 0.4))

    assert (clear.difference, clear.interval) == (0.6, Interval(0.1, 1.1))
    assert (clear.is_clear_rise, clear.is_clear_fall) == (True, False)
    assert compare(Level(3.6, 0.3), Level(3.0, 0.4)).is_clear_fall is True


def test_half_a_point_is_clear_only_if_the_interval_leaves_out_nought():
    assert compare(Level(3.4, 0.3), Level(3.9, 0.3)).clear is True
    assert compare(Level(3.4, 0.3), Level(3.9, 0.4)).clear is False  # 0.3, 0.4: half is 0.5


def test_under_half_a_point_is_never_clear_even_when_everyone_answered():
    assert compare(Level(3.0, 0.0), Level(3.4, 0.0)).clear is False
    assert compare(Level(3.0, 0.0), Level(3.5, 0.0)).clear is True
    assert compare(Level(4.5, 0.0), Level(4.0, 0.0)).clear is True


def test_without_an_interval_nothing_is_clear_and_without_a_mean_there_is_no_change():
    change = compare(Level(2.0, None), Level(4.0, 0.1))

    assert (change.difference, change.interval, change.clear) == (2.0, None, False)
    assert compare(None, Level(4.0, 0.1)) is None
    assert compare(Level(4.0, 0.1), None) is None


def test_the_level_of_a_dimension_takes_the_wider_side_of_its_interval():
    assert level_of_dimension(4.8, Interval(4.3, 5.0)).half == pytest.approx(0.5)
    assert level_of_dimension(3.0, Interval(3.0, 3.0)) == Level(3.0, 0.0)
    assert level_of_dimension(3.0, Interval(3.1, 3.1)).half == pytest.approx(0.1)
    assert level_of_dimension(3.0, None) == Level(3.0, None)
    assert level_of_dimension(None, None) is None


def test_the_level_of_a_statement_comes_from_its_published_sd():
    level = level_of_statement(3.0, 1.0, 10, 20)

    # Sample SD 1.0541, t(9) 2.2622, root of (1/2 / 10).
    assert level.half == pytest.approx(0.5332, abs=1e-4)
    assert level_of_statement(3.0, None, None, 20) == Level(3.0, None)
    assert level_of_statement(None, None, None, None) is None


@given(*[st.floats(1, 5), st.floats(0, 2)] * 2)
def test_swapping_the_rounds_turns_the_change_round(first, first_half, second, second_half):
    one, other = Level(round(first, 1), first_half), Level(round(second, 1), second_half)

    assert compare(one, other).clear is compare(other, one).clear
    assert compare(one, other).difference == pytest.approx(-compare(other, one).difference)


def test_the_range_puts_the_missing_at_either_end():
    assert range_if_missing_answered(3.0, 10, 20) == Interval(2.0, 4.0)
    assert range_if_missing_answered(4.2, 15, 20) == Interval(3.4, 4.4)


def test_the_range_is_left_out_from_four_fifths_of_response():
    assert range_if_missing_answered(3.0, 16, 20) is None
    assert range_if_missing_answered(3.0, 15, 20) is not None
    assert range_if_missing_answered(3.0, 0, 20) is None


def test_response_rate_is_a_share_and_missing_for_nobody():
    assert response_rate(26, 31) == pytest.approx(0.8387, abs=1e-4)
    assert response_rate(12, 10) == 1
    assert response_rate(0, 0) is None
    assert has_good_response(8, 10) is True
    assert has_good_response(79, 100) is False
    assert has_good_response(0, 0) is False
