"""Conditions that press on a partnership, most pressing first; pulls stand apart."""

from dataclasses import dataclass

from assessments.results.figures import InstrumentResult, StatementResult

PULL = "pull"


@dataclass(frozen=True, slots=True)
class Pressure:
    """One condition, and the per cent of people who chose its two strongest points."""

    statement: StatementResult
    strong_percent: float | None

    @property
    def is_pull(self) -> bool:
        return self.statement.direction == PULL


def rank_pressures(part: InstrumentResult) -> tuple[Pressure, ...]:
    """Pressures by how many feel them strongly, then the pulls; not shown comes last in each.

    Ties keep the order of the content. Nothing is turned round.
    """
    found = [Pressure(statement, _share(statement)) for statement in part.statements]
    return tuple(sorted(found, key=_rank))


def _share(statement: StatementResult) -> float | None:
    bands = statement.bands
    return 100 * bands.strong / bands.total if bands and bands.total else None


def _rank(pressure: Pressure) -> tuple[bool, bool, int]:
    bands = pressure.statement.bands
    return pressure.is_pull, bands is None, -(bands.strong if bands else 0)
