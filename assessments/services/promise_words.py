"""What is shown of each part of the checklist, in one plain sentence."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WHOLE_ONLY = "Shown for everybody together, never for a smaller group."
SHOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "five_factors": (
            "Shown for everybody together. For sectors, organisations and roles only averages, "
            "and only where enough people answered."
        ),
        "six_ways": (
            "About how you yourself lead. Your own profile stays yours: others see only the "
            "average of everybody together, never of a smaller group."
        ),
        "practice": WHOLE_ONLY,
        "context": WHOLE_ONLY,
        "differences": WHOLE_ONLY,
        "quick_test": (
            "Shown as how many said yes, partly or no, for everybody together. There is no box "
            "to write in."
        ),
        "contact": (
            "Shown as a word, without a number, for how often people of two sectors meet. It is "
            "asked only about sectors with three or more people from two or more organisations, "
            "and not about your own."
        ),
        "outside_view": (
            "Shown for all people outside the leadership together, never mixed with the answers "
            "of leaders."
        ),
    }
)
COMMENT_NOTE: Final = (
    "{readers} can read comments after the close, without names and in random order, and only "
    "if {least} or more people answer. Please do not name patients, residents or staff."
)
BANDS_ONLY = "Shown as three bands for everybody together, and nothing else."


def say_shown(instrument: str, *, is_bands_only: bool) -> str:
    if is_bands_only:
        return BANDS_ONLY
    return SHOWN.get(instrument, WHOLE_ONLY)
