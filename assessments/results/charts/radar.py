"""What a radar shows: one frozen description, from which every drawing of it is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

SeriesKind = Literal["now", "own", "group", "was", "outside", "whole", "mine"]
# Two marks closer than this share of a scale point would hide one another.
TOO_CLOSE: Final = 0.12
MAIN_KINDS: Final[tuple[SeriesKind, ...]] = ("now", "own", "group")


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One spoke. `None` is a figure that is not shown; it leaves a gap and never becomes 0.

    `low` and `high` are the middle half of people. `short` is the name on
    phones; `lines` breaks the name by hand where the automatic breaks displease.
    """

    code: str
    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    word: str = ""
    views_differ: bool = False
    short: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RadarSeries:
    """One line. The first of a radar is the main one, in teal; a second lies behind it.

    "own" is a person's profile alone, "mine" the same beside the partnership's line.
    """

    kind: SeriesKind
    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """A picture of dimensions on one fixed scale, in fixed order.

    `name` makes the ids on the page unique. `cuts` are where a level word
    changes; `missing` is the word in place of a figure that is not shown.
    """

    name: str
    title: str
    axes: tuple[RadarAxis, ...]
    series: tuple[RadarSeries, ...]
    description: str = ""
    has_band: bool = False
    band_label: str = "middle half of people"
    lowest: int = 1
    highest: int = 5
    lowest_word: str = "Hardly ever"
    highest_word: str = "Nearly always"
    cuts: tuple[float, ...] = (2.5, 3.5)
    level_words: tuple[str, ...] = ("Rarely seen", "Patchy", "Usually seen")
    missing: str = "Not shown"

    def __post_init__(self) -> None:
        if len(self.axes) < 3:
            raise ValueError("A radar needs three axes or more.")
        if len({axis.code for axis in self.axes}) != len(self.axes):
            raise ValueError("Two axes of a radar have the same code.")
        if not 1 <= len(self.series) <= 2:
            raise ValueError("A radar shows one series or two.")
        if self.series[0].kind not in MAIN_KINDS:
            raise ValueError("The first series of a radar is now, own or group.")
        if any(len(series.values) != len(self.axes) for series in self.series):
            raise ValueError("Each series needs one value, or None, for each axis.")
        if self.series[0].values != tuple(axis.value for axis in self.axes):
            raise ValueError("The first series and the values of the axes differ.")
        for value in self._all_values():
            if not self.lowest <= value <= self.highest:
                raise ValueError(f"{value} is not on the scale {self.lowest} to {self.highest}.")

    @property
    def is_empty(self) -> bool:
        return all(value is None for series in self.series for value in series.values)

    @property
    def shows_band(self) -> bool:
        return self.has_band and any(span is not None for span in self.spans)

    @property
    def spans(self) -> tuple[tuple[float, float] | None, ...]:
        """The middle half on each axis, where it is shown."""
        if not self.has_band:
            return tuple(None for _ in self.axes)
        return tuple(
            (axis.low, axis.high) if axis.low is not None and axis.high is not None else None
            for axis in self.axes
        )

    @property
    def has_differing_views(self) -> bool:
        return any(axis.views_differ and axis.value is not None for axis in self.axes)

    def covers(self, position: int, value: float) -> bool:
        """Whether the main mark would hide one at `value`, which is then drawn around it."""
        main = self.axes[position].value
        return main is not None and abs(main - value) < TOO_CLOSE

    def _all_values(self) -> Iterable[float]:
        for series in self.series:
            yield from (value for value in series.values if value is not None)
        for span in self.spans:
            yield from span or ()


def make_radar(
    *,
    name: str,
    title: str,
    axes: Sequence[RadarAxis],
    kind: SeriesKind = "now",
    label: str = "average",
    behind: RadarSeries | None = None,
    has_band: bool = False,
    description: str = "",
    missing: str = "Not shown",
) -> Radar:
    """A radar whose main line is the values of its axes, so that they are said only once."""
    main = RadarSeries(kind, label, tuple(axis.value for axis in axes))
    return Radar(
        name=name,
        title=title,
        axes=tuple(axes),
        series=(main, behind) if behind else (main,),
        description=description,
        has_band=has_band,
        missing=missing,
    )


def find_runs(present: Sequence[bool]) -> list[list[int]]:
    """Neighbouring positions that are present, going round: the last is beside the first.

    A full circle is one run of all positions; callers close it.
    """
    size = len(present)
    if all(present):
        return [list(range(size))]
    runs: list[list[int]] = []
    start = next(position for position in range(size) if not present[position])
    for step in range(1, size + 1):
        position = (start + step) % size
        if not present[position]:
            continue
        if present[position - 1] and runs:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs
