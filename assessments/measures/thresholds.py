"""Every threshold of the measures, in one place, each with its reason.

The words and cut points are those of ``scoring`` in the content; who may be shown what is the
confidentiality rule. Nothing else in this room may hold a number that decides what people are
told.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# --- who may be shown what -----------------------------------------------------------------

SMALLEST_GROUP: Final = 5
"""k, people. Fewer than five can be worked out by those who know one another. A facilitator may
raise it before opening, never lower it."""

DETAIL_GROUP: Final = 8
"""People below whom five-point counts, quartiles and spread are kept back: with fewer, most
points hold one or two people, and a count is close to a name."""

COMMENTS_GROUP: Final = 10
"""Counted responses that comments need: style gives people away sooner than numbers do."""

GROUP_STATEMENTS_FACTOR: Final = 2
"""A group's single statements need 2k people where its dimension mean needs k: six figures about
the same people say more than one."""

LEAST_SHARE_OF_STATEMENTS: Final = 0.5
"""A dimension mean needs at least half of its statements shown, or it is about something else."""

GROUP_DISPLAY_LOWEST: Final = 1.5
GROUP_DISPLAY_HIGHEST: Final = 4.5
"""A group's mean outside these is shown as "1.5 or below", "4.5 or above": a mean of 1.0 or 5.0
tells the answer of each one in the group."""

CONTACT_SECTOR_PEOPLE: Final = 3
CONTACT_SECTOR_ORGANISATIONS: Final = 2
"""People are asked about contact with a sector of at least three people from two organisations:
with fewer, the question would be about a named colleague."""

SOON_AFTER_DAYS: Final = 60
"""A round opened within so many days of a close shows bands only: two rounds with nearly the
same people can be subtracted."""


def detail_group(k: int) -> int:
    """People needed for five-point counts, median, quartiles and spread: max(8, k)."""
    return max(DETAIL_GROUP, k)


def comments_group(k: int) -> int:
    """Counted responses needed for comments: max(10, k)."""
    return max(COMMENTS_GROUP, k)


# --- minimum answered ----------------------------------------------------------------------

MIN_ANSWERED: Final[Mapping[str, int]] = MappingProxyType(
    {"five_factors": 4, "six_ways": 3, "outside_view": 1}
)
"""Answers on the scale that a person's score needs, of six, five and two: more than half, so that
the score is about the dimension; outside view 1 of 2, because outsiders see less."""

MIN_ANSWERED_BEHAVIOURS: Final = 3
"""Of the five behaviours in ``practice``, for the same reason."""

MIN_ANSWERED_ELSEWHERE: Final = 1
"""Where there is no dimension score, one answer on the scale counts."""

BEHAVIOURS: Final = ("practice", "BV")
"""The one dimension of ``practice`` that is a scale; its ten characteristics are single
statements and are not averaged."""


def has_dimension_score(instrument: str, dimension: str) -> bool:
    """True for five factors, six ways, outside view and the five behaviours."""
    return instrument in MIN_ANSWERED or (instrument, dimension) == BEHAVIOURS


def min_answered_for(instrument: str, dimension: str, statements: int | None = None) -> int:
    """Answers on the scale that put a person into the base of a dimension, 1 or more.

    With ``statements`` (how many the dimension has in this edition) the minimum is capped at it,
    so that an edited, shorter dimension can still be scored.
    """
    if (instrument, dimension) == BEHAVIOURS:
        least = MIN_ANSWERED_BEHAVIOURS
    else:
        least = MIN_ANSWERED.get(instrument, MIN_ANSWERED_ELSEWHERE)
    return least if statements is None else max(1, min(least, statements))


# --- words for levels ----------------------------------------------------------------------

SCALE_LOWEST: Final = 1
SCALE_HIGHEST: Final = 5

PATCHY_FROM: Final = 2.5
USUALLY_FROM: Final = 3.5
"""Cut points half way between the words that people chose; not norms, of which there are none."""

NEAR_THE_LINE: Final = 0.2
"""Within so much of a cut point (0.2 itself included) both words are shown: one answer more or
less could have moved the mean across."""

LOW_BELOW: Final = PATCHY_FROM
LOW_SHARE: Final = 0.5
"""Low: a mean under 2.5, or half or more of the answers in the two weakest options."""

SPLIT_PEOPLE: Final = 2
SPLIT_SHARE: Final = 0.25
"""Split: at least two people and a quarter of the answers at each end. One person is not a camp."""

SPLIT_SECONDARY_SD: Final = 1.2
"""For facilitators: a population SD from 1.2 (an even spread over five points gives 1.41, half
the group at each end 2.0)."""

SHARED_SHARE: Final = 2 / 3
"""Shared strength or gap: two thirds or more of the answers in one end band."""

DONT_KNOW_SHARE: Final = 0.25
"""A statement is flagged when a quarter or more of the counted people chose Don't know."""

STRONGEST_LISTED: Final = 3
"""Strengths that close the list of what to talk about first."""

# --- change, response, own and others ------------------------------------------------------

CLEAR_CHANGE_FROM: Final = 0.5
"""A change under half a point is never called clear: half a point is half the step from one
word to the next."""

CONFIDENCE: Final = 0.95
"""Coverage of the intervals: the convention that readers expect."""

GOOD_RESPONSE: Final = 0.8
"""Below this share of the invited the range "if the missing had answered" is shown; from it the
end of a round may move earlier."""

WORTH_A_CONVERSATION: Final = 1.0
"""Own and others' view one whole word apart, whichever way it runs."""

EVEN_BELOW: Final = 0.5
"""Factors less than half a point apart are called even, as a change of so little is no change."""

CANDOUR_CARE_SHARE: Final = 0.25
"""A quarter who were guarded, or who preferred not to say, is enough to lean with care: the same
share that makes a camp."""

# --- instruments of their own --------------------------------------------------------------

QUICK_TEST_FIND_OUT: Final = 2
"""So many questions answered mostly with Don't know: find out more first."""

QUICK_TEST_SYSTEMS: Final = 6
QUICK_TEST_PARTS: Final = 3
"""Totals (of 8) from which the whole problem, or parts of it, need systems leadership."""

DIFFERENCES_CUT: Final = 3.0
"""Differences map: large, and well managed, is a median *above* the middle of the scale."""

RELIABILITY_PEOPLE: Final = 30
RELIABILITY_PARTNERSHIPS: Final = 10
"""Reliability is for editors, pooled: with fewer people or partnerships the figure would be
noise, and about somebody."""
