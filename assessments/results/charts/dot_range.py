"""The same figures as a radar, one line each: a dot on its scale, the middle half as a bar.

Beside every radar, because positions on one common scale are read more exactly
than positions on spokes. Fluid: x in percent and y in pixels, without a
viewBox, so that the text keeps its size at any width.
"""

from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.results.charts.radar import Radar, RadarAxis, RadarSeries
from assessments.results.charts.text import (
    VIEWS_DIFFER,
    describe_radar,
    format_figure,
    shorten_word,
)

HEAD: Final = 36
ROW: Final = 84
LEFT: Final = 1.5
RIGHT: Final = 98.5


def draw_dots(radar: Radar) -> SafeString:
    """The plot in a box of its own, which decides by its width where the words stand."""
    height = HEAD + ROW * len(radar.axes) + 10
    rows = "".join(_draw_row(radar, position) for position in range(len(radar.axes)))
    name = escape(f"{radar.name}-dots")
    return mark_safe(
        f'<div class="dots-place"><svg class="chart dots" height="{height}" role="img" '
        f'aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(radar.title)}, one line each</title>'
        f'<desc id="{name}-d">{escape(describe_radar(radar))}</desc>'
        f"{_draw_scale(radar, height)}{rows}</svg></div>"
    )


def _place(radar: Radar, value: float) -> float:
    """The x of a value, in percent."""
    share = (value - radar.lowest) / (radar.highest - radar.lowest)
    return LEFT + (RIGHT - LEFT) * share


def _draw_scale(radar: Radar, height: int) -> str:
    bottom = height - 4
    lines = [
        f'<line class="g" x1="{x:.3f}%" x2="{x:.3f}%" y1="{HEAD}" y2="{bottom}"/>'
        for step in range(radar.lowest, radar.highest + 1)
        for x in [_place(radar, step)]
    ]
    cuts = [
        f'<line class="g cut" x1="{x:.3f}%" x2="{x:.3f}%" y1="18" y2="{bottom}"/>'
        for cut in radar.cuts
        for x in [_place(radar, cut)]
    ]
    return "".join(lines + cuts) + _draw_scale_words(radar)


def _draw_scale_words(radar: Radar) -> str:
    if not radar.level_words:
        low, high = escape(radar.lowest_word), escape(radar.highest_word)
        return (
            f'<text class="t2" x="0" y="14">{low}</text>'
            f'<text class="t2" x="100%" y="14" text-anchor="end">{high}</text>'
        )
    edges = [radar.lowest, *radar.cuts, radar.highest]
    return "".join(
        f'<text class="t2" x="{_place(radar, (low + high) / 2):.3f}%" y="14" '
        f'text-anchor="middle">{escape(word)}</text>'
        for word, low, high in zip(radar.level_words, edges[:-1], edges[1:], strict=True)
    )


def _draw_row(radar: Radar, position: int) -> str:
    axis = radar.axes[position]
    y = HEAD + ROW * position + 60
    said = _say_value(radar, axis)
    behind = "".join(_draw_behind(radar, series, position, y) for series in radar.series[1:])
    return (
        f'<text class="b halo" x="0" y="{y - 21}">{escape(axis.name)}</text>'
        f'<text class="t-wide" x="100%" y="{y - 21}" text-anchor="end">{said}</text>'
        f'<text class="t-narrow" x="0" y="{y + 27}">{said}</text>'
        f'<line class="g ax" x1="{LEFT}%" x2="{RIGHT}%" y1="{y}" y2="{y}"/>'
        f"{_draw_span(radar, position, y)}{behind}{_draw_dot(radar, axis, y)}"
    )


def _say_value(radar: Radar, axis: RadarAxis) -> str:
    if axis.value is None:
        return f'<tspan class="t2">{escape(radar.missing)}</tspan>'
    if axis.views_differ:
        return f'<tspan class="b cl">{VIEWS_DIFFER}</tspan>'
    figure = f'<tspan class="b">{format_figure(axis.value)}</tspan>'
    return f"{figure} {escape(shorten_word(axis.word))}" if axis.word else figure


def _draw_span(radar: Radar, position: int, y: int) -> str:
    span = radar.spans[position]
    if span is None:
        return ""
    left, right = (_place(radar, end) for end in span)
    box = f'x="{left:.2f}%" width="{max(right - left, 0.4):.2f}%" y="{y - 8}" height="16" rx="2"'
    return f'<rect class="band" {box}/><rect class="band-e" {box}/>'


def _draw_behind(radar: Radar, series: RadarSeries, position: int, y: int) -> str:
    value = series.values[position]
    if value is None:
        return ""
    x = f'x="{_place(radar, value):.2f}%" y="{y}"'
    if series.kind == "whole":
        shape = '<path class="all-l" d="M0 -11v22"/>'
    elif series.kind == "was":
        shape = '<path class="was-d" d="M0 -6l6 6-6 6-6-6z"/>'
    elif series.kind == "mine":
        shape = '<path class="mine-d" d="M0 -7l6.5 11h-13z"/>'
    else:
        shape = '<rect class="out-d" x="-5" y="-5" width="10" height="10"/>'
    return f'<svg {x} overflow="visible">{shape}</svg>'


def _draw_dot(radar: Radar, axis: RadarAxis, y: int) -> str:
    if axis.value is None:
        return ""
    kind, size = ("clay-o", 7) if axis.views_differ else ("now-d", 8)
    return f'<circle class="{kind}" cx="{_place(radar, axis.value):.2f}%" cy="{y}" r="{size}"/>'
