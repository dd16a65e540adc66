"""Change between two rounds, and the range if the missing had answered; published figures only."""

import math
from dataclasses import dataclass

from assessments.measures.intervals import Interval, half_width
from assessments.measures.rounding import DUST, round_number
from assessments.measures.thresholds import (
    CLEAR_CHANGE_FROM,
    GOOD_RESPONSE,
    SCALE_HIGHEST,
    SCALE_LOWEST,
)


@dataclass(frozen=True, slots=True)
class Level:
    """A published mean of the whole in one round, and half the width of its interval.

    ``half`` is ``None`` where no interval is shown.
    """

    mean: float
    half: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """After minus before, in points; ``interval`` is ``None`` where either round has none."""

    difference: float
    interval: Interval | None
    clear: bool

    @property
    def is_clear_rise(self) -> bool:
        return self.clear and self.difference > 0

    @property
    def is_clear_fall(self) -> bool:
        return self.clear and self.difference < 0


def level_of_dimension(mean: float | None, interval: Interval | None) -> Level | None:
    """The level of a dimension from its published mean and interval; ``None`` without a mean.

    The wider side of the interval is taken, because the other may have been cut at the end of
    the scale.
    """
    if mean is None:
        return None
    if interval is None:
        return Level(mean, None)
    return Level(mean, max(mean - interval.low, interval.high - mean, 0.0))


def level_of_statement(
    mean: float | None, sd: float | None, answered: int | None, invited: int | None
) -> Level | None:
    """The level of a statement from its published mean, SD (divided by n), B(i) and N.

    ``None`` without a mean; no interval where the SD is not shown.
    """
    if mean is None:
        return None
    if sd is None or answered is None or invited is None or answered < 2:
        return Level(mean, None)
    sample_sd = sd * math.sqrt(answered / (answered - 1))
    return Level(mean, half_width(sample_sd, answered, invited))


def compare(before: Level | None, after: Level | None) -> Change | None:
    """The change of one figure of the whole from one round to the next.

    Clear when it is half a point or more *and* its 95 % interval leaves out nought. The interval
    takes the two rounds as drawn apart: halves are added as squares, which is careful when the
    same people answered twice. ``None`` when either mean is not shown; never clear without both
    intervals. Only for rounds with the same wording, scale and statements, which the caller
    checks.
    """
    if before is None or after is None:
        return None
    difference = round_number(after.mean - before.mean)
    if before.half is None or after.half is None:
        return Change(difference, None, clear=False)
    half = math.hypot(before.half, after.half)
    exact = after.mean - before.mean
    interval = Interval(round_number(exact - half), round_number(exact + half))
    is_large = abs(exact) >= CLEAR_CHANGE_FROM - DUST
    return Change(difference, interval, clear=is_large and abs(exact) > half + DUST)


def response_rate(answered: int, invited: int) -> float | None:
    """The share of the invited who answered, at most 1; ``None`` when nobody was invited."""
    return min(1.0, answered / invited) if invited > 0 else None


def has_good_response(answered: int, invited: int) -> bool:
    """Whether 80 % or more of the invited answered."""
    rate = response_rate(answered, invited)
    return rate is not None and rate >= GOOD_RESPONSE - DUST


def range_if_missing_answered(mean: float, answered: int, invited: int) -> Interval | None:
    """The lowest and highest mean possible had everyone answered, on 1 to 5, to one decimal.

    ``mean`` is published; ``answered`` of ``invited`` people gave it. Worst case: all others at
    1; best case: all at 5. ``None`` from 80 % of response on, where it is not shown. Source:
    Manski (1989), Journal of Human Resources 24(3).
    """
    if has_good_response(answered, invited) or answered < 1:
        return None
    missing = invited - answered
    return Interval(
        round_number((mean * answered + SCALE_LOWEST * missing) / invited),
        round_number((mean * answered + SCALE_HIGHEST * missing) / invited),
    )
