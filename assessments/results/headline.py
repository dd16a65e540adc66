"""The headline and the opening paragraph, written from published figures and their words alone.

A headline names at most two strengths and one difference, in band words, and
praises and blames nobody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.measures.readings import Level, Reading, order_for_discussion
from assessments.models.rounds import Audience
from assessments.results.discussion import make_topic
from assessments.results.figures import DimensionResult, InstrumentResult, RoundResult
from assessments.results.words import LEVELS, join_words, lower_first, say_levels, say_number

MOST_STRENGTHS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; `strong` where the eye should find it."""

    text: str
    strong: bool = False


def write_headline(result: RoundResult) -> str:
    """One line for the whole round."""
    part = result.five_factors
    shown = _list_shown(part)
    if not result.is_shown:
        return "Too few people answered for results"
    if result.is_bands_only or not shown:
        return f"Results of round {result.number}"
    differing, strengths = _list_differing(shown), _list_strengths(shown)
    clauses = [_say_strengths(strengths, shown), _say_difference(differing, strengths, shown)]
    said = [clause for clause in clauses if clause] or [_say_most(shown)]
    return _capitalise("; ".join(said))


def write_lead(result: RoundResult) -> tuple[Run, ...]:
    """The opening paragraph: who answered, what is seen, where views differ, and the rest."""
    if not result.is_shown:
        return ()
    people = "leaders" if result.audience == Audience.LEADERS else "people from outside"
    if result.has_more_than_invited:
        return (
            Run(f"{result.counted} answers", strong=True),
            Run(" came in, more than there were people to give them."),
        )
    runs = [Run(f"{result.counted} of the {result.invited}", strong=True)]
    runs.append(Run(f" {people} invited answered."))
    if result.is_bands_only:
        return tuple(runs)
    shown = _list_shown(result.five_factors)
    strengths, differing = _list_strengths(shown), _list_differing(shown)
    runs += _tell_strengths(strengths)
    for dimension in differing:
        runs += _tell_difference(dimension)
    runs += _tell_rest([one for one in shown if one not in strengths and one not in differing])
    return tuple(runs)


def _list_shown(part: InstrumentResult | None) -> list[DimensionResult]:
    return [dimension for dimension in part.scored if dimension.is_shown] if part else []


def _list_strengths(shown: Sequence[DimensionResult]) -> list[DimensionResult]:
    """The two most often seen of those that are plainly "usually seen"."""
    usual = [dimension for dimension in shown if dimension.levels == (Level.USUALLY_SEEN,)]
    return sorted(usual, key=lambda dimension: -(dimension.mean or 0))[:MOST_STRENGTHS]


def _list_differing(shown: Sequence[DimensionResult]) -> list[DimensionResult]:
    """Where views differ, in the order of discussion; without detail in the order of the page."""
    order = [code for code, _ in order_for_discussion(make_topic(one) for one in shown)]
    differing = [dimension for dimension in shown if dimension.differs]
    return sorted(differing, key=lambda one: order.index(one.code) if one.code in order else 99)


def _say_strengths(strengths: list[DimensionResult], shown: list[DimensionResult]) -> str:
    if not strengths:
        return ""
    usual = [dimension for dimension in shown if dimension.levels == (Level.USUALLY_SEEN,)]
    if len(usual) == len(shown) > MOST_STRENGTHS:
        return f"all {say_number(len(shown))} factors usually seen"
    return f"{join_words([lower_first(one.short_name) for one in strengths])} usually seen"


def _say_difference(
    differing: list[DimensionResult],
    strengths: list[DimensionResult],
    shown: list[DimensionResult],
) -> str:
    if len(differing) == len(shown):
        return f"views differ on all {say_number(len(shown))} factors"
    if differing:
        most = "most " if len(differing) > 1 else ""
        return f"views differ {most}on {lower_first(differing[0].short_name)}"
    lowest = min(shown, key=lambda dimension: dimension.mean or 0)
    if not strengths or lowest.levels == (Level.USUALLY_SEEN,):
        return ""
    return f"{lower_first(lowest.short_name)} {say_levels(lowest.levels).lower()}"


def _say_most(shown: list[DimensionResult]) -> str:
    """What most factors are called, where none is usually seen and views differ on none."""
    words, factors = Counter(say_levels(one.levels).lower() for one in shown).most_common(1)[0]
    if factors == len(shown):
        return f"all {say_number(len(shown))} factors {words}"
    if factors > 1:
        return f"{say_number(factors)} of the {say_number(len(shown))} factors {words}"
    in_order = sorted(shown, key=lambda dimension: dimension.mean or 0)
    lowest, highest = in_order[0].levels[0], in_order[-1].levels[-1]
    return f"{say_number(len(shown))} factors, from {_word_of(lowest)} to {_word_of(highest)}"


def _word_of(level: Level) -> str:
    return LEVELS[level].lower()


def _tell_strengths(strengths: list[DimensionResult]) -> list[Run]:
    if not strengths:
        return []
    runs = [Run(" They usually see ")]
    for place, dimension in enumerate(strengths):
        runs.append(Run(" and " if place else ""))
        runs.append(Run(lower_first(dimension.name), strong=True))
        runs.append(Run(f" ({dimension.mean:.1f})"))
    if all(dimension.reading == Reading.SHARED_STRENGTH for dimension in strengths):
        runs.append(Run(", and most agree"))
        runs.append(Run(" about both" if len(strengths) > 1 else " about it"))
    return [*[run for run in runs if run.text], Run(".")]


def _tell_difference(dimension: DimensionResult) -> list[Run]:
    runs = [Run(" Views differ on "), Run(lower_first(dimension.name), strong=True)]
    if dimension.bands is None:
        return [*runs, Run(", so its average would mislead.")]
    bands = dimension.bands
    counts = f": {bands.strong} usually see it, {bands.weak} rarely do"
    return [*runs, Run(f"{counts}, so its average would mislead.")]


def _tell_rest(rest: list[DimensionResult]) -> list[Run]:
    if not rest:
        return []
    said = [f"{lower_first(one.name)} {_say_is(one)} ({one.mean:.1f})" for one in rest]
    return [Run(f" {_capitalise('; '.join(said))}.")]


def _say_is(dimension: DimensionResult) -> str:
    words = say_levels(dimension.levels).lower()
    return f"lies {words}" if len(dimension.levels) > 1 else f"is {words}"


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
