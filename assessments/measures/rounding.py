"""Rounding of published figures: one decimal, percentages whole, halves always up.

Python rounds halves to even and floats carry dust, so the same mean could be printed two ways;
figures that are kept and compared over years need one rule.
"""

import math
from typing import Final

DUST: Final = 1e-9


def round_number(value: float, decimals: int = 1) -> float:
    """``value`` to ``decimals`` places, halves up."""
    scale = float(10**decimals)
    return math.floor(value * scale + 0.5 + DUST) / scale


def round_figure(value: float | None, decimals: int = 1) -> float | None:
    """The same; ``None`` for ``None`` and NaN."""
    if value is None or math.isnan(value):
        return None
    return round_number(value, decimals)


def round_percent(share: float | None) -> int | None:
    """A share from 0 to 1 as a whole percentage, halves up; ``None`` for ``None`` and NaN."""
    if share is None or math.isnan(share):
        return None
    return int(round_number(100 * share, 0))
