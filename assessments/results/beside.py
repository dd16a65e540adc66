"""What leaders see once it is shared: each part, with a person's own answers for their eyes.

The page that lets a facilitator see it beforehand draws the same, without
anybody's answers.

Never a difference between the two: one is a person, the other everybody with
that person among them, and neither is a mark for the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assessments.measures.readings import Level
from assessments.models.rounds import Audience, Round
from assessments.results.agreed import read_agreed
from assessments.results.charts.radar import Radar
from assessments.results.drawing import LEAST_AXES, describe_profile
from assessments.results.figures import DimensionResult, InstrumentResult, RoundResult
from assessments.results.words import BETWEEN, Word, say_levels

TOO_FEW = "Too few answers for an average"


class OwnDimension(Protocol):
    """One dimension of a person's own answers, as the room that may open them hands it over."""

    @property
    def code(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def levels(self) -> tuple[Level, ...]: ...


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


def draw_shared(
    result: RoundResult, round_: Round, own: Mapping[str, Sequence[OwnDimension]]
) -> dict[str, Any]:
    """What `results/_shared.html` shows; `own` answers by the code of their part."""
    parts = list_profiled(result)
    return {
        "result": result,
        "sections": [draw_beside(result, part, own.get(part.code)) for part in parts],
        # What leaders agreed among themselves was announced to leaders alone.
        "agreed": read_agreed(round_) if result.audience == Audience.LEADERS else (),
    }


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


def list_profiled(result: RoundResult) -> list[InstrumentResult]:
    """Parts with a profile: the five factors, the six ways, the view from outside. No bands."""
    if result.is_bands_only:
        return []
    return [part for part in result.instruments if len(part.scored) >= LEAST_AXES]
