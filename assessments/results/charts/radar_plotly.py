"""The same radar as a Plotly figure: a plain dict, so that no page has to import Plotly.

Colours are names of CSS properties ("--teal"); `static/js/radar.js` puts in
what they are worth, so that both themes keep their colours in one place. On
the page it draws only the lines and marks, over the grid and the words of the
server's drawing; the annotations are for the picture that people save.
"""

from typing import Any, Final

from assessments.results.charts.radar import Radar, RadarSeries, find_runs
from assessments.results.charts.radar_layout import WIDE, Label, LabelLine, Layout, lay_out
from assessments.results.charts.text import describe_axis

# The bundle puts the styles of its maps, which we do not use, into the page unless
# it finds an element with this id. It changes with each version: a test reads it.
MAP_STYLES_ID: Final = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"
# Where Plotly looks for its own styles; ours stand there, so that it writes none.
OWN_STYLES_ID: Final = "plotly.js-style-global"

LINES: Final[dict[str, dict[str, Any]]] = {
    "now": {"color": "--teal", "width": 3},
    "own": {"color": "--teal", "width": 3},
    "group": {"color": "--teal", "width": 3},
    "was": {"color": "--plum", "width": 2, "dash": "6px,5px"},
    "outside": {"color": "--outside", "width": 2.25, "dash": "12px,4px"},
    "whole": {"color": "--edge", "width": 1.75, "dash": "2px,4px"},
    "mine": {"color": "--ink", "width": 2, "dash": "8px,4px,2px,4px"},
}
# The symbol, its size, and its size around a mark that would hide it.
SYMBOLS: Final = {
    "was": ("diamond", 9.2, 18.5),
    "outside": ("square", 10.2, 20.4),
    "mine": ("triangle-up", 12, 22),
}


def build_figure(radar: Radar) -> dict[str, Any]:
    """Data and layout for Plotly; the same figures as the SVG, from the same description."""
    layout = lay_out(radar, WIDE)
    series = [_trace_series(radar, one) for one in reversed(radar.series)]
    return {"data": [*_trace_band(radar), *series], "layout": _build_layout(radar, layout)}


