"""The comments page: its parts, dimensions and rows, each with what may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from assessments.models.results import CollectedComment
from assessments.models.rounds import Audience
from assessments.services.comments import digest_of

State = CollectedComment.State
TAGS = {State.WAITING: "warn", State.RELEASED: "ok", State.HELD_BACK: "plain"}


@dataclass(frozen=True)
class CommentRow:
    """`was` tells the act that follows what the page showed."""

    comment: CollectedComment
    tag: str
    was: str


@dataclass(frozen=True)
class CommentedDimension:
    name: str
    rows: list[CommentRow] = field(default_factory=list)


@dataclass(frozen=True)
class CommentedPart:
    """One part of the checklist and one audience."""

    title: str
    audience: str
    dimensions: list[CommentedDimension] = field(default_factory=list)

    @property
    def is_outside(self) -> bool:
        return self.audience == Audience.OUTSIDE


def list_parts(comments: Iterable[CollectedComment]) -> list[CommentedPart]:
    """In the order in which the service lists them."""
    return [
        CommentedPart(title=title, audience=audience, dimensions=_list_dimensions(list(own)))
        for (audience, title), own in groupby(
            comments, key=lambda one: (one.result.audience, one.dimension.edition.title)
        )
    ]


def _list_dimensions(comments: list[CollectedComment]) -> list[CommentedDimension]:
    return [
        CommentedDimension(name=name, rows=[_make_row(comment) for comment in own])
        for name, own in groupby(comments, key=lambda one: one.dimension.name)
    ]


def _make_row(comment: CollectedComment) -> CommentRow:
    return CommentRow(comment=comment, tag=TAGS[State(comment.state)], was=digest_of(comment))
