"""What readings are called on every page, slide and sheet. One place, so that they never drift.

Words say how often something is seen; none of them praises or blames.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from assessments.measures.readings import Level, Reading, Reason, shown_levels

HIDDEN: Final = "Not shown, to protect the people who answered."

CAUTION: Final = (
    "These words describe how often people say they see something. They are not a grade and "
    "should not be used to compare partnerships or people."
)

VIEWS_DIFFER: Final = "Views differ"

LEVELS: Final[Mapping[Level, str]] = MappingProxyType(
    {
        Level.RARELY_SEEN: "Rarely seen",
        Level.PATCHY: "Patchy",
        Level.USUALLY_SEEN: "Usually seen",
    }
)

REASONS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.LOW: "Not often seen.",
        Reason.DONT_KNOW: "Some leaders cannot see this from where they stand.",
        Reason.STRONGEST: "Among the most often seen: worth protecting.",
    }
)

# For headlines and small charts. A name that an editor has changed is used whole.
SHORT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Shared vision and purpose": "Shared vision",
        "Frequent personal contact": "Personal contact",
        "Surfacing and resolving conflict": "Conflict",
        "Altruism towards each other": "Altruism",
        "Commitment for the longer term": "Longer term",
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """A reading as it is read: the words, and the mark that stands beside them.

    `mark` is the value of a Level, "between" for two of them, or "views_differ".
    """

    text: str
    mark: str

    @property
    def differs(self) -> bool:
        return self.mark == Reading.VIEWS_DIFFER.value


BETWEEN: Final = "between"


def choose_word(mean: float | None, reading: Reading | None) -> Word | None:
    """The word for a figure; None where it is not shown or its scale has no readings."""
    if reading == Reading.VIEWS_DIFFER:
        return Word(VIEWS_DIFFER, Reading.VIEWS_DIFFER.value)
    levels = shown_levels(mean, reading)
    if len(levels) > 1:
        return Word(say_levels(levels), BETWEEN)
    return Word(say_levels(levels), levels[0].value) if levels else None


def say_levels(levels: Sequence[Level]) -> str:
    """One level word, or "Between patchy and usually seen" near a cut point."""
    names = [LEVELS[level] for level in levels]
    if len(names) < 2:
        return "".join(names)
    return f"Between {names[0].lower()} and {names[1].lower()}"


def shorten(name: str) -> str:
    return SHORT_NAMES.get(name, name)


def lower_first(name: str) -> str:
    """A name within a sentence. Abbreviations such as NHS keep their capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def join_words(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


SMALL_NUMBERS: Final = (
    "none",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)


def say_number(number: int) -> str:
    """Small numbers as words, as in running text."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else str(number)
