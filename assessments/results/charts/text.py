"""Words for charts: lines that fit beside a figure, and what a picture says without being seen."""

import re
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.results.charts.radar import Radar, RadarAxis

VIEWS_DIFFER = "Views differ"
CAUTION = "do not rely on this average"


def break_name(name: str, width: int) -> tuple[str, ...]:
    """A name in as few lines of about `width` letters as it needs, of even length."""
    lines = wrap(name, width, break_long_words=False) or [""]
    for narrower in range(width - 1, 5, -1):
        tighter = wrap(name, narrower, break_long_words=False)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return tuple(lines)


def shorten_word(word: str) -> str:
    """ "Between patchy and usually seen" as "Patchy to usually seen", for labels in pictures."""
    between = re.fullmatch(r"Between (.+) and (.+)", word)
    if not between:
        return word
    return f"{between[1].capitalize()} to {between[2]}"


def format_figure(value: float) -> str:
    """A figure as it is printed everywhere: one decimal."""
    return f"{value:.1f}"


def describe_radar(radar: "Radar") -> str:
    """The text alternative: every figure of the picture in sentences."""
    sentences = [radar.description] if radar.description else []
    sentences += [describe_axis(radar, position) for position in range(len(radar.axes))]
    return " ".join(sentences)


def describe_axis(radar: "Radar", position: int) -> str:
    """One axis in one sentence: "Shared vision and purpose: 3.9, usually seen; …"."""
    axis = radar.axes[position]
    parts = [_describe_value(radar, axis)]
    if axis.low is not None and axis.high is not None:
        parts.append(f"middle half {format_figure(axis.low)} to {format_figure(axis.high)}")
    for series in radar.series[1:]:
        value = series.values[position]
        said = radar.missing.lower() if value is None else format_figure(value)
        parts.append(f"{series.label} {said}")
    return f"{axis.name}: {'; '.join(parts)}."


def _describe_value(radar: "Radar", axis: "RadarAxis") -> str:
    if axis.value is None:
        return radar.missing.lower()
    if axis.views_differ:
        return f"{VIEWS_DIFFER.lower()}, {CAUTION} of {format_figure(axis.value)}"
    word = f", {axis.word.lower()}" if axis.word else ""
    return f"{format_figure(axis.value)}{word}"
