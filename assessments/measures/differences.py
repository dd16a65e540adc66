"""The differences map: how big a difference is, against how well it is managed."""

from enum import StrEnum

from assessments.measures.thresholds import DIFFERENCES_CUT


class Quadrant(StrEnum):
    TALK_FIRST = "talk_first"
    PROTECT = "protect"
    QUICK_FIX = "quick_fix"
    LEAVE = "leave"


def place_difference(size: float | None, handling: float | None) -> Quadrant | None:
    """The quadrant of a difference from its published medians, both on 1 to 5.

    Large, and well managed, is a median above 3. ``None`` when a median is not shown.
    """
    if size is None or handling is None:
        return None
    if size > DIFFERENCES_CUT:
        return Quadrant.PROTECT if handling > DIFFERENCES_CUT else Quadrant.TALK_FIRST
    return Quadrant.LEAVE if handling > DIFFERENCES_CUT else Quadrant.QUICK_FIX
