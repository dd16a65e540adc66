"""Marks, band words and chart tags, as templates use them."""

from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from assessments.results.charts.radar_plotly import MAP_STYLES_ID
from assessments.templatetags import marks
from leadership_app.static_packages import locate_file
from tests.results.charts import radars


def render(text, **context):
    return Template("{% load charts marks %}" + text).render(Context(context))


@pytest.mark.parametrize("name", marks.ICONS)
def test_icons_are_well_formed_and_hidden_from_screen_readers(name):
    assert ElementTree.fromstring(marks.icon(name)).get("aria-hidden") == "true"


@pytest.mark.parametrize("total", [5, 6])
def test_factor_mark_draws_one_spoke_of_all(total):
    for number in range(1, total + 1):
        drawn = ElementTree.fromstring(marks.factor_mark(number, total))

        kinds = [line.get("class") for line in drawn.iter("line")]
        assert kinds == ["s"] * total + ["on"]


def test_factor_mark_refuses_a_spoke_that_is_not_there():
    with pytest.raises(ValueError, match="no spoke 6 of 5"):
        marks.factor_mark(6, 5)


def test_word_puts_a_shape_beside_the_text_and_escapes_it():
    drawn = marks.word("views_differ", "Views <differ>")

    assert 'class="word differ"' in drawn
    assert "Views &lt;differ&gt;" in drawn
    shapes = {marks.word(mark, "") for mark in ("rarely_seen", "patchy", "usually_seen")}
    assert len(shapes) == 3
    assert "svg" not in marks.word("", "Large")


def test_compass_draws_what_is_done():
    drawn = marks.compass(["done", "done", "now", "todo", "todo"])

    assert drawn.count('class="done"') == 2
    assert drawn.count('class="now"') == 1
    ElementTree.fromstring(drawn)


def test_compass_draws_the_present_spoke_as_far_as_it_is_answered():
    drawn = ElementTree.fromstring(marks.compass(["done", "now", "todo"], 3, 6))

    parts = [line for line in drawn.iter("line") if line.get("data-part") is not None]
    assert [line.get("stroke-dasharray") for line in parts] == ["0.5 1"]


def test_compass_bars_fill_the_present_step_by_its_answers():
    drawn = ElementTree.fromstring(marks.compass_bars(["done", "now", "todo"], 3, 6))

    widths = [r.get("width") for r in drawn.iter("rect") if r.get("class") == "done"]
    assert widths == ["32.00%", "16.00%"]


def test_compass_refuses_an_unknown_state():
    with pytest.raises(ValueError, match="done, now or todo"):
        marks.compass(["finished"])


def test_radar_picture_holds_both_drawings_and_the_figure_as_data():
    page = render("{% radar_picture radar %}", radar=radars.ordinary())

    assert 'id="factors-wide-t"' in page
    assert 'id="factors-phone-t"' in page
    assert '<script id="factors-figure" type="application/json">' in page
    assert "vendor/plotly.min.js" in page
    assert "style=" not in page


def test_radar_picture_without_questions_loads_nothing():
    page = render("{% radar_picture radar asks=False %}", radar=radars.own())

    assert "<script" not in page
    assert "plotly" not in page


def test_radar_picture_of_nothing_keeps_its_place_with_the_same_words():
    page = render("{% radar_picture radar %}", radar=radars.empty())

    assert "Not shown, to protect the people who answered." in page
    assert "<svg" not in page


def test_plotly_ground_has_the_id_that_the_installed_bundle_looks_for():
    bundle = locate_file("vendor/plotly.min.js").read_text(encoding="utf-8")

    assert f'document.getElementById("{MAP_STYLES_ID}")' in bundle
    assert 'matches(".no-inline-styles")' in bundle
    page = render("{% plotly_ground %}")
    assert f'<template id="{MAP_STYLES_ID}">' in page
    assert 'id="plotly.js-style-global" class="no-inline-styles"' in page
