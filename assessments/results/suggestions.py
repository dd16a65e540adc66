"""What the quick test suggests, in the words of its content."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from assessments.measures.quick_test import Suggestion, suggest

SUGGESTIONS: Final[Mapping[Suggestion, str]] = MappingProxyType(
    {
        Suggestion.FIND_OUT_MORE: "Find out more first",
        Suggestion.ONE_PARTNER_CAN_LEAD: (
            "One partner can probably lead this; the rest can support."
        ),
        Suggestion.SYSTEMS_LEADERSHIP: "This looks like a problem for systems leadership.",
        Suggestion.PARTS_OF_IT: (
            "Parts of this need systems leadership. Separate those parts from the rest."
        ),
        Suggestion.ORDINARY_MANAGEMENT: (
            "Ordinary management or a simple joint project may be enough."
        ),
    }
)


def say_suggestion(answers: Sequence[int]) -> str:
    """For one person's answers, in the order of the questions; empty while one is unanswered."""
    found = suggest(answers)
    return SUGGESTIONS[found].rstrip(".") if found else ""
