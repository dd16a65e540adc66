"""What a try gives to think about, and its answers as a table to keep."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from assessments.models.content import Dimension, Edition, Statement
from assessments.questionnaire.asked import AskedInstrument
from assessments.services.answering.own import OwnDimension
from assessments.spreadsheets import to_cell

MOST_QUESTIONS = 3
HEAD = ("Part", "Statement", "Question", "Your answer", "As a number")
# Excel takes a file without this mark for another alphabet.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Advice:
    """Questions and things to try; `about` names the dimension that they belong to, if one."""

    about: str
    questions: tuple[str, ...]
    actions: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.questions or self.actions)


def choose_advice(
    edition: Edition,
    asked: AskedInstrument,
    profile: Sequence[OwnDimension],
    answers: Mapping[str, int],
) -> Advice:
    """For the dimension that is seen least often; without scores, for single statements."""
    scored = [one for one in profile if one.score is not None]
    lowest = min(scored, key=lambda one: one.score or 0, default=None)
    dimension = asked.find(lowest.code) if lowest else None
    if lowest and dimension and dimension.reflection_questions:
        actions = Dimension.objects.get(edition=edition, code=lowest.code).suggested_actions
        return Advice(lowest.name, dimension.reflection_questions, tuple(actions))
    return Advice("", _choose_prompts(edition, answers), ())


def _choose_prompts(edition: Edition, answers: Mapping[str, int]) -> tuple[str, ...]:
    """The questions that belong to the statements which most call for a conversation."""
    statements = Statement.objects.filter(edition=edition).exclude(prompt="")
    weighed = [
        (weight, one.prompt) for one in statements if (weight := _weigh(one, answers)) is not None
    ]
    weighed.sort(key=lambda pair: -pair[0])
    return tuple(prompt for _, prompt in weighed[:MOST_QUESTIONS])


def _weigh(statement: Statement, answers: Mapping[str, int]) -> int | None:
    """How much a statement calls for a conversation; None where it was not answered on its scale.

    A pressure by how strong it is; a difference by how big it is and how badly
    managed; anything else by how seldom it is seen.
    """
    size = answers.get(f"{statement.code}.size", -1)
    handling = answers.get(f"{statement.code}.handling", -1)
    if size >= 0 and handling >= 0:
        return size - handling
    value = answers.get(statement.code, -1)
    if value < 0:
        return None
    is_strong_first = bool(statement.direction) or statement.reverse
    return value if is_strong_first else -value


def write_copy(file: Any, asked: AskedInstrument, answers: Mapping[str, int]) -> None:
    """The answers as CSV, one line each, left out ones as well."""
    out: IO[str] = file
    out.write(BYTE_ORDER_MARK)
    table = csv.writer(out)
    table.writerow(HEAD)
    for row in _list_rows(asked, answers):
        table.writerow([to_cell(cell) for cell in row])


def _list_rows(asked: AskedInstrument, answers: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    for dimension in asked.dimensions:
        for item in dimension.items:
            value = answers.get(item.code)
            words = "Left out" if value is None else item.scale.say(value)
            number = "" if value is None or value < 0 else str(value)
            yield dimension.name, item.text, item.scale.question, words, number
