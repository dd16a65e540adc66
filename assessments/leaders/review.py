"""What the review page lists: each statement with the words of its answer, or the gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.leaders.progress import Part, Step
from assessments.questionnaire.asked import AskedItem


@dataclass(frozen=True)
class Line:
    """`words` are empty for a statement that was left out, or whose answer is not shown."""

    item: AskedItem
    words: str
    url: str


@dataclass(frozen=True)
class ReviewedDimension:
    step: Step
    lines: tuple[Line, ...]


def review_part(part: Part, answers: Mapping[int, int]) -> tuple[ReviewedDimension, ...]:
    return tuple(
        ReviewedDimension(step, tuple(_make_line(step, item, answers) for item in _items(step)))
        for step in part.steps
    )


def _items(step: Step) -> tuple[AskedItem, ...]:
    return step.dimension.items


def _make_line(step: Step, item: AskedItem, answers: Mapping[int, int]) -> Line:
    value = answers.get(item.id)
    words = "" if value is None else item.scale.say(value)
    return Line(item=item, words=words, url=f"{step.url}#q{item.id}")
