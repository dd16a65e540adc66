from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures.reliability import (
    alpha,
    intraclass,
    measure_reliability,
    omega,
    sum_partnership,
)
from tests.measures.strategies import answer_matrices

# Shrout & Fleiss (1979), table 2: six targets, four judges; ICC(1,1) .17, ICC(1,4) .44.
SHROUT_FLEISS = ["9258", "6132", "8468", "7126", ["10", "5", "6", "9"], "6247"]


def one_item(values):
    return np.array([[int(value)] for value in values], dtype=np.int8)


def pool(partnerships):
    return reduce(add, [sum_partnership(answers) for answers in partnerships])


def make_partnerships(number, people, items=4, seed=1):
    random = np.random.default_rng(seed)
    level = random.normal(0, 0.5, (number, 1, 1)) + random.normal(0, 0.7, (number, people, 1))
    answers = 3 + level + random.normal(0, 0.7, (number, people, items))
    return np.clip(np.rint(answers), 1, 5).astype(np.int8)


def test_intraclass_correlations_are_the_published_ones():
    one, two = intraclass(pool([one_item(values) for values in SHROUT_FLEISS]))

    assert one == pytest.approx(0.1657, abs=5e-5)
    assert two == pytest.approx(0.4428, abs=5e-5)


def test_alpha_and_omega_of_equal_items_are_those_of_spearman_and_brown():
    covariance = np.full((5, 5), 0.4) + np.eye(5) * 0.6

    assert alpha(covariance) == pytest.approx(5 * 0.4 / (1 + 4 * 0.4))
    assert omega(covariance) == pytest.approx(5 * 0.4 / (1 + 4 * 0.4))


def test_omega_recovers_unequal_loadings():
    loadings = np.array([0.9, 0.7, 0.5, 0.4, 0.8])
    unique = np.array([0.3, 0.6, 0.8, 0.5, 0.4])
    covariance = np.outer(loadings, loadings) + np.diag(unique)

    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    assert omega(covariance) == pytest.approx(expected, abs=1e-6)
    assert omega(covariance) > alpha(covariance)


def test_what_is_not_defined_is_missing():
    assert alpha(np.array([[1.0]])) is None
    assert omega(np.eye(2)) is None
    assert omega(np.zeros((4, 4))) is None
    assert alpha(np.zeros((4, 4))) is None
    assert intraclass(sum_partnership(one_item("123"))) == (None, None)
    assert intraclass(pool([one_item("3"), one_item("4")])) == (None, None)


def test_alpha_from_running_sums_equals_that_from_all_rows():
    partnerships = make_partnerships(12, 5)

    found = measure_reliability(pool(partnerships))

    rows = partnerships.reshape(-1, 4)
    assert found.alpha == pytest.approx(alpha(np.cov(rows.T)))
    assert (found.people, found.partnerships) == (60, 12)
    assert 0 < found.icc1 < found.icc2 < 1


def test_reliability_is_refused_below_thirty_people_or_ten_partnerships():
    assert measure_reliability(pool(make_partnerships(9, 20))) is None
    assert measure_reliability(pool(make_partnerships(10, 2))) is None
    assert measure_reliability(pool(make_partnerships(10, 3))) is not None


def test_people_who_left_an_item_out_do_not_enter():
    answers = np.array([[4, 5], [4, -2], [-1, 3], [2, 2]], dtype=np.int8)

    sums = sum_partnership(answers)

    assert (sums.people, sums.partnerships) == (2, 1)
    assert sums.sums.tolist() == [6, 7]
    assert sums.products.tolist() == [[20, 24], [24, 29]]
    assert sum_partnership(answers[1:2]).partnerships == 0


def test_sums_of_different_dimensions_are_not_added():
    with pytest.raises(ValueError, match="cannot be added"):
        sum_partnership(one_item("12")) + sum_partnership(np.ones((2, 2), np.int8))


@given(answer_matrices(people=(2, 12), items=(3, 4)), st.randoms())
def test_the_order_of_people_changes_nothing(answers, random):
    order = list(range(len(answers)))
    random.shuffle(order)
    one, other = sum_partnership(answers), sum_partnership(answers[order])

    assert one.products.tolist() == other.products.tolist()
    assert (one.between, one.sums.tolist()) == (other.between, other.sums.tolist())
