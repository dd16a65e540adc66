"""One statement as a diverging bar: weak answers left of an upright line, strong ones right.

The middle answer straddles the line. One person has the same width in every
row of a list, so a frame is measured over all its rows first. "Don't know"
stands apart at the right, in a dashed box. Fluid, as the dot plot is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# The bars have 0 to BARS_END percent, the box for "don't know" what follows APART.
BARS_END: Final = 88.0
APART: Final = 91.0
HEIGHT: Final = 48
# Five answers take the five steps; three bands the second, third and fourth.
STEPS: Final = {5: (1, 2, 3, 4, 5), 3: (2, 3, 4)}
# A figure of so many letters needs so many pixels; a bar is about this wide on a phone, on a desk.
LETTER: Final = 9
PHONE_WIDTH: Final = 290
DESK_WIDTH: Final = 640


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each answer was given, weakest first (a reversed statement is turned round).

    Five answers, or three bands where five may not be shown. `dont_know` is
    `None` where that count is not shown.
    """

    label: str
    words: tuple[str, ...]
    counts: tuple[int, ...]
    dont_know: int | None = None
    dont_know_word: str = "Don't know"

    def __post_init__(self) -> None:
        if len(self.counts) not in STEPS:
            raise ValueError("A distribution has five answers or three bands.")
        if len(self.words) != len(self.counts):
            raise ValueError("Each count needs the words of its answer.")
        if any(count < 0 for count in self.counts):
            raise ValueError("A count of people cannot be negative.")

    @property
    def weak(self) -> float:
        """People to the left of the line, with half of those in the middle."""
        return self._half(self.counts)

    @property
    def strong(self) -> float:
        return self._half(self.counts[::-1])

    @staticmethod
    def _half(counts: Sequence[int]) -> float:
        middle = len(counts) // 2
        return sum(counts[:middle]) + counts[middle] / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the upright line stands and how wide one person is, both in percent."""

    line: float
    person: float


def measure_frame(rows: Sequence[Distribution]) -> Frame:
    """One frame for a whole list: nobody wider than anybody else, and all of them inside."""
    weak = max((row.weak for row in rows), default=0.0)
    strong = max((row.strong for row in rows), default=0.0)
    if not weak + strong:
        return Frame(BARS_END / 2, 1.0)
    line = min(max(BARS_END * weak / (weak + strong), BARS_END * 0.35), BARS_END * 0.65)
    sides = [line / weak if weak else BARS_END, (BARS_END - line) / strong if strong else BARS_END]
    return Frame(line, min(*sides, 6.0))


def describe_distribution(row: Distribution) -> str:
    """The text alternative: every count with its words."""
    said = [f"{word} {count}" for word, count in zip(row.words, row.counts, strict=True)]
    if row.dont_know is not None:
        said.append(f"{row.dont_know_word} {row.dont_know}")
    return f"{row.label} {'; '.join(said)}."


def draw_distribution(row: Distribution, frame: Frame | None = None) -> SafeString:
    """The bar. Without a frame it is measured for itself alone."""
    frame = frame or measure_frame([row])
    return mark_safe(
        f'<svg class="chart" height="{HEIGHT}" role="img" '
        f'aria-label="{escape(describe_distribution(row))}">'
        f'<line class="g zero" x1="{frame.line:.2f}%" x2="{frame.line:.2f}%" '
        f'y1="0" y2="{HEIGHT}"/>{_draw_parts(row, frame)}{_draw_apart(row)}</svg>'
    )


def draw_distribution_head(frame: Frame, *, less: str, more: str, apart: str) -> SafeString:
    """What the two sides mean, above a list. The bars say it themselves to screen readers."""
    left, right = frame.line - 2.5, frame.line + 2.5
    return mark_safe(
        f'<svg class="chart bar-words" height="22" aria-hidden="true">'
        f'<text class="t2" x="{frame.line:.2f}%" y="15" text-anchor="middle">|</text>'
        f'<text class="t2" x="{left:.2f}%" y="15" text-anchor="end">{escape(less)}</text>'
        f'<text class="t2" x="{right:.2f}%" y="15">{escape(more)}</text>'
        f'<text class="t2 bar-apart" x="100%" y="15" text-anchor="end">{escape(apart)}</text></svg>'
    )


def draw_distribution_key(words: Sequence[str], dont_know_word: str = "") -> SafeString:
    """What each colour means, as a list."""
    items = [
        f'<li><svg width="22" height="18" aria-hidden="true">'
        f"{_draw_swatch(step)}</svg>{escape(word)}</li>"
        for step, word in zip(STEPS[len(words)], words, strict=True)
    ]
    if dont_know_word:
        items.append(
            '<li><svg width="22" height="18" aria-hidden="true">'
            '<rect class="dkb" x="1" y="1" width="20" height="16"/></svg>'
            f"{escape(dont_know_word)} (kept apart)</li>"
        )
    return mark_safe(f'<ul class="key">{"".join(items)}</ul>')


def _draw_swatch(step: int) -> str:
    drawn = f'<rect class="f{step} seg" x=".5" y=".5" width="21" height="17"/>'
    return drawn + ('<rect width="22" height="18" fill="url(#hatch)"/>' if step == 1 else "")


def _draw_parts(row: Distribution, frame: Frame) -> str:
    x = frame.line - row.weak * frame.person
    drawn = []
    for step, count in zip(STEPS[len(row.counts)], row.counts, strict=True):
        if not count:
            continue
        width = count * frame.person
        drawn.append(_draw_part(step, count, x, width))
        x += width
    return "".join(drawn)


def _draw_part(step: int, count: int, x: float, width: float) -> str:
    box = f'x="{x:.3f}%" y="6" width="{width:.3f}%" height="36"'
    hatch = f'<rect {box} fill="url(#hatch)"/>' if step == 1 else ""
    return (
        f'<rect class="f{step} seg" {box}/>{hatch}'
        f'<text class="x{step} xc{_choose_room(count, width)}" x="{x + width / 2:.3f}%" y="29" '
        f'text-anchor="middle">{count}</text>'
    )


def _choose_room(count: int, width: float) -> str:
    """Where the figure would be wider than its bar it is left to the label and the table."""
    needed = LETTER * len(str(count)) + 1
    if width / 100 * DESK_WIDTH < needed:
        return " no-room"
    return " no-room-phone" if width / 100 * PHONE_WIDTH < needed else ""


def _draw_apart(row: Distribution) -> str:
    middle = f'x="{(APART + 99.8) / 2:.1f}%" y="29" text-anchor="middle"'
    if row.dont_know is None:
        return ""
    if not row.dont_know:
        return f'<text class="t2" {middle}>none</text>'
    return (
        f'<rect class="dkb" x="{APART:g}%" y="6" width="{99.8 - APART:.1f}%" height="36"/>'
        f'<text class="xc" {middle}>{row.dont_know}</text>'
    )
