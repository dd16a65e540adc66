"""One description, several drawings: they are well formed, say everything, and agree."""

import math
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from assessments.results.charts.dot_range import draw_dots
from assessments.results.charts.radar import RadarSeries, find_runs, make_radar
from assessments.results.charts.radar_key import draw_radar_key
from assessments.results.charts.radar_layout import WIDE, lay_out
from assessments.results.charts.radar_plotly import build_figure
from assessments.results.charts.radar_svg import draw_radar, draw_small_radar
from tests.results.charts import radars

DRAWINGS = [
    draw_radar,
    lambda radar: draw_radar(radar, phone=True),
    draw_small_radar,
    draw_dots,
    draw_radar_key,
]


def find_all(root, kind):
    return [each for each in root.iter() if kind in each.get("class", "").split()]


def read_points(element):
    return [tuple(map(float, pair.split(","))) for pair in element.get("points").split()]


@pytest.mark.parametrize("radar", radars.ALL, ids=lambda radar: radar.name)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_drawings_are_well_formed_and_leave_colour_to_classes(radar, draw):
    drawn = draw(radar)

    ElementTree.fromstring(drawn)
    assert "style" not in drawn
    assert "#" not in re.sub(r"&#?\w+;", "", drawn)


@pytest.mark.parametrize("radar", radars.ALL, ids=lambda radar: radar.name)
def test_text_alternative_says_every_figure(radar):
    root = ElementTree.fromstring(draw_radar(radar))
    said = root.find("desc").text

    for axis in radar.axes:
        assert axis.name in said
    for series in radar.series:
        for value in series.values:
            assert (f"{value:.1f}" if value is not None else radar.missing.lower()) in said
    for span in filter(None, radar.spans):
        assert f"middle half {span[0]:.1f} to {span[1]:.1f}" in said


def test_title_and_description_are_tied_to_the_picture():
    root = ElementTree.fromstring(draw_radar(radars.six_ways()))

    named_by = root.get("aria-labelledby").split()
    assert [root.find("title").get("id"), root.find("desc").get("id")] == named_by
    assert root.find("title").text == "Six <ways> & more"


@pytest.mark.parametrize("radar", radars.ALL, ids=lambda radar: radar.name)
def test_both_drawings_show_the_same_figures(radar):
    """From the pixels of one and the data of the other back to points of the scale."""
    root = ElementTree.fromstring(draw_radar(radar))
    layout = lay_out(radar, WIDE)
    marks = list(root.iter("circle"))

    drawn = [round(measure(layout, float(m.get("cx")), float(m.get("cy"))), 1) for m in marks]
    figure = build_figure(radar)
    main = [value for value in figure["data"][-1]["r"][:-1] if value is not None]
    assert drawn == main
    assert drawn == [axis.value for axis in radar.axes if axis.value is not None]


def measure(layout, x, y):
    distance = math.hypot(x - layout.centre.x, y - layout.centre.y)
    return 1 + 4 * distance / layout.radius


def test_figure_closes_each_line_and_keeps_gaps():
    figure = build_figure(radars.with_gaps())

    outside, main = figure["data"][-2:]
    assert main["r"] == [3.9, None, 3.2, None, 3.4, 3.9]
    assert outside["r"] == [2.5, 2.6, None, 2.7, 2.1, 2.5]
    assert main["theta"] == ["SV", "PC", "SC", "AL", "LT", "SV"]
    assert main["connectgaps"] is False


def test_figure_is_one_that_plotly_accepts():
    graph_objects = pytest.importorskip("plotly.graph_objects")
    colours = re.compile(r"^--(?!serif|sans)[\w-]+$")

    def paint(value):
        if isinstance(value, dict):
            return {key: paint(each) for key, each in value.items()}
        if isinstance(value, list):
            return [paint(each) for each in value]
        return "red" if isinstance(value, str) and colours.match(value) else value

    for radar in radars.ALL:
        graph_objects.Figure(paint(build_figure(radar)))


def test_views_that_differ_get_a_hollow_ring_in_both_drawings():
    radar = radars.ordinary()
    root = ElementTree.fromstring(draw_radar(radar))

    assert len(find_all(root, "clay-o")) == 1
    edges = build_figure(radar)["data"][-1]["marker"]["line"]["color"]
    assert edges[:-1] == ["--sheet", "--sheet", "--clay", "--sheet", "--sheet"]
    assert "do not rely on this average" in draw_radar_key(radar)


def test_missing_value_breaks_the_line_and_is_said_in_words():
    root = ElementTree.fromstring(draw_radar(radars.with_gaps()))

    lines = find_all(root, "now-l")
    assert [each.tag for each in lines] == ["polyline"]
    assert len(read_points(lines[0])) == 2
    assert len(find_all(root, "now-d")) == 2
    assert [text.text for text in root.iter("text")].count("Not shown") == 2


def test_complete_line_is_closed():
    root = ElementTree.fromstring(draw_radar(radars.six_ways()))

    (line,) = find_all(root, "now-l")
    assert line.tag == "polygon"
    assert len(read_points(line)) == 6


def test_own_profile_has_no_band():
    root = ElementTree.fromstring(draw_radar(radars.own()))

    assert find_all(root, "band") == []
    assert "middle half" not in draw_radar_key(radars.own())
    assert len(build_figure(radars.own())["data"]) == 1


def test_last_round_behind_the_same_value_is_drawn_around_it():
    axes = radars.make_axes(radars.FACTORS, [(3.0,)] * 5)
    behind = RadarSeries("was", "March", (3.0, 2.0, 2.0, 2.0, 2.0))
    radar = make_radar(name="r", title="r", axes=axes, behind=behind)

    sizes = build_figure(radar)["data"][0]["marker"]["size"]
    assert sizes[0] > 15
    assert sizes[1] < 15


def test_labels_do_not_leave_the_drawing():
    for radar in radars.ALL:
        layout = lay_out(radar, WIDE)
        for label in layout.labels:
            last = label.y + (len(label.lines) - 1) * layout.style.line
            assert 10 < label.y <= last < layout.height


@pytest.mark.parametrize(
    ("present", "runs"),
    [
        ([True] * 3, [[0, 1, 2]]),
        ([False] * 3, []),
        ([True, False, True, True], [[2, 3, 0]]),
        ([False, True, False, True], [[1], [3]]),
        ([True, True, False, False, True], [[4, 0, 1]]),
    ],
)
def test_find_runs_goes_round(present, runs):
    assert find_runs(present) == runs


def test_radar_refuses_what_would_mislead():
    axes = radars.make_axes(radars.FACTORS, [(3.0,)] * 5)

    with pytest.raises(ValueError, match="one value"):
        make_radar(name="r", title="r", axes=axes, behind=RadarSeries("was", "x", (1.0,)))
    with pytest.raises(ValueError, match="not on the scale"):
        make_radar(name="r", title="r", axes=radars.make_axes(radars.FACTORS, [(0.0,)] * 5))
    with pytest.raises(ValueError, match="three axes"):
        make_radar(name="r", title="r", axes=axes[:2])
    with pytest.raises(ValueError, match="same code"):
        make_radar(name="r", title="r", axes=axes[:4] + axes[:1])


def test_dots_stand_in_order_of_their_values():
    root = ElementTree.fromstring(draw_dots(radars.six_ways()))

    places = [float(dot.get("cx").rstrip("%")) for dot in root.iter("circle")]
    values = [axis.value for axis in radars.six_ways().axes]
    by_value = [place for _, place in sorted(zip(values, places, strict=True))]
    assert all(left < right for left, right in pairwise(by_value))
    assert min(places) >= 0
    assert max(places) <= 100
