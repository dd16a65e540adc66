"""What is asked, as plain values: instruments, their dimensions, items and scales."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from django.utils.safestring import SafeString

from assessments.models.rounds import RoundInstrument

THE_FACTORS = "five_factors"


@dataclass(frozen=True)
class Point:
    value: int
    label: str


@dataclass(frozen=True)
class AskedScale:
    """The answers that are offered: on the scale in their order, and those set apart."""

    question: str
    points: tuple[Point, ...]
    apart: tuple[Point, ...]

    @property
    def offered(self) -> tuple[Point, ...]:
        return self.points + self.apart

    def say(self, value: int) -> str:
        """The words of an answer; empty for a value that the scale does not offer."""
        return next((point.label for point in self.offered if point.value == value), "")


@dataclass(frozen=True)
class AskedItem:
    """One thing to answer. A statement that is rated twice makes two items in a row.

    `sector` is set where the item asks about the people of one sector. A pull
    draws partners together, where the other conditions of its page press on them.
    """

    id: int
    code: str
    number: int
    text: str
    rating: str
    scale: AskedScale
    why: str
    looks_like: str
    is_second_rating: bool
    sector: int | None = None
    is_pull: bool = False

    @cached_property
    def drawn(self) -> dict[tuple[str, ...], SafeString]:
        """What was drawn of it and stays the same: kept as long as the item is."""
        return {}

    @property
    def has_help(self) -> bool:
        return bool(self.why or self.looks_like) and not self.is_second_rating


@dataclass(frozen=True)
class AskedDimension:
    """One page. `asides` stand below its items, and are never counted as left out.

    `id` is None for a page that is no dimension: sectors, or one last question.
    """

    id: int | None
    code: str
    name: str
    number: int
    items: tuple[AskedItem, ...]
    reflection_questions: tuple[str, ...]
    is_overall: bool = False
    asides: tuple[AskedItem, ...] = ()
    takes_comments: bool = True
    is_table: bool = False

    @property
    def all_items(self) -> tuple[AskedItem, ...]:
        return self.items + self.asides

    @property
    def question(self) -> str:
        """The question of the scale where all items share one, else empty."""
        questions = {item.scale.question for item in self.items}
        return questions.pop() if len(questions) == 1 else ""

    def without_sector(self, sector: int) -> Self:
        """The same page for somebody of that sector, numbered anew."""
        kept = [item for item in self.items if item.sector != sector]
        items = tuple(replace(item, number=place) for place, item in enumerate(kept, start=1))
        return replace(self, items=items)


@dataclass(frozen=True)
class AskedInstrument:
    """`round_instrument` is what submitting and reading own answers is about.

    `last` is a page after the dimensions that belongs to none of them. `problem`
    is what a quick test is about, in the words of those who run the round.
    """

    round_instrument: RoundInstrument
    code: str
    title: str
    subtitle: str
    intro: str
    stem: str
    minutes: int
    is_about_self: bool
    dimensions: tuple[AskedDimension, ...]
    last: AskedDimension | None = None
    problem: str = ""
    map_rule: Mapping[str, Any] | None = None
    result_rule: Mapping[str, Any] | None = None

    @property
    def is_the_factors(self) -> bool:
        return self.code == THE_FACTORS

    @property
    def step_name(self) -> str:
        return "Factor" if self.is_the_factors else "Part"

    @property
    def asked(self) -> int:
        return sum(len(dimension.items) for dimension in self.dimensions)

    @property
    def pages(self) -> tuple[AskedDimension, ...]:
        return (*self.dimensions, self.last) if self.last else self.dimensions

    def find(self, code: str) -> AskedDimension | None:
        return next((one for one in self.pages if one.code == code), None)

    def without_sector(self, sector: int) -> Self:
        """What somebody of that sector is asked: not how often they meet their own."""
        if not any(item.sector == sector for one in self.dimensions for item in one.items):
            return self
        fewer = tuple(one.without_sector(sector) for one in self.dimensions)
        return replace(self, dimensions=tuple(one for one in fewer if one.items))
