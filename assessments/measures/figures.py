"""The figures of one population as a whole, as closing keeps them: suppressed and rounded.

A field that may not be shown is ``None``, never 0; ``shown`` and ``detail_shown`` tell "Not
shown" from "no answer".
"""

from dataclasses import dataclass

from assessments.measures.intervals import Interval
from assessments.measures.readings import Level, Reading
from assessments.measures.spread import Bands, Quartiles


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """One statement (or one of its ratings), turned round where it is reversed.

    ``shown`` rules answered, mean, bands, reading, levels and low (B(i) of at least k);
    ``detail_shown`` the fields from ``counts`` to ``awg`` (at least max(8, k)). The counts of
    don't know, not applicable and prefer not to say go by the whole population. ``consensus`` is
    a whole percentage. ``awg`` is ``None`` too where the mean is too near an end to read it.
    """

    code: str
    rating: str
    dimension: str
    reverse: bool
    shown: bool = False
    detail_shown: bool = False
    answered: int | None = None
    mean: float | None = None
    bands: Bands | None = None
    reading: Reading | None = None
    levels: tuple[Level, ...] = ()
    low: bool | None = None
    counts: tuple[int, ...] | None = None
    quartiles: Quartiles | None = None
    sd: float | None = None
    ad: float | None = None
    consensus: int | None = None
    awg: float | None = None
    dont_know: int | None = None
    not_applicable: int | None = None
    prefer_not_to_say: int | None = None
    dont_know_flag: bool | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.rating


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """One dimension that has a score.

    ``mean`` is the mean of the statement means that are shown. Reading, low, quartiles, bins, AD
    and the width of the interval (around the mean) come from people's scores; r*wg from the
    statements that are shown.
    """

    code: str
    shown: bool = False
    detail_shown: bool = False
    answered: int | None = None
    mean: float | None = None
    reading: Reading | None = None
    levels: tuple[Level, ...] = ()
    low: bool | None = None
    quartiles: Quartiles | None = None
    bins: tuple[int, ...] | None = None
    ad: float | None = None
    rwg: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class WholeFigures:
    """All figures of one instrument for one population as a whole.

    ``shown`` is False below k counted people: then nothing else is. ``bands_only`` marks a round
    soon after another one.
    """

    instrument: str
    shown: bool
    bands_only: bool
    invited: int | None
    counted: int | None
    statements: tuple[StatementFigures, ...]
    dimensions: tuple[DimensionFigures, ...]
