"""Charts in templates, each one tag. The descriptions come from the view."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from assessments.results.charts.distribution import (
    Distribution,
    Frame,
    draw_distribution,
    draw_distribution_head,
    draw_distribution_key,
)
from assessments.results.charts.dot_range import draw_dots
from assessments.results.charts.radar import Radar
from assessments.results.charts.radar_key import draw_radar_key
from assessments.results.charts.radar_plotly import MAP_STYLES_ID, OWN_STYLES_ID, build_figure
from assessments.results.charts.radar_svg import draw_radar, draw_small_radar

register = template.Library()


@register.inclusion_tag("parts/_radar.html")
def radar_picture(radar: Radar, asks: bool = True) -> dict[str, Any]:
    """A radar for desks and one for phones; `asks` lets Plotly take over on a desk."""
    return {
        "radar": radar,
        "wide": draw_radar(radar),
        "phone": draw_radar(radar, phone=True),
        "figure": build_figure(radar) if asks and not radar.is_empty else None,
        "figure_id": f"{radar.name}-figure",
    }


@register.inclusion_tag("parts/_plotly.html")
def plotly_ground() -> dict[str, Any]:
    """Once on a page with live radars, before the script: keeps Plotly from writing styles."""
    return {"map_styles_id": MAP_STYLES_ID, "own_styles_id": OWN_STYLES_ID}


@register.simple_tag
def small_radar(radar: Radar) -> SafeString:
    return draw_small_radar(radar)


@register.simple_tag
def radar_dots(radar: Radar) -> SafeString:
    return draw_dots(radar)


@register.simple_tag
def radar_key(radar: Radar) -> SafeString:
    return draw_radar_key(radar)


@register.simple_tag
def distribution_bar(row: Distribution, frame: Frame | None = None) -> SafeString:
    return draw_distribution(row, frame)


@register.simple_tag
def distribution_head(
    frame: Frame,
    less: str = "seen less often",
    more: str = "seen more often",
    apart: str = "don’t know",  # noqa: RUF001 - an apostrophe as it is printed
) -> SafeString:
    return draw_distribution_head(frame, less=less, more=more, apart=apart)


@register.simple_tag
def distribution_key(row: Distribution) -> SafeString:
    return draw_distribution_key(row.words, row.dont_know_word)
