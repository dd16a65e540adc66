"""What the review page lists: each statement with the words of its answer, or the gap."""

from collections.abc import Iterable, Mapping
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
    """`asides` are the questions beside its statements, which nobody misses when left out."""

    step: Step
    lines: tuple[Line, ...]
    asides: tuple[Line, ...]


def review_part(part: Part, answers: Mapping[int, int]) -> tuple[ReviewedDimension, ...]:
    return tuple(
        ReviewedDimension(
            step=step,
            lines=_list_lines(step, step.dimension.items, answers),
            asides=_list_lines(step, step.dimension.asides, answers),
        )
        for step in part.pages
    )


def _list_lines(
    step: Step, items: Iterable[AskedItem], answers: Mapping[int, int]
) -> tuple[Line, ...]:
    return tuple(
        Line(
            item=item,
            words=item.scale.say(answers[item.id]) if item.id in answers else "",
            url=f"{step.url}#q{item.id}",
        )
        for item in items
    )
