"""The one mark in its sizes, band words with their shapes, and the icons.

A shape never stands alone: beside it there is always the word it stands for,
so every drawing here is hidden from screen readers.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.results.charts.geometry import Point, draw_ring, join_points

register = template.Library()

STROKE: Final = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" '
ICONS: Final = {
    "tick": f'<path d="M4 10.5l4 4 8-9" {STROKE}stroke-width="2.6"/>',
    "arrow": f'<path d="M4 10h12M11 5l5 5-5 5" {STROKE}stroke-width="2.2"/>',
    "back": f'<path d="M16 10H4M9 5l-5 5 5 5" {STROKE}stroke-width="2.2"/>',
    "ring": f'<circle cx="10" cy="10" r="6" {STROKE}stroke-width="2"/>',
    "dot": '<circle cx="10" cy="10" r="5" fill="currentColor"/>',
    "plus": f'<path d="M10 4v12M4 10h12" {STROKE}stroke-width="2.2"/>',
    "cross": f'<path d="M5 5l10 10M15 5L5 15" {STROKE}stroke-width="2.2"/>',
    "alert": (
        f'<path d="M10 2.5L18.5 17h-17z" {STROKE}stroke-width="1.8"/>'
        f'<path d="M10 8v4M10 14.6v.1" {STROKE}stroke-width="2"/>'
    ),
    "lock": (f'<path d="M4.5 9h11v8h-11zM7 9V6.2a3 3 0 0 1 6 0V9" {STROKE}stroke-width="1.8"/>'),
    "print": (
        f'<path d="M6 7.5V3h8v4.5M6 14H3.5V7.5h13V14H14M6 12h8v5H6z" {STROKE}stroke-width="1.8"/>'
    ),
    "copy": (f'<path d="M7.5 6.5h8v10h-8zM12.5 6.5v-3h-8v10h3" {STROKE}stroke-width="1.8"/>'),
    "download": f'<path d="M10 3v9M6 8.5l4 4 4-4M4 16.5h12" {STROKE}stroke-width="2.2"/>',
}

HALF_DISC: Final = (
    '<circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>'
)
WORD_SHAPES: Final = {
    "usually_seen": '<circle cx="10" cy="10" r="7.5" fill="currentColor"/>',
    "patchy": HALF_DISC,
    "rarely_seen": (
        '<circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<circle cx="10" cy="10" r="1.6" fill="currentColor"/>'
    ),
    "views_differ": (
        f'<path d="M8.5 4.5L3 10l5.5 5.5M11.5 4.5L17 10l-5.5 5.5" {STROKE}stroke-width="2.6"/>'
    ),
}

STATES: Final = ("done", "now", "todo")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of ICONS, in the colour of the text around it."""
    return _frame(20, ICONS[name], 'width="18" height="18"')


@register.simple_tag
def word(mark: str, text: str) -> SafeString:
    """A band word with its shape; `between_…` marks share the half disc."""
    shape = HALF_DISC if mark.startswith("between") else WORD_SHAPES.get(mark, "")
    drawn = _frame(20, shape, 'width="18" height="18"') if shape else ""
    differs = " differ" if mark == "views_differ" else ""
    return format_html('<span class="word{}">{}{}</span>', differs, drawn, text)


@register.simple_tag
@cache
def brand_mark() -> SafeString:
    """Five spokes without their pentagon, as beside the name of the site."""
    centre = Point(16, 17)
    spokes = "".join(
        f'<line x1="16" y1="17" x2="{tip.x:.1f}" y2="{tip.y:.1f}" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round"/>'
        f'<circle cx="{tip.x:.1f}" cy="{tip.y:.1f}" r="2.6" fill="currentColor"/>'
        for tip in draw_ring(centre, 12.5, 5)
    )
    return _frame(32, spokes + '<circle cx="16" cy="17" r="2.2" fill="currentColor"/>')


@register.simple_tag
def factor_mark(number: int, total: int = 5) -> SafeString:
    """The mark of dimension `number` (from 1) of `total`: its spoke drawn, the others hinted.

    With five it is a factor's pentagon, with six the hexagon of the six ways.
    """
    if not 1 <= number <= total:
        raise ValueError(f"There is no spoke {number} of {total}.")
    centre = Point(24, 25 if total == 5 else 24)
    corners = draw_ring(centre, 20, total)
    hints = "".join(_draw_spoke("s", centre, corner) for corner in corners)
    tip = corners[number - 1]
    drawn = (
        f'<polygon class="o" points="{join_points(corners)}"/>{hints}'
        f"{_draw_spoke('on', centre, tip)}"
        f'<circle class="d" cx="{tip.x:.1f}" cy="{tip.y:.1f}" r="4.5"/>'
    )
    return _frame(48, drawn, 'class="fm"')


