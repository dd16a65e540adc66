"""The five factors together: no total, but how even they are and which is the weakest link."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.measures.figures import DimensionFigures
from assessments.measures.readings import Reading
from assessments.measures.rounding import DUST, round_number
from assessments.measures.thresholds import EVEN_BELOW


@dataclass(frozen=True, slots=True)
class FactorProfile:
    """``distance`` in points from the weakest mean to the strongest.

    ``weakest`` and ``strongest`` hold every factor that shares the lowest or highest published
    mean; ``views_differ`` those whose mean should not be leaned on.
    """

    distance: float
    is_even: bool
    weakest: tuple[str, ...]
    strongest: tuple[str, ...]
    views_differ: tuple[str, ...]


def profile_factors(factors: Iterable[DimensionFigures]) -> FactorProfile | None:
    """Evenness and weakest link from the published means of all factors.

    All have to be worked on together, so one number for them would mislead. ``None`` when the
    mean of any factor is not shown: the hidden one could be the weakest.
    """
    given = list(factors)
    means = {factor.code: factor.mean for factor in given if factor.mean is not None}
    if not means or len(means) < len(given):
        return None
    lowest, highest = min(means.values()), max(means.values())
    return FactorProfile(
        distance=round_number(highest - lowest),
        is_even=highest - lowest < EVEN_BELOW - DUST,
        weakest=tuple(code for code, mean in means.items() if mean == lowest),
        strongest=tuple(code for code, mean in means.items() if mean == highest),
        views_differ=tuple(
            factor.code for factor in given if factor.reading == Reading.VIEWS_DIFFER
        ),
    )
