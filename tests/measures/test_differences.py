import pytest

from assessments.measures.differences import Quadrant, place_difference


@pytest.mark.parametrize(
    ("size", "handling", "quadrant"),
    [
        (3.1, 3.0, Quadrant.TALK_FIRST),
        (5.0, 3.1, Quadrant.PROTECT),
        (3.0, 3.0, Quadrant.QUICK_FIX),
        (3.0, 3.5, Quadrant.LEAVE),
        (None, 3.0, None),
        (4.0, None, None),
    ],
)
def test_large_and_well_managed_begin_above_the_middle(size, handling, quadrant):
    assert place_difference(size, handling) == quadrant
