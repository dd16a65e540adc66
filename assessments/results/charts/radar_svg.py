"""A radar as SVG: drawn on the server, so that it shows without JavaScript and prints."""

from collections.abc import Callable
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.results.charts.geometry import Point, draw_ring, join_points
from assessments.results.charts.radar import Radar, RadarSeries, find_runs
from assessments.results.charts.radar_layout import PHONE, WIDE, Label, LabelLine, Layout, lay_out
from assessments.results.charts.text import describe_radar

LINE_CLASSES: Final = {
    "now": "now-l",
    "own": "now-l",
    "group": "now-l",
    "was": "was-l",
    "outside": "out-l",
    "whole": "all-l",
    "mine": "mine-l",
}


def draw_radar(radar: Radar, *, phone: bool = False) -> SafeString:
    """The picture with its text alternative. On phones it is smaller and says less."""
    layout = lay_out(radar, PHONE if phone else WIDE)
    name = f"{radar.name}-{'phone' if phone else 'wide'}"
    kind = "chart radar phone" if phone else "chart radar"
    return mark_safe(
        f'<svg class="{kind}" viewBox="0 0 {layout.width:g} {layout.height:g}" role="img" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d">'
        f'<title id="{escape(name)}-t">{escape(radar.title)}</title>'
        f'<desc id="{escape(name)}-d">{escape(describe_radar(radar))}</desc>'
        f"{_draw_band(radar, layout)}"
        f"{_draw_grid(radar, layout)}"
        f'<g class="radar-data">{_draw_series(radar, layout)}</g>'
        f"{_draw_rings(radar, layout)}{_draw_labels(layout)}</svg>"
    )


def draw_small_radar(radar: Radar) -> SafeString:
    """One of small multiples: a group before the whole, with short names and no figures."""
    layout = lay_out(radar, PHONE)
    names = "".join(
        _draw_label(Label(label.x, label.y, label.anchor, tuple(_names_only(label))), PHONE.line)
        for label in layout.labels
    )
    return mark_safe(
        f'<svg class="chart radar phone" viewBox="0 0 {layout.width:g} {layout.height:g}" '
        f'role="img" aria-label="{escape(f"{radar.title}. {describe_radar(radar)}")}">'
        f"{_draw_grid(radar, layout)}{_draw_series(radar, layout)}{names}</svg>"
    )


def _names_only(label: Label) -> list[LabelLine]:
    return [line for line in label.lines if line.name or line.is_caution or not line.figure]


def _draw_band(radar: Radar, layout: Layout) -> str:
    spans = radar.spans
    if not radar.shows_band:
        return ""
    drawn = []
    for run in find_runs([span is not None for span in spans]):
        lows = [layout.place(radar, i, span[0]) for i in run if (span := spans[i])]
        highs = [layout.place(radar, i, span[1]) for i in run if (span := spans[i])]
        drawn.append(_draw_band_run(lows, highs, is_whole=len(run) == len(spans)))
    return "".join(drawn)


def _draw_band_run(lows: list[Point], highs: list[Point], *, is_whole: bool) -> str:
    if is_whole:
        return (
            f'<path class="band" fill-rule="evenodd" '
            f'd="{_join_path(highs)} Z {_join_path(lows)} Z"/>'
            f'<polygon class="band-e" points="{join_points(highs)}"/>'
            f'<polygon class="band-e" points="{join_points(lows)}"/>'
        )
    if len(lows) == 1:
        return (
            f'<path class="band-bar-e" d="{_join_path([lows[0], highs[0]])}"/>'
            f'<path class="band-bar" d="{_join_path([lows[0], highs[0]])}"/>'
        )
    outline = [*highs, *reversed(lows)]
    return (
        f'<path class="band" d="{_join_path(outline)} Z"/>'
        f'<path class="band-e" d="{_join_path(outline)} Z"/>'
    )


def _draw_grid(radar: Radar, layout: Layout) -> str:
    spokes = len(radar.axes)
    steps = range(radar.lowest + 1, radar.highest + 1)
    rings = []
    for step in steps:
        share = (step - radar.lowest) / (radar.highest - radar.lowest)
        corners = draw_ring(layout.centre, layout.radius * share, spokes)
        kind = "g ax" if step == radar.highest else "g"
        rings.append(f'<polygon class="{kind}" points="{join_points(corners)}"/>')
    centre = layout.centre
    lines = [
        f'<line class="g" x1="{centre.x:.1f}" y1="{centre.y:.1f}" '
        f'x2="{tip.x:.1f}" y2="{tip.y:.1f}"/>'
        for tip in draw_ring(centre, layout.radius, spokes)
    ]
    return "".join(rings + lines)


