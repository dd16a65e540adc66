import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures.answers import (
    BLANK,
    DONT_KNOW,
    NOT_APPLICABLE,
    PREFER_NOT_TO_SAY,
    as_answers,
    has_enough,
    person_scores,
    turn_round,
)
from tests.measures.strategies import answer_matrices

FIVE = (1, 2, 3, 4, 5)


def test_as_answers_refuses_what_is_no_answer_matrix():
    with pytest.raises(ValueError, match="neither an answer"):
        as_answers([[1, -5]])
    with pytest.raises(ValueError, match="Expected 3"):
        as_answers([[1, 2]], items=3)
    with pytest.raises(ValueError, match="rows"):
        as_answers([1, 2, 3])


def test_as_answers_of_nobody_keeps_the_columns():
    assert as_answers([], items=4).shape == (0, 4)


def test_turn_round_turns_only_the_reversed_answers_on_the_scale():
    answers = as_answers([[1, 1], [5, 4], [DONT_KNOW, NOT_APPLICABLE], [BLANK, -4]])

    turned = turn_round(answers, [False, True], FIVE)

    assert turned.tolist() == [[1, 5], [5, 2], [DONT_KNOW, NOT_APPLICABLE], [-1, -4]]
    assert answers.tolist()[1] == [5, 4]


def test_turn_round_keeps_no_and_yes_apart_in_the_quick_test():
    assert turn_round(as_answers([[0, 2, 1]]), [True] * 3, (0, 1, 2)).tolist() == [[2, 0, 1]]


def test_person_scores_are_missing_below_the_minimum_and_never_nought():
    answers = as_answers(
        [
            [5, 5, 5, 5, DONT_KNOW, BLANK],
            [5, 5, 5, DONT_KNOW, DONT_KNOW, NOT_APPLICABLE],
            [PREFER_NOT_TO_SAY] * 6,
            [1, 2, 3, 4, 5, 5],
        ]
    )

    scores = person_scores(answers, 4)

    np.testing.assert_array_equal(scores, [5, np.nan, np.nan, 20 / 6])
    assert has_enough(answers, 4).tolist() == [True, False, False, True]


def test_a_minimum_of_nought_is_refused():
    with pytest.raises(ValueError, match="At least one"):
        has_enough(as_answers([[1]]), 0)


@given(answer_matrices(), st.integers(1, 4))
def test_person_scores_equal_a_naive_computation(answers, minimum):
    expected = []
    for row in answers.tolist():
        given_ = [answer for answer in row if answer > 0]
        enough = len(given_) >= minimum
        expected.append(sum(given_) / len(given_) if enough else float("nan"))

    np.testing.assert_array_equal(person_scores(answers, minimum), expected)


@given(answer_matrices())
def test_turning_every_answer_round_mirrors_the_scores(answers):
    turned = turn_round(answers, [True] * answers.shape[1], FIVE)

    np.testing.assert_allclose(person_scores(turned, 1), 6 - person_scores(answers, 1))
    np.testing.assert_array_equal(turn_round(turned, [True] * answers.shape[1], FIVE), answers)
