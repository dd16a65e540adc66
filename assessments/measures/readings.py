"""Readings: from figures to the words that people are told.

Level words and the low rule work on the *shown* mean (one decimal), so that word and number on a
page never contradict each other; readings work on the three bands alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessments.measures import thresholds
from assessments.measures.rounding import DUST
from assessments.measures.spread import Bands


class Level(StrEnum):
    RARELY_SEEN = "rarely_seen"
    PATCHY = "patchy"
    USUALLY_SEEN = "usually_seen"


class Reading(StrEnum):
    VIEWS_DIFFER = "views_differ"
    SHARED_STRENGTH = "shared_strength"
    SHARED_GAP = "shared_gap"
    MIXED = "mixed"


class Reason(StrEnum):
    """Why a statement or dimension stands on the list of what to talk about first."""

    VIEWS_DIFFER = "views_differ"
    LOW = "low"
    DONT_KNOW = "dont_know"
    STRONGEST = "strongest"


@dataclass(frozen=True, slots=True)
class Topic:
    """What the order of discussion needs to know of one statement or dimension.

    ``mean`` and ``bands`` are ``None`` where they are not shown.
    """

    code: str
    mean: float | None
    bands: Bands | None
    dont_know: int = 0
    dont_know_flag: bool = False


def band_of(mean: float) -> Level:
    """The band of a mean or score on 1 to 5: under 2.5, from 2.5 to under 3.5, from 3.5."""
    if mean < thresholds.PATCHY_FROM:
        return Level.RARELY_SEEN
    if mean < thresholds.USUALLY_FROM:
        return Level.PATCHY
    return Level.USUALLY_SEEN


def level_words(mean: float) -> tuple[Level, ...]:
    """One word for a mean on 1 to 5, or two, the weaker first, within 0.2 of a cut point.

    ``mean`` is the figure that is shown. 0.2 itself counts as near: 3.3 and 3.7 are "between
    patchy and usually seen".
    """
    reach = thresholds.NEAR_THE_LINE + DUST
    if abs(mean - thresholds.PATCHY_FROM) <= reach:
        return (Level.RARELY_SEEN, Level.PATCHY)
    if abs(mean - thresholds.USUALLY_FROM) <= reach:
        return (Level.PATCHY, Level.USUALLY_SEEN)
    return (band_of(mean),)


def is_split(bands: Bands) -> bool:
    """The split rule: at least two people and a quarter of the answers at each end."""
    smaller_camp = min(bands.weak, bands.strong)
    return (
        smaller_camp >= thresholds.SPLIT_PEOPLE
        and smaller_camp >= thresholds.SPLIT_SHARE * bands.total
    )


def is_low(mean: float, bands: Bands) -> bool:
    """The low rule: a shown mean under 2.5, or half or more of the answers in the weak band.

    False when nobody answered.
    """
    if not bands.total:
        return False
    return mean < thresholds.LOW_BELOW or bands.weak >= thresholds.LOW_SHARE * bands.total


def read_bands(bands: Bands) -> Reading | None:
    """The reading of three bands; *views differ* comes before all else, ``None`` for no answers.

    For a statement the bands are of answers, for a dimension of people's scores.
    """
    if not bands.total:
        return None
    if is_split(bands):
        return Reading.VIEWS_DIFFER
    if 3 * bands.strong >= 2 * bands.total:
        return Reading.SHARED_STRENGTH
    if 3 * bands.weak >= 2 * bands.total:
        return Reading.SHARED_GAP
    return Reading.MIXED


def shown_levels(mean: float | None, reading: Reading | None) -> tuple[Level, ...]:
    """The level words beside a figure: none where there is no mean or where views differ."""
    if mean is None or reading is None or reading == Reading.VIEWS_DIFFER:
        return ()
    return level_words(mean)


def is_widely_spread(sd: float) -> bool:
    """The second, facilitators' sign of a split: a standard deviation of 1.2 or more."""
    return sd >= thresholds.SPLIT_SECONDARY_SD - DUST


def has_many_dont_knows(dont_know: int, counted: int) -> bool:
    """True when a quarter or more of the counted people chose Don't know."""
    return counted > 0 and dont_know >= thresholds.DONT_KNOW_SHARE * counted


def is_worth_a_conversation(own: float, others: float) -> bool:
    """True when own and others' view are 1.0 or more apart, whichever way it runs."""
    return abs(own - others) >= thresholds.WORTH_A_CONVERSATION - DUST


def order_for_discussion(topics: Iterable[Topic]) -> tuple[tuple[str, Reason], ...]:
    """What to talk about first: split, then low, then many Don't knows, then the strongest three.

    Returns (code, reason), each code at most once, for the first reason that holds. Within the
    split: the larger smaller camp first, then the more people at the weak end; low: lowest mean
    first; don't knows: most first; strongest: highest mean first. Ties keep the given order.
    """
    given = list(topics)
    reasons = {topic.code: _reason(topic) for topic in given}
    split = sorted(_chosen(given, reasons, Reason.VIEWS_DIFFER), key=_camps)
    low = sorted(_chosen(given, reasons, Reason.LOW), key=_mean)
    unknown = sorted(_chosen(given, reasons, Reason.DONT_KNOW), key=lambda topic: -topic.dont_know)
    rest = [topic for topic in given if reasons[topic.code] is None and topic.mean is not None]
    strongest = sorted(rest, key=lambda topic: -_mean(topic))[: thresholds.STRONGEST_LISTED]
    return (
        *((topic.code, Reason.VIEWS_DIFFER) for topic in split),
        *((topic.code, Reason.LOW) for topic in low),
        *((topic.code, Reason.DONT_KNOW) for topic in unknown),
        *((topic.code, Reason.STRONGEST) for topic in strongest),
    )


def _reason(topic: Topic) -> Reason | None:
    if topic.bands is not None and is_split(topic.bands):
        return Reason.VIEWS_DIFFER
    if topic.bands is not None and topic.mean is not None and is_low(topic.mean, topic.bands):
        return Reason.LOW
    return Reason.DONT_KNOW if topic.dont_know_flag else None


def _chosen(topics: list[Topic], reasons: dict[str, Reason | None], reason: Reason) -> list[Topic]:
    return [topic for topic in topics if reasons[topic.code] == reason]


def _camps(topic: Topic) -> tuple[int, int]:
    bands = topic.bands or Bands(0, 0, 0)
    return -min(bands.weak, bands.strong), -bands.weak


def _mean(topic: Topic) -> float:
    return topic.mean if topic.mean is not None else 0.0