def _draw_rings(radar: Radar, layout: Layout) -> str:
    drawn = []
    for step in range(radar.lowest, radar.highest + 1):
        at = layout.place(radar, 0, step)
        drawn.append(
            f'<text class="t2 ring halo" x="{at.x - 8:.1f}" y="{at.y + 4:.1f}" '
            f'text-anchor="end">{step}</text>'
        )
    return "".join(drawn)


def _draw_series(radar: Radar, layout: Layout) -> str:
    """The main line last, so that it lies on top."""
    drawn = []
    for series in reversed(radar.series):
        drawn.append(_draw_line(radar, layout, series))
        drawn.append(_draw_marks(radar, layout, series))
    return "".join(drawn)


def _draw_line(radar: Radar, layout: Layout, series: RadarSeries) -> str:
    kind = LINE_CLASSES[series.kind]
    values = series.values
    drawn = []
    for run in find_runs([value is not None for value in values]):
        points = [layout.place(radar, i, value) for i in run if (value := values[i]) is not None]
        if len(points) == len(values):
            drawn.append(f'<polygon class="{kind}" points="{join_points(points)}"/>')
        elif len(points) > 1:
            drawn.append(f'<polyline class="{kind}" points="{join_points(points)}"/>')
    return "".join(drawn)


def _draw_marks(radar: Radar, layout: Layout, series: RadarSeries) -> str:
    if series.kind == "whole":
        return ""
    drawn = []
    for position, value in enumerate(series.values):
        if value is None:
            continue
        at = layout.place(radar, position, value)
        is_main = series is radar.series[0]
        if is_main:
            kind = "clay-o" if radar.axes[position].views_differ else "now-d"
            drawn.append(_draw_dot(kind, at, layout.style.dot))
        else:
            size = layout.style.mark
            if radar.covers(position, value):
                size = layout.style.dot + 4.5
            drawn.append(BEHIND[series.kind](at, size))
    return "".join(drawn)


def _draw_dot(kind: str, at: Point, size: float) -> str:
    return f'<circle class="{kind}" cx="{at.x:.1f}" cy="{at.y:.1f}" r="{size:g}"/>'


def _draw_diamond(at: Point, size: float) -> str:
    s = f"{size:g}"
    return f'<path class="was-d" d="M{at.x:.1f} {at.y - size:.1f}l{s} {s}-{s} {s}-{s}-{s}z"/>'


def _draw_square(at: Point, size: float) -> str:
    half = size * 0.85
    return (
        f'<rect class="out-d" x="{at.x - half:.1f}" y="{at.y - half:.1f}" '
        f'width="{2 * half:.1f}" height="{2 * half:.1f}"/>'
    )


def _draw_triangle(at: Point, size: float) -> str:
    half, height = size * 1.05, size * 1.8
    return (
        f'<path class="mine-d" d="M{at.x:.1f} {at.y - size * 1.1:.1f}l{half:g} {height:g}'
        f'h{-2 * half:g}z"/>'
    )


# The marks of a line that lies behind the main one.
BEHIND: Final[dict[str, Callable[[Point, float], str]]] = {
    "was": _draw_diamond,
    "outside": _draw_square,
    "mine": _draw_triangle,
}


def _draw_labels(layout: Layout) -> str:
    return "".join(_draw_label(label, layout.style.line) for label in layout.labels)


def _draw_label(label: Label, height: float) -> str:
    return "".join(
        _draw_label_line(line, label.x, label.y + number * height, label.anchor)
        for number, line in enumerate(label.lines)
    )


def _draw_label_line(line: LabelLine, x: float, y: float, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    if line.name:
        return f'<text class="sf" {place}>{escape(line.name)}</text>'
    if line.is_caution:
        return f'<text class="b cl" {place}>{escape(line.word)}</text>'
    if not line.figure:
        return f'<text class="t2" {place}>{escape(line.word)}</text>'
    word = f' <tspan class="t2">{escape(line.word)}</tspan>' if line.word else ""
    return f'<text {place}><tspan class="b">{line.figure}</tspan>{word}</text>'


def _join_path(points: list[Point]) -> str:
    return "M" + " L".join(f"{point.x:.1f} {point.y:.1f}" for point in points)
