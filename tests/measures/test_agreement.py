import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures.agreement import awg, consensus, is_awg_interpretable, rwg, rwg_star
from tests.measures.strategies import answer_matrices, columns


def column(*values):
    return np.array(values, dtype=np.int8)


def test_consensus_gives_the_published_value():
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=1e-7)


@pytest.mark.parametrize("point", range(5))
def test_consensus_is_one_for_unanimity(point):
    assert consensus([7 if place == point else 0 for place in range(5)]) == 1


def test_consensus_is_nought_for_half_at_each_end_and_none_for_nobody():
    assert consensus([4, 0, 0, 0, 4]) == 0
    assert consensus([0, 0, 0, 0, 0]) is None


def test_consensus_refuses_one_point_and_negative_counts():
    with pytest.raises(ValueError, match="at least two"):
        consensus([3])
    with pytest.raises(ValueError, match="negative"):
        consensus([3, -1])


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_consensus_stays_within_nought_and_one_and_does_not_mind_direction(counts):
    value = consensus(counts)

    if sum(counts):
        assert 0 <= value <= 1
        assert consensus(counts[::-1]) == pytest.approx(value)
        assert consensus([3 * count for count in counts]) == pytest.approx(value)


def test_awg_and_rwg_give_the_published_values():
    assert awg(column(1, 1, 5, 5, 5)) == pytest.approx(-1)
    assert awg(column(4, 4, 4, 5, 5)) == pytest.approx(0.7647, abs=5e-5)
    assert rwg(column(4, 4, 4, 5, 5)) == pytest.approx(0.85)


def test_awg_is_one_for_full_agreement_and_not_for_reading_too_near_an_end():
    assert awg(column(5, 5, 5)) == 1
    assert awg(column(5)) is None
    assert is_awg_interpretable(column(5, 5, 5)) is True
    assert is_awg_interpretable(column(5, 5, 5, 5, 1)) is True
    assert is_awg_interpretable(column(5, 5, 5, 5, 2)) is False
    assert is_awg_interpretable(column(5)) is False


@given(columns(people=(2, 20), elements=st.integers(1, 5)))
def test_awg_stays_within_its_bounds_and_mirrors(values):
    value = awg(values)

    if value is not None:
        assert -1 - 1e-9 <= value <= 1
        assert awg((6 - values).astype(np.int8)) == pytest.approx(value)


@given(answer_matrices(people=(2, 12)))
def test_rwg_star_does_not_grow_when_every_statement_is_doubled(answers):
    value = rwg_star(answers)
    doubled = rwg_star(np.hstack([answers, answers]))

    assert doubled == value or doubled == pytest.approx(value)


def test_rwg_star_leaves_out_items_that_fewer_than_two_answered():
    answers = np.array([[4, 1], [4, -2], [4, -1], [5, -3], [5, -2]], dtype=np.int8)

    assert rwg_star(answers) == pytest.approx(0.85)
    assert rwg_star(answers[:, 1:]) is None


def test_rwg_star_averages_variances_before_comparing_with_chance():
    # Variances 0.3 and 4.8; even spread 2: 1 - 2.55 / 2.
    answers = np.array([[4, 1], [4, 1], [4, 5], [5, 5], [5, 5]], dtype=np.int8)

    assert rwg_star(answers) == pytest.approx(1 - 2.55 / 2)