@register.simple_tag
def compass(states: Iterable[str], answered: int = 0, asked: int = 0) -> SafeString:
    """How far someone has come: a spoke a step, "done", "now" or "todo".

    The spoke of the present step is dotted, and solid as far as `answered` of
    `asked`; `data-part` marks what a page moves with each answer.
    """
    steps = _check_states(states)
    share = _share(answered, asked, otherwise=0)
    spokes = max(len(steps), 3)
    centre = Point(60, 62)
    corners = draw_ring(centre, 46, spokes)
    grid = "".join(_draw_spoke("s", centre, corner) for corner in corners)
    drawn = "".join(
        _draw_step(state, centre, tip, share) for state, tip in zip(steps, corners, strict=False)
    )
    outline = f'<polygon class="o" points="{join_points(corners)}"/>'
    return _frame(120, outline + grid + drawn, 'class="compass"')


@register.simple_tag
def compass_bars(states: Iterable[str], answered: int = 0, asked: int = 0) -> SafeString:
    """The same for phones: a bar a step; the present one is filled by `answered` of `asked`."""
    steps = _check_states(states)
    if not steps:
        return mark_safe("")
    gap = 2.0
    width = (100 - gap * (len(steps) - 1)) / len(steps)
    share = max(_share(answered, asked, otherwise=0.5), 0.12)
    bars = "".join(
        _draw_bar(position * (width + gap), width, state, share)
        for position, state in enumerate(steps)
    )
    return mark_safe(
        '<svg class="bars" aria-hidden="true" focusable="false" width="100%" height="10">'
        f"{bars}</svg>"
    )


def _share(answered: int, asked: int, *, otherwise: float) -> float:
    return min(answered / asked, 1.0) if asked else otherwise


def _frame(size: int, drawn: str, attributes: str = "") -> SafeString:
    space = " " if attributes else ""
    return mark_safe(
        f'<svg{space}{attributes} viewBox="0 0 {size} {size}" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>'
    )


def _draw_spoke(kind: str, centre: Point, tip: Point) -> str:
    return (
        f'<line class="{kind}" x1="{centre.x:g}" y1="{centre.y:g}" '
        f'x2="{tip.x:.1f}" y2="{tip.y:.1f}"/>'
    )


def _draw_step(state: str, centre: Point, tip: Point, share: float) -> str:
    at = f'cx="{tip.x:.1f}" cy="{tip.y:.1f}"'
    if state == "done":
        return f'{_draw_spoke("done", centre, tip)}<circle class="d" {at} r="6.5"/>'
    if state == "now":
        return (
            f"{_draw_spoke('now', centre, tip)}{_draw_part(centre, tip, share)}"
            f'<circle class="e" {at} r="6.5"/><circle class="d" {at} r="3"/>'
        )
    return f'<circle class="e" {at} r="5"/>'


def _draw_part(centre: Point, tip: Point, share: float) -> str:
    return (
        f'<line class="part" data-part="" pathLength="1" stroke-dasharray="{share:.3g} 1" '
        f'x1="{centre.x:g}" y1="{centre.y:g}" x2="{tip.x:.1f}" y2="{tip.y:.1f}"/>'
    )


def _draw_bar(x: float, width: float, state: str, share: float) -> str:
    empty = f'<rect class="todo-b" x="{x:.2f}%" y="1" width="{width:.2f}%" height="8" rx="2"/>'
    if state == "todo":
        return empty
    filled = width if state == "done" else width * share
    mark = f' data-part="{width:.2f}"' if state == "now" else ""
    return (
        f'{empty}<rect class="done"{mark} x="{x:.2f}%" y="1" width="{filled:.2f}%" '
        f'height="8" rx="2"/>'
    )


def _check_states(states: Iterable[str]) -> Sequence[str]:
    steps = list(states)
    unknown = [state for state in steps if state not in STATES]
    if unknown:
        raise ValueError(f"A step is done, now or todo, not {unknown[0]!r}.")
    return steps
