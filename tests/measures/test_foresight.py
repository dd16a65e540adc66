import pytest

from assessments.measures.figures import DimensionFigures
from assessments.measures.foresight import ForesightFigures, publish_foresight
from assessments.measures.readings import Level, Reading

PATCHY = DimensionFigures("SV", shown=True, mean=3.0, reading=Reading.MIXED, levels=(Level.PATCHY,))
BETWEEN = DimensionFigures(
    "PC",
    shown=True,
    mean=3.5,
    reading=Reading.MIXED,
    levels=(Level.PATCHY, Level.USUALLY_SEEN),
)
SPLIT = DimensionFigures("SC", shown=True, mean=3.0, reading=Reading.VIEWS_DIFFER)
HIDDEN = DimensionFigures("AL")


def publish(rows, factors=(PATCHY, BETWEEN, SPLIT, HIDDEN), known=()):
    return publish_foresight(factors, rows, [person in known for person in range(len(rows))])


def test_foresight_is_the_share_who_named_the_published_result():
    rows = [[2, 2, 4, 2], [2, 3, 4, 2], [1, 1, 2, 2], [3, 4, 4, 2], [4, 3, -1, 2], [2, 3, 4, 2]]

    assert publish(rows) == (
        ForesightFigures("SV", True, 6, 50),
        ForesightFigures("PC", True, 6, 67),
        ForesightFigures("SC", True, 5, 80),
        ForesightFigures("AL"),
    )


def test_fewer_than_k_guesses_are_not_shown_and_known_people_do_not_make_up_for_it():
    rows = [[2, 2, -1, -1]] * 5

    assert publish(rows)[2] == ForesightFigures("SC")
    assert publish(rows, known={0})[0] == ForesightFigures("SV")
    assert publish([*rows, rows[0]], known={0})[0] == ForesightFigures("SV", True, 6, 100)


def test_a_guess_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="four words"):
        publish([[5, 1, 1, 1]])
