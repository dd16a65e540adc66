"""What the lines and marks of a radar mean, as a list under it."""

from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.results.charts.radar import Radar, RadarSeries
from assessments.results.charts.text import CAUTION, VIEWS_DIFFER

DOT: Final = '<circle class="now-d" cx="17" cy="8" r="6"/>'
MARKS: Final = {
    "now": ("now-l", DOT),
    "own": ("now-l", DOT),
    "group": ("now-l", DOT),
    "was": ("was-l", '<path class="was-d" d="M17 2l6 6-6 6-6-6z"/>'),
    "outside": ("out-l", '<rect class="out-d" x="12" y="3" width="10" height="10"/>'),
    "whole": ("all-l", ""),
    "mine": ("mine-l", '<path class="mine-d" d="M17 1l6.5 11h-13z"/>'),
}


def draw_radar_key(radar: Radar) -> SafeString:
    """Only what this radar shows is explained."""
    items = [_explain_series(series) for series in radar.series]
    if radar.shows_band:
        items.insert(1, _explain_band(radar))
    if radar.has_differing_views:
        items.append(
            '<li><svg width="20" height="16" aria-hidden="true">'
            '<circle class="clay-o" cx="10" cy="8" r="6"/></svg>'
            f"{VIEWS_DIFFER.lower()}: {CAUTION}</li>"
        )
    return mark_safe(f'<ul class="key">{"".join(items)}</ul>')


def _explain_series(series: RadarSeries) -> str:
    line, mark = MARKS[series.kind]
    return (
        '<li><svg width="34" height="16" aria-hidden="true">'
        f'<line class="{line}" x1="0" x2="34" y1="8" y2="8"/>{mark}</svg>'
        f"{escape(series.label)}</li>"
    )


def _explain_band(radar: Radar) -> str:
    return (
        '<li><svg width="34" height="16" aria-hidden="true">'
        '<rect class="band" y="1" width="34" height="14"/>'
        '<rect class="band-e" x=".5" y="1.5" width="33" height="13"/></svg>'
        f"{escape(radar.band_label)}</li>"
    )
