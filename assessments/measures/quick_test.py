"""The quick test: how many said yes, partly and no, and the suggestion that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from assessments.measures.answers import DONT_KNOW, Answers, Flags
from assessments.measures.base import as_flags, counted_people, dimension_bases, size
from assessments.measures.shapes import InstrumentShape
from assessments.measures.thresholds import (
    QUICK_TEST_FIND_OUT,
    QUICK_TEST_PARTS,
    QUICK_TEST_SYSTEMS,
    SMALLEST_GROUP,
)

NO: Final = 0
PARTLY: Final = 1
YES: Final = 2
QUICK_TEST_POINTS: Final = (NO, PARTLY, YES)


class Suggestion(StrEnum):
    FIND_OUT_MORE = "find_out_more"
    ONE_PARTNER_CAN_LEAD = "one_partner_can_lead"
    SYSTEMS_LEADERSHIP = "systems_leadership"
    PARTS_OF_IT = "parts_of_it"
    ORDINARY_MANAGEMENT = "ordinary_management"


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question: people who said yes, partly, no (``None`` below k), and don't know."""

    code: str
    shown: bool = False
    yes: int | None = None
    partly: int | None = None
    no: int | None = None
    dont_know: int | None = None


@dataclass(frozen=True, slots=True)
class QuickTestFigures:
    """``suggestion`` is ``None`` when a most common answer cannot be told from what is shown."""

    shown: bool
    invited: int | None
    counted: int | None
    questions: tuple[QuestionFigures, ...]
    suggestion: Suggestion | None


def publish_quick_test(
    shape: InstrumentShape,
    answers: Answers,
    known: ArrayLike,
    invited: int,
    k: int = SMALLEST_GROUP,
) -> QuickTestFigures:
    """Counts of each question and the suggestion for the whole of one population.

    ``answers`` has shape (people, questions): 2 yes, 1 partly, 0 no, or a missing code. One
    answer on the scale counts. Sizes compared with k leave out the known, counts keep them.
    Raises ``ValueError`` as ``publish_whole`` does.
    """
    if k < SMALLEST_GROUP:
        raise ValueError(f"The smallest group is never below {SMALLEST_GROUP}.")
    if any(item.points != QUICK_TEST_POINTS for item in shape.items):
        raise ValueError(f"{shape.code} is not answered by yes, partly and no.")
    turned = shape.read(answers)
    known = as_flags(known, len(turned))
    counted = counted_people(dimension_bases(shape, turned), len(turned))
    if size(counted, known) < k:
        hidden = tuple(QuestionFigures(item.code) for item in shape.items)
        return QuickTestFigures(False, None, None, hidden, None)
    questions = tuple(
        _publish_question(item.code, turned[:, place], counted, known, k)
        for place, item in enumerate(shape.items)
    )
    people = int(np.count_nonzero(counted))
    return QuickTestFigures(True, invited, people, questions, suggest_for(questions, people))


def suggest(answers: Sequence[int]) -> Suggestion | None:
    """The content's rule for one set of answers, the question "can one partner solve it" first.

    ``answers`` are 2, 1, 0 or DONT_KNOW. Two or more don't knows: find out more. A no to the
    first question: one partner can probably lead, whatever the total. Otherwise by the total,
    don't knows left out: from 6 systems leadership, from 3 parts of it, else ordinary
    management. ``None`` while a question is unanswered.
    """
    if not answers or any(answer < 0 and answer != DONT_KNOW for answer in answers):
        return None
    if sum(answer == DONT_KNOW for answer in answers) >= QUICK_TEST_FIND_OUT:
        return Suggestion.FIND_OUT_MORE
    if answers[0] == NO:
        return Suggestion.ONE_PARTNER_CAN_LEAD
    total = sum(answer for answer in answers if answer != DONT_KNOW)
    if total >= QUICK_TEST_SYSTEMS:
        return Suggestion.SYSTEMS_LEADERSHIP
    return Suggestion.PARTS_OF_IT if total >= QUICK_TEST_PARTS else Suggestion.ORDINARY_MANAGEMENT


def suggest_for(questions: Sequence[QuestionFigures], counted: int) -> Suggestion | None:
    """The rule applied to each question's most common answer, from published counts alone.

    Ties go to the weaker answer: don't know, no, partly, yes. A question whose counts are not
    shown is a don't know when at least half of the ``counted`` said so; otherwise nothing is
    suggested.
    """
    common = [_most_common(question, counted) for question in questions]
    known = [answer for answer in common if answer is not None]
    return suggest(known) if len(known) == len(common) else None


def _publish_question(
    code: str, column: Answers, counted: Flags, known: Flags, k: int
) -> QuestionFigures:
    dont_know = int(np.count_nonzero(column[counted] == DONT_KNOW))
    if size(counted & (column >= 0), known) < k:
        return QuestionFigures(code, dont_know=dont_know)
    no, partly, yes = (
        int(np.count_nonzero(column[counted] == point)) for point in QUICK_TEST_POINTS
    )
    return QuestionFigures(code, True, yes, partly, no, dont_know)


def _most_common(question: QuestionFigures, counted: int) -> int | None:
    dont_know = question.dont_know or 0
    if question.yes is None or question.partly is None or question.no is None:
        return DONT_KNOW if counted and 2 * dont_know >= counted else None
    by_weakness = [
        (DONT_KNOW, dont_know),
        (NO, question.no),
        (PARTLY, question.partly),
        (YES, question.yes),
    ]
    return max(by_weakness, key=lambda answer: answer[1])[0]