def _trace_series(radar: Radar, series: RadarSeries) -> dict[str, Any]:
    around = [*range(len(radar.axes)), 0]
    trace: dict[str, Any] = {
        "type": "scatterpolar",
        "name": series.label,
        "mode": "lines+markers",
        "theta": [radar.axes[position].code for position in around],
        "r": [series.values[position] for position in around],
        "connectgaps": False,
        "line": dict(LINES[series.kind]),
        "marker": _mark(radar, series, around),
        "text": [describe_axis(radar, position) for position in around],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    if series.kind == "whole":
        trace["mode"] = "lines"
        del trace["marker"]
    return trace


def _mark(radar: Radar, series: RadarSeries, around: list[int]) -> dict[str, Any]:
    color = LINES[series.kind]["color"]
    if series.kind in SYMBOLS:
        symbol, size, around_main = SYMBOLS[series.kind]
        hidden = [
            (value := series.values[i]) is not None and radar.covers(i, value) for i in around
        ]
        return {
            "symbol": symbol,
            "size": [around_main if each else size for each in hidden],
            "opacity": 1,
            "color": "--sheet",
            "line": {"color": color, "width": 2},
        }
    differ = [radar.axes[position].views_differ for position in around]
    return {
        "symbol": "circle",
        "size": 15,
        "opacity": 1,
        "color": ["--sheet" if each else color for each in differ],
        "line": {
            "color": ["--clay" if each else "--sheet" for each in differ],
            "width": [2.5 if each else 2 for each in differ],
        },
    }


def _trace_band(radar: Radar) -> list[dict[str, Any]]:
    """Each run of shown middle halves: out along the upper ends, back along the lower ones."""
    if not radar.shows_band:
        return []
    spans = radar.spans
    traces = []
    for run in find_runs([span is not None for span in spans]):
        if len(run) == 1:
            traces.append(_trace_bar(radar, run[0], spans[run[0]]))
            continue
        closed = [*run, run[0]] if len(run) == len(spans) else run
        highs = [(i, span[1]) for i in closed if (span := spans[i])]
        lows = [(i, span[0]) for i in closed if (span := spans[i])]
        outline = [*highs, *reversed(lows)]
        fill = {"fill": "toself", "fillcolor": "--band", "line": {"width": 0}}
        traces.append(_trace_path(radar, outline, **fill))
        traces += [_trace_path(radar, ends, line=_band_edge()) for ends in (highs, lows)]
    return traces


def _trace_bar(radar: Radar, position: int, span: tuple[float, float] | None) -> dict[str, Any]:
    """A band on one spoke alone, with nothing shown beside it."""
    ends = [(position, end) for end in span or ()]
    return _trace_path(radar, ends, line={"color": "--band", "width": 10})


def _band_edge() -> dict[str, Any]:
    return {"color": "--band-edge", "width": 1}


def _trace_path(radar: Radar, path: list[tuple[int, float]], **looks: Any) -> dict[str, Any]:
    return {
        "type": "scatterpolar",
        "name": radar.band_label,
        "mode": "lines",
        "theta": [radar.axes[position].code for position, _ in path],
        "r": [value for _, value in path],
        "hoverinfo": "skip",
        "showlegend": "fill" in looks,
        "cliponaxis": False,
        **looks,
    }


def _build_layout(radar: Radar, layout: Layout) -> dict[str, Any]:
    width, height = layout.width, layout.height
    across = [layout.centre.x - layout.radius, layout.centre.x + layout.radius]
    down = [layout.centre.y + layout.radius, layout.centre.y - layout.radius]
    return {
        "width": width,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": "--sheet",
        "font": {"family": "--sans", "color": "--ink", "size": 16},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": "--ink",
            "bordercolor": "--ink",
            "align": "left",
            "font": {"color": "--sheet", "family": "--sans", "size": 15},
        },
        "polar": {
            "domain": {"x": [x / width for x in across], "y": [1 - y / height for y in down]},
            "bgcolor": "--sheet",
            "gridshape": "linear",
            "angularaxis": {
                "rotation": 90,
                "direction": "clockwise",
                "type": "category",
                "categoryorder": "array",
                "categoryarray": [axis.code for axis in radar.axes],
                "showticklabels": False,
                "ticks": "",
                "linecolor": "--edge",
                "gridcolor": "--rule",
            },
            "radialaxis": {
                "range": [radar.lowest, radar.highest],
                "tickvals": list(range(radar.lowest, radar.highest + 1)),
                "angle": 90,
                "tickangle": 90,
                "side": "counterclockwise",
                "ticks": "",
                "showline": False,
                "gridcolor": "--rule",
                "tickfont": {"color": "--ink-2", "size": 15},
            },
        },
        "annotations": _annotate(layout),
    }


def _annotate(layout: Layout) -> list[dict[str, Any]]:
    """The labels at the corners, where the server's drawing has them."""
    return [
        _annotate_line(layout, label, line, number)
        for label in layout.labels
        for number, line in enumerate(label.lines)
    ]


def _annotate_line(layout: Layout, label: Label, line: LabelLine, number: int) -> dict[str, Any]:
    anchors = {"start": "left", "middle": "center", "end": "right"}
    y = label.y + number * layout.style.line
    words = line.name or f"{line.figure} {line.word}".strip()
    looks: dict[str, Any] = {"family": "--serif", "size": 20} if line.name else {"size": 16}
    if line.is_caution:
        looks |= {"color": "--clay", "weight": "bold"}
    return {
        "x": label.x / layout.width,
        "y": 1 - (y - 5) / layout.height,
        "xref": "paper",
        "yref": "paper",
        "xanchor": anchors[label.anchor],
        "yanchor": "middle",
        "showarrow": False,
        "text": words,
        "font": looks,
    }
