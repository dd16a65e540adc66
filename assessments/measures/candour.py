"""The candour gauge: how far the facilitator can lean on this round's figures."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.measures.figures import StatementFigures
from assessments.measures.rounding import round_percent
from assessments.measures.thresholds import CANDOUR_CARE_SHARE, SHARED_SHARE


class Leaning(StrEnum):
    FIRMLY = "firmly"
    FAIRLY = "fairly"
    WITH_CARE = "with_care"


@dataclass(frozen=True, slots=True)
class CandourGauge:
    """Whole percentages: of those who answered on the scale, how many said that they answered
    openly (4 or 5) or not (1 or 2); of all who answered or declined, how many preferred not to say.
    """

    answered: int
    open_percent: int | None
    guarded_percent: int | None
    declined_percent: int | None
    leaning: Leaning


def gauge_candour(figure: StatementFigures) -> CandourGauge | None:
    """The gauge from the published figures of the candour statement; ``None`` if not shown.

    With care when a quarter or more were guarded, or a quarter or more declined; firmly when two
    thirds or more were open; else fairly.
    """
    if figure.bands is None or figure.answered is None:
        return None
    answered, declined = figure.answered, figure.prefer_not_to_say or 0
    open_share = figure.bands.strong / answered
    guarded = figure.bands.weak / answered
    declining = declined / (answered + declined)
    if max(guarded, declining) >= CANDOUR_CARE_SHARE:
        leaning = Leaning.WITH_CARE
    else:
        leaning = Leaning.FIRMLY if open_share >= SHARED_SHARE else Leaning.FAIRLY
    return CandourGauge(
        answered,
        round_percent(open_share),
        round_percent(guarded),
        round_percent(declining),
        leaning,
    )
