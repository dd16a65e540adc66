"""The partnership's picture of one part, with a person's own answers beside it for their eyes.

Never a difference between the two: one is a person, the other everybody with
that person among them, and neither is a mark for the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.measures.readings import Level
from assessments.results.charts.radar import Radar
from assessments.results.drawing import LEAST_AXES, describe_profile
from assessments.results.figures import DimensionResult, InstrumentResult, RoundResult
from assessments.results.words import BETWEEN, Word, say_levels
from assessments.services.answering.own import OwnDimension

TOO_FEW = "Too few answers for an average"


@dataclass(frozen=True)
class Pair:
    """One dimension. `own` is None for somebody who has not opened their own answers."""

    number: int
    together: DimensionResult
    own: OwnDimension | None

    @property
    def own_word(self) -> Word | None:
        levels: tuple[Level, ...] = self.own.levels if self.own else ()
        if not levels:
            return None
        return Word(say_levels(levels), BETWEEN if len(levels) > 1 else levels[0].value)


@dataclass(frozen=True)
class Beside:
    """One part of the checklist as leaders see it once it is shared."""

    part: InstrumentResult
    pairs: tuple[Pair, ...]
    radar: Radar | None
    has_own: bool
    missing: str = TOO_FEW

    @property
    def code(self) -> str:
        return self.part.code

    @property
    def step_name(self) -> str:
        return "Way of leading" if self.part.code == "six_ways" else "Factor"


def draw_beside(
    result: RoundResult, part: InstrumentResult, own: Sequence[OwnDimension] | None
) -> Beside:
    """`own` is None without the code, or where the person did not submit this part."""
    by_code = {one.code: one for one in own or ()}
    scores = {code: one.score for code, one in by_code.items() if one.score is not None}
    return Beside(
        part=part,
        pairs=tuple(
            Pair(number, dimension, by_code.get(dimension.code))
            for number, dimension in enumerate(part.scored, start=1)
        ),
        radar=describe_profile(part, result, name=f"shared-{part.code}", beside=scores),
        has_own=own is not None,
    )


def list_profiled(parts: Iterable[InstrumentResult]) -> list[InstrumentResult]:
    """The parts that have a profile: the five factors, the six ways, the view from outside."""
    return [part for part in parts if len(part.scored) >= LEAST_AXES]
