"""What to talk about first: the order of discussion, and each statement's counts in words."""

from dataclasses import dataclass

from assessments.measures.readings import Reason, Topic, order_for_discussion
from assessments.results.figures import DimensionResult, InstrumentResult, StatementResult
from assessments.results.sentences import count_ends
from assessments.results.words import REASONS

# More than these at once is a list, not a conversation; the others stay folded.
FIRST = 6


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    statement: StatementResult
    dimension: DimensionResult
    reason: Reason

    @property
    def why(self) -> str:
        """Why it stands here, where its word and counts do not tell."""
        if self.reason == Reason.VIEWS_DIFFER:
            return ""
        if self.reason == Reason.DONT_KNOW:
            return f"{self.statement.dont_know} did not know. {REASONS[self.reason]}"
        return REASONS[self.reason]

    @property
    def counts(self) -> str:
        return count_ends(self.statement)


@dataclass(frozen=True, slots=True)
class Discussion:
    """The order in three parts: what to open with, the others like it, and what to protect."""

    first: tuple[TalkingPoint, ...]
    others: tuple[TalkingPoint, ...]
    strongest: tuple[TalkingPoint, ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.strongest)


def plan_discussion(part: InstrumentResult) -> Discussion:
    """The statements of one part in the order of `measures.readings.order_for_discussion`."""
    found = {
        statement.code: (statement, dimension)
        for dimension in part.dimensions
        for statement in dimension.statements
    }
    topics = [make_topic(statement) for statement, _ in found.values() if _can_be_read(statement)]
    points = [TalkingPoint(*found[code], reason) for code, reason in order_for_discussion(topics)]
    strongest = [point for point in points if point.reason == Reason.STRONGEST]
    open_points = [point for point in points if point.reason != Reason.STRONGEST]
    return Discussion(
        first=tuple(open_points[:FIRST]),
        others=tuple(open_points[FIRST:]),
        strongest=tuple(strongest),
    )


def make_topic(figure: StatementResult | DimensionResult) -> Topic:
    """What the order of discussion needs to know, from published figures alone."""
    if isinstance(figure, DimensionResult):
        return Topic(code=figure.code, mean=figure.mean, bands=figure.bands)
    return Topic(
        code=figure.code,
        mean=figure.mean,
        bands=figure.bands,
        dont_know=figure.dont_know or 0,
        dont_know_flag=bool(figure.has_many_dont_know),
    )


def _can_be_read(statement: StatementResult) -> bool:
    """Only how often has readings; a statement not shown may still have don't knows."""
    return statement.reading is not None or bool(statement.has_many_dont_know)
