import numpy as np
import pytest

from assessments.measures.answers import DONT_KNOW
from assessments.measures.quick_test import (
    QuestionFigures,
    QuickTestFigures,
    Suggestion,
    publish_quick_test,
    suggest,
)
from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape

SHAPE = InstrumentShape(
    "quick_test",
    (DimensionShape("QT", 1, False),),
    tuple(ItemShape(f"QT{number}", "QT", points=(0, 1, 2)) for number in range(1, 5)),
)
DK = DONT_KNOW


def publish(rows, known=()):
    flags = [person in known for person in range(len(rows))]
    return publish_quick_test(SHAPE, np.array(rows, dtype=np.int8), flags, len(rows))


@pytest.mark.parametrize(
    ("answers", "suggestion"),
    [
        ([2, 2, 2, 2], Suggestion.SYSTEMS_LEADERSHIP),
        ([2, 2, 1, 1], Suggestion.SYSTEMS_LEADERSHIP),
        ([2, 2, 1, 0], Suggestion.PARTS_OF_IT),
        ([1, 1, 1, 0], Suggestion.PARTS_OF_IT),
        ([1, 1, 0, 0], Suggestion.ORDINARY_MANAGEMENT),
        ([0, 2, 2, 2], Suggestion.ONE_PARTNER_CAN_LEAD),
        ([0, DK, DK, 2], Suggestion.FIND_OUT_MORE),
        ([2, DK, 2, 2], Suggestion.SYSTEMS_LEADERSHIP),
        ([DK, 2, 2, 1], Suggestion.PARTS_OF_IT),
        ([2, 2, 2, -1], None),
        ([], None),
    ],
)
def test_suggest_follows_the_steps_of_the_content(answers, suggestion):
    assert suggest(answers) == suggestion


def test_counts_and_suggestion_of_the_whole():
    rows = [[2, 2, 1, 2]] * 4 + [[2, 1, 1, DK]] * 2 + [[0, 2, 2, 2]]

    assert publish(rows) == QuickTestFigures(
        shown=True,
        invited=7,
        counted=7,
        questions=(
            QuestionFigures("QT1", True, yes=6, partly=0, no=1, dont_know=0),
            QuestionFigures("QT2", True, yes=5, partly=2, no=0, dont_know=0),
            QuestionFigures("QT3", True, yes=1, partly=6, no=0, dont_know=0),
            QuestionFigures("QT4", True, yes=5, partly=0, no=0, dont_know=2),
        ),
        suggestion=Suggestion.SYSTEMS_LEADERSHIP,
    )


def test_ties_go_to_the_weaker_answer():
    assert publish([[2, 2, 2, 2]] * 3 + [[0, 2, 2, 2]] * 3).suggestion == (
        Suggestion.ONE_PARTNER_CAN_LEAD
    )
    assert publish([[2, 2, 2, 2]] * 5 + [[2, DK, DK, 2]] * 5).suggestion == (
        Suggestion.FIND_OUT_MORE
    )


def test_a_question_answered_by_fewer_than_k_is_not_shown():
    figures = publish([[2, 2, 2, DK]] * 4 + [[2, 2, 2, 1]] * 4)
    undecided = publish([[2, 2, 2, DK]] * 3 + [[2, 2, 2, 1]] * 4)

    assert figures.questions[3] == QuestionFigures("QT4", dont_know=4)
    assert figures.suggestion == Suggestion.SYSTEMS_LEADERSHIP
    assert undecided.suggestion is None


def test_known_people_do_not_make_up_the_numbers():
    figures = publish([[2, 2, 2, 2]] * 5, known={0})

    assert figures == QuickTestFigures(
        False, None, None, tuple(QuestionFigures(f"QT{n}") for n in range(1, 5)), None
    )


def test_another_scale_is_refused():
    with pytest.raises(ValueError, match="not on its scale"):
        publish([[5, 2, 2, 2]] * 6)
