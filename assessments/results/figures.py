"""A result as pages, charts and exports read it: plain frozen values, figures beside words.

`None` means that a figure is not shown; why it is not is nobody's business (`words.HIDDEN`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assessments.measures.readings import Level, Reading, shown_levels
from assessments.measures.rounding import round_percent
from assessments.measures.spread import Bands
from assessments.measures.thresholds import SOON_AFTER_DAYS, comments_group, detail_group
from assessments.results.words import Word, choose_word, shorten

FIVE_POINTS = 5


@dataclass(frozen=True)
class ScaleWords:
    """The answers people chose from, weakest first; an empty text where there was none."""

    code: str
    points: tuple[str, ...]
    dont_know: str = ""
    not_applicable: str = ""


@dataclass(frozen=True)
class StatementResult:
    """One statement, or one of its two ratings, with its exact words.

    A reversed statement is shown turned round: its `bands` and `counts` stand
    for the opposite of the habit that its text describes.
    """

    item_code: str
    code: str
    rating: str
    text: str
    is_reversed: bool
    prompt: str
    kind: str
    direction: str
    scale: ScaleWords
    people: int | None = None
    mean: float | None = None
    bands: Bands | None = None
    reading: Reading | None = None
    is_low: bool | None = None
    counts: tuple[int, ...] | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    standard_deviation: float | None = None
    average_deviation: float | None = None
    consensus: int | None = None
    a_wg: float | None = None
    dont_know: int | None = None
    not_applicable: int | None = None
    has_many_dont_know: bool | None = None

    @property
    def is_shown(self) -> bool:
        return self.bands is not None

    @property
    def answered(self) -> int | None:
        """People who answered on the scale; three bands tell it too."""
        return self.bands.total if self.bands else None

    @property
    def habit_seen_by(self) -> int | None:
        """People who see the habit itself usually or nearly always, where it is reversed."""
        return self.bands.weak if self.is_reversed and self.bands else None

    @property
    def word(self) -> Word | None:
        return choose_word(self.mean, self.reading)

    @property
    def name(self) -> str:
        """What stands before the colon, where a text is a name and what it means."""
        return self.text.partition(":")[0]


@dataclass(frozen=True)
class CaseStudyWords:
    title: str
    summary: str
    note: str
    credit: str


@dataclass(frozen=True)
class CommentWords:
    """A released comment, and whether a reader took words out of it."""

    text: str
    is_redacted: bool


@dataclass(frozen=True)
class DimensionResult:
    """One dimension with its words, its figures where it has a score, and its statements."""

    code: str
    name: str
    description: str
    reflection_questions: tuple[str, ...]
    suggested_actions: tuple[str, ...]
    case_study: CaseStudyWords | None
    is_overall: bool
    statements: tuple[StatementResult, ...]
    has_score: bool = False
    people: int | None = None
    mean: float | None = None
    reading: Reading | None = None
    is_low: bool | None = None
    q1: float | None = None
    median: float | None = None
    q3: float | None = None
    average_deviation: float | None = None
    r_star_wg: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    bins: tuple[int, ...] | None = None
    comments: tuple[CommentWords, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.mean is not None

    @property
    def short_name(self) -> str:
        return shorten(self.name)

    @property
    def word(self) -> Word | None:
        return choose_word(self.mean, self.reading)

    @property
    def levels(self) -> tuple[Level, ...]:
        return shown_levels(self.mean, self.reading)

    @property
    def differs(self) -> bool:
        return self.reading == Reading.VIEWS_DIFFER

    @property
    def scale_lines(self) -> tuple[str, ...]:
        """What the ends of each of its scales are called: "1: Hardly ever. 5: Nearly always."."""
        scales = dict.fromkeys(statement.scale for statement in self.statements)
        return tuple(f"1: {scale.points[0]}. 5: {scale.points[-1]}." for scale in scales)

    @property
    def bands(self) -> Bands | None:
        """People whose score is under 2.5, from 2.5, and from 3.5: sums of half-point bins."""
        if self.bins is None:
            return None
        return Bands(sum(self.bins[:3]), sum(self.bins[3:5]), sum(self.bins[5:]))


@dataclass(frozen=True)
class InstrumentResult:
    """One part of the checklist as this round asked it."""

    code: str
    title: str
    subtitle: str
    stem: str
    scale: ScaleWords
    dimensions: tuple[DimensionResult, ...]
    is_shown: bool
    map_rule: dict[str, Any] | None = None

    @property
    def scored(self) -> tuple[DimensionResult, ...]:
        return tuple(dimension for dimension in self.dimensions if dimension.has_score)

    @property
    def has_comments(self) -> bool:
        return any(dimension.comments for dimension in self.dimensions)

    @property
    def has_bands(self) -> bool:
        """False for the quick test, whose three answers are no bands."""
        return len(self.scale.points) == FIVE_POINTS

    @property
    def has_one_scale(self) -> bool:
        """True where all its bars can share one key."""
        return all(statement.scale == self.scale for statement in self.statements)

    @property
    def shows_middle_half(self) -> bool:
        return any(dimension.q1 is not None for dimension in self.dimensions)

    @property
    def statements(self) -> tuple[StatementResult, ...]:
        return tuple(
            statement for dimension in self.dimensions for statement in dimension.statements
        )


@dataclass(frozen=True)
class RoundResult:
    """Everything that a page may show of one round and audience."""

    round_id: int
    number: int
    closed_at: datetime | None
    audience: str
    schema_version: int
    smallest_group: int
    invited: int | None
    counted: int | None
    unnamed: int
    is_bands_only: bool
    has_more_than_invited: bool
    comments_waiting: int
    instruments: tuple[InstrumentResult, ...] = field(default=())

    @property
    def is_shown(self) -> bool:
        """False when fewer than the smallest group counted: then every answer was deleted."""
        return self.counted is not None

    @property
    def response_percent(self) -> int | None:
        if self.counted is None or not self.invited or self.has_more_than_invited:
            return None
        return round_percent(self.counted / self.invited)

    @property
    def detail_group(self) -> int:
        return detail_group(self.smallest_group)

    @property
    def soon_after_days(self) -> int:
        return SOON_AFTER_DAYS

    @property
    def comments_group(self) -> int:
        return comments_group(self.smallest_group)

    def find(self, code: str) -> InstrumentResult | None:
        """The part with this code; None when the round did not ask it."""
        return next((part for part in self.instruments if part.code == code), None)

    @property
    def five_factors(self) -> InstrumentResult | None:
        return self.find("five_factors")

    @property
    def six_ways(self) -> InstrumentResult | None:
        return self.find("six_ways")

    @property
    def practice(self) -> InstrumentResult | None:
        return self.find("practice")

    @property
    def context(self) -> InstrumentResult | None:
        return self.find("context")

    @property
    def differences(self) -> InstrumentResult | None:
        return self.find("differences")
