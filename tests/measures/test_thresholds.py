import pytest

from assessments.measures import thresholds


def test_the_smallest_group_raises_the_larger_ones_with_it():
    assert [thresholds.detail_group(k) for k in (5, 8, 9)] == [8, 8, 9]
    assert [thresholds.comments_group(k) for k in (5, 10, 12)] == [10, 10, 12]


@pytest.mark.parametrize(
    ("instrument", "dimension", "least", "score"),
    [
        ("five_factors", "SV", 4, True),
        ("six_ways", "FE", 3, True),
        ("outside_view", "SV", 1, True),
        ("practice", "BV", 3, True),
        ("practice", "CH", 1, False),
        ("context", "CX", 1, False),
        ("differences", "DS", 1, False),
    ],
)
def test_minimum_answered_and_scores_are_those_of_the_content(instrument, dimension, least, score):
    assert thresholds.min_answered_for(instrument, dimension) == least
    assert thresholds.has_dimension_score(instrument, dimension) is score


def test_a_shortened_dimension_can_still_be_scored():
    assert thresholds.min_answered_for("five_factors", "SV", statements=5) == 4
    assert thresholds.min_answered_for("five_factors", "SV", statements=3) == 3
