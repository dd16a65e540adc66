"""Counts as sentences, and what a page says is not shown."""

from typing import Final

from assessments.measures.factors import FactorProfile, profile_factors
from assessments.measures.figures import DimensionFigures
from assessments.results.figures import InstrumentResult, RoundResult, StatementResult
from assessments.results.words import join_words, lower_first, shorten

HABIT: Final = "A habit that gets in the way, so it is shown turned round"


def count_ends(statement: StatementResult) -> str:
    """Both ends of a statement; of the habit itself, where it is reversed."""
    bands, points = statement.bands, [point.lower() for point in statement.scale.points]
    if bands is None or len(points) < 4:
        return ""
    seldom, often = f"{points[0]} or {points[1]}", f"{points[-2]} or {points[-1]}"
    weak, strong = (often, seldom) if statement.is_reversed else (seldom, often)
    ends = [(bands.weak, weak), (bands.strong, strong)]
    (most, most_often), (fewest, fewest_often) = sorted(ends, key=lambda end: -end[0])
    it = "the habit" if statement.is_reversed else "it"
    said = f"{most} of {bands.total} see {it} {most_often}, {fewest or 'none'} {fewest_often}."
    return f"{HABIT}: {said}" if statement.is_reversed else said


def count_answers(statement: StatementResult) -> str:
    """How many answered, and how many chose an answer apart from the scale."""
    said = []
    if statement.answered is not None:
        said.append(f"{statement.answered} answered")
    if statement.dont_know:
        said.append(f"{statement.dont_know} did not know")
    if statement.not_applicable:
        said.append(f"{statement.not_applicable} said not applicable")
    return f"{join_words(said)}." if said else ""


def compare_factors(part: InstrumentResult) -> str:
    """How even the factors are, and which is the weakest link; empty where one is not shown."""
    profile = profile_factors(
        DimensionFigures(one.code, mean=one.mean, reading=one.reading) for one in part.scored
    )
    if profile is None:
        return ""
    if profile.is_even:
        apart = f"The factors stand within {profile.distance:.1f} of a point of one another."
    else:
        apart = _name_weakest(part, profile)
    return f"{apart} All of them have to be worked on together, so there is no total."


def _name_weakest(part: InstrumentResult, profile: FactorProfile) -> str:
    names = {one.code: lower_first(shorten(one.name)) for one in part.scored}
    weakest = join_words([names[code] for code in profile.weakest])
    strongest = join_words([names[code] for code in profile.strongest])
    said = f"The weakest link is {weakest}, {profile.distance:.1f} points below {strongest}."
    if set(profile.weakest) & set(profile.views_differ):
        said += " Views differ there, so do not lean on its average."
    return said


def list_hidden(result: RoundResult) -> tuple[str, ...]:
    """What this round asked and does not show, by name and without any number of people."""
    if result.is_bands_only:
        return ("Everything but three bands of each statement",)
    hidden = [name for part in result.instruments for name in _list_hidden_of(part)]
    if any(
        statement.is_shown and statement.counts is None
        for part in result.instruments
        for statement in part.statements
    ):
        hidden.append("Single answers and the middle half of people, where only three bands stand")
    return tuple(hidden)


def _list_hidden_of(part: InstrumentResult) -> list[str]:
    if not part.is_shown:
        return [part.title]
    averages = [f"The average of “{one.name}”" for one in part.scored if not one.is_shown]
    statements = [f"“{one.text}”" for one in part.statements if not one.is_shown]
    return [*averages, *dict.fromkeys(statements)]
