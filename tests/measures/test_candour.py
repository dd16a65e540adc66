import pytest

from assessments.measures.candour import CandourGauge, Leaning, gauge_candour
from assessments.measures.figures import StatementFigures
from assessments.measures.spread import Bands


def figure(weak, middle, strong, declined=0):
    bands = Bands(weak, middle, strong)
    return StatementFigures(
        "CA1",
        "",
        "CA",
        False,
        shown=True,
        answered=bands.total,
        bands=bands,
        prefer_not_to_say=declined,
    )


def test_the_gauge_gives_whole_percentages():
    assert gauge_candour(figure(1, 1, 7, declined=1)) == CandourGauge(
        answered=9,
        open_percent=78,
        guarded_percent=11,
        declined_percent=10,
        leaning=Leaning.FIRMLY,
    )


@pytest.mark.parametrize(
    ("given", "leaning"),
    [
        (figure(0, 2, 4), Leaning.FIRMLY),
        (figure(0, 3, 4), Leaning.FAIRLY),
        (figure(2, 0, 6), Leaning.WITH_CARE),
        (figure(0, 0, 6, declined=2), Leaning.WITH_CARE),
    ],
)
def test_a_quarter_guarded_or_declining_asks_for_care(given, leaning):
    assert gauge_candour(given).leaning == leaning


def test_what_is_not_shown_has_no_gauge():
    assert gauge_candour(StatementFigures("CA1", "", "CA", False)) is None
