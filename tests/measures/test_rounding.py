import pytest

from assessments.measures.rounding import round_figure, round_percent


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.25, 2.3), (2.35, 2.4), (1.15, 1.2), (2.249, 2.2), (-0.25, -0.2), (4.95, 5.0)],
)
def test_halves_are_rounded_up_whatever_their_binary_dust(value, shown):
    assert round_figure(value) == shown


def test_missing_stays_missing():
    assert round_figure(None) is None
    assert round_figure(float("nan")) is None
    assert round_percent(None) is None


def test_percentages_are_whole():
    assert [round_percent(share) for share in (0.725, 0.7249, 1, 0)] == [73, 72, 100, 0]
