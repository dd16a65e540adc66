import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.measures import spread
from assessments.measures.answers import DONT_KNOW
from assessments.measures.spread import Bands
from tests.measures.strategies import columns


def column(*values):
    return np.array(values, dtype=np.int8)


def test_counts_leave_out_what_is_missing():
    values = column(1, 1, 3, 5, 4, -2, -1, -3)

    assert spread.count_points(values, (1, 2, 3, 4, 5)) == (2, 0, 1, 1, 1)
    assert spread.count_bands(values) == Bands(2, 1, 2)
    assert spread.count_bands(values).total == 5


def test_counts_refuse_an_answer_off_the_scale():
    with pytest.raises(ValueError, match="not on the scale"):
        spread.count_points(column(1, 0), (1, 2, 3, 4, 5))


def test_score_bands_cut_at_two_and_a_half_and_three_and_a_half():
    scores = np.array([2.5, 15 / 6, 14.999 / 6, 3.5, 21 / 6, 20 / 6, np.nan])

    assert spread.count_score_bands(scores) == Bands(1, 3, 2)


def test_half_point_bins_hold_each_score_once_and_five_in_the_last():
    scores = np.array([1.0, 1.49, 1.5, 4.49, 4.5, 5.0, np.nan])

    assert spread.count_half_points(scores) == (2, 1, 0, 0, 0, 0, 1, 2)


def test_standard_deviation_is_that_of_the_split_threshold():
    assert round(spread.standard_deviation(column(1, 2, 3, 4, 5)), 2) == 1.41
    assert spread.standard_deviation(column(1, 1, 5, 5)) == 2.0


def test_average_deviation_is_about_the_mean():
    # About the median (1) it would be 1.0.
    assert spread.average_deviation(column(1, 1, 4)) == pytest.approx(4 / 3)


def test_nobody_gives_none_and_not_nought():
    nobody = column(DONT_KNOW, -1)

    assert spread.mean(nobody) is None
    assert spread.quartiles(nobody) is None
    assert spread.standard_deviation(nobody) is None
    assert spread.average_deviation(nobody) is None
    assert spread.count_bands(nobody) == Bands(0, 0, 0)


@given(columns(elements=st.sampled_from([1, 2, 3, 4, 5, -2])))
def test_figures_equal_the_standard_library(values):
    here = [int(value) for value in values if value > 0]
    if not here:
        return

    assert spread.mean(values) == pytest.approx(statistics.fmean(here))
    assert spread.standard_deviation(values) == pytest.approx(statistics.pstdev(here))
    assert spread.quartiles(values).median == statistics.median(here)
    if len(here) > 1:
        q1, _, q3 = statistics.quantiles(here, n=4, method="inclusive")
        assert spread.quartiles(values).q1 == pytest.approx(q1)
        assert spread.quartiles(values).q3 == pytest.approx(q3)


@given(columns(), st.randoms())
def test_order_of_people_and_extra_dont_knows_change_nothing(values, random):
    shuffled = values.tolist() + [DONT_KNOW] * 3
    random.shuffle(shuffled)
    other = column(*shuffled)

    assert spread.mean(other) == pytest.approx(spread.mean(values))
    assert spread.quartiles(other) == spread.quartiles(values)
    assert spread.average_deviation(other) == pytest.approx(spread.average_deviation(values))
    assert spread.count_bands(other) == spread.count_bands(values)


@given(columns(elements=st.integers(1, 5)))
def test_turning_every_answer_round_mirrors_the_figures(values):
    turned = (6 - values).astype(np.int8)
    figures, mirrored = spread.quartiles(values), spread.quartiles(turned)

    assert spread.mean(turned) == pytest.approx(6 - spread.mean(values))
    assert mirrored.q1 == pytest.approx(6 - figures.q3)
    assert spread.standard_deviation(turned) == pytest.approx(spread.standard_deviation(values))
