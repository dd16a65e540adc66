"""A person's own answers in words, for the instruments that have no averages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from assessments.questionnaire.values import AskedInstrument, AskedItem
from assessments.results.differences import find_quadrant
from assessments.results.suggestions import say_suggestion
from assessments.results.words import join_words, lower_first

BLANK: Final = -1
STRONG: Final = 4
NOT_AT_ALL: Final = 1
MOST_NAMED: Final = 4

Answers = Mapping[str, int]


@dataclass(frozen=True)
class OwnDifference:
    """One difference with its two ratings in words; no `label` while one of them is missing."""

    name: str
    size: str
    handling: str
    label: str
    advice: str


def summarise(instrument: AskedInstrument, answers: Answers) -> tuple[str, ...]:
    """A sentence or two; none where the averages or the table say it."""
    say = SUMMARIES.get(instrument.code)
    return tuple(say(instrument, answers)) if say else ()


def list_differences(instrument: AskedInstrument, answers: Answers) -> tuple[OwnDifference, ...]:
    """The rated differences, each with its place by the content's rule."""
    if not instrument.map_rule:
        return ()
    return tuple(
        _place(instrument, size, handling, answers)
        for dimension in instrument.dimensions
        for size, handling in zip(dimension.items, dimension.items[1:], strict=False)
        if handling.is_second_rating
    )


def _place(
    instrument: AskedInstrument, size: AskedItem, handling: AskedItem, answers: Answers
) -> OwnDifference:
    given = (answers.get(size.code, BLANK), answers.get(handling.code, BLANK))
    quadrant = {}
    if min(given) > 0:
        quadrant = find_quadrant(instrument.map_rule, *given)
    return OwnDifference(
        name=_name(size),
        size=size.scale.say(given[0]) or "Left out",
        handling=handling.scale.say(given[1]) or "Left out",
        label=quadrant.get("label", ""),
        advice=quadrant.get("advice", ""),
    )


def _suggest(instrument: AskedInstrument, answers: Answers) -> list[str]:
    """What the content's rule makes of one person's answers, with its caution."""
    if not instrument.result_rule:
        return []
    said = say_suggestion([answers.get(item.code, BLANK) for item in _items(instrument)])
    if not said:
        return ["Answer all the questions to see what the test suggests."]
    return [f"Your answers suggest: {said}.", instrument.result_rule.get("caution", "")]


def _say_pressures(instrument: AskedInstrument, answers: Answers) -> list[str]:
    strong = [item for item in _items(instrument) if answers.get(item.code, BLANK) >= STRONG]
    pressures = [_name(item) for item in strong if not item.is_pull]
    pulls = [_name(item) for item in strong if item.is_pull]
    said = []
    if pressures:
        asked = sum(not item.is_pull for item in _items(instrument))
        names = f": {_join(pressures)}" if len(pressures) <= MOST_NAMED else ""
        said.append(
            f"You see {len(pressures)} of {asked} conditions press considerably or extremely"
            f"{names}."
        )
    if pulls:
        said.append(f"You also see a strong pull: {_join(pulls)}.")
    return said


def _say_contact(instrument: AskedInstrument, answers: Answers) -> list[str]:
    met = {item: answers[item.code] for item in _items(instrument) if answers.get(item.code, 0) > 0}
    most = max(met.values(), default=0)
    said = []
    if most > NOT_AT_ALL:
        names = [item.text for item, value in met.items() if value == most]
        words = next(item.scale.say(most) for item in met)
        said.append(f"You met most often: {join_words(names)} ({lower_first(words)}).")
    never = [item.text for item, value in met.items() if value == NOT_AT_ALL]
    if never:
        said.append(f"Not at all: {join_words(never)}.")
    return said


SUMMARIES: Final[Mapping[str, Callable[[AskedInstrument, Answers], list[str]]]] = MappingProxyType(
    {"quick_test": _suggest, "context": _say_pressures, "contact": _say_contact}
)


def _items(instrument: AskedInstrument) -> list[AskedItem]:
    return [item for dimension in instrument.dimensions for item in dimension.items]


def _name(item: AskedItem) -> str:
    """What stands before the colon of a statement that explains its name."""
    return item.text.partition(":")[0].rstrip(".")


def _join(names: Sequence[str]) -> str:
    return join_words([lower_first(name) for name in names])
