"""A result in templates: words, sentences and charts, each one tag."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.results import words
from assessments.results.charts.distribution import (
    Frame,
    draw_distribution,
    draw_distribution_key,
)
from assessments.results.differences import Difference, list_differences, name_quadrants
from assessments.results.discussion import Discussion, plan_discussion
from assessments.results.drawing import (
    describe_answers,
    describe_profile,
    draw_pressure,
    frame_answers,
    name_bands,
)
from assessments.results.figures import (
    DimensionResult,
    InstrumentResult,
    RoundResult,
    StatementResult,
)
from assessments.results.headline import write_headline, write_lead
from assessments.results.pressures import Pressure, rank_pressures
from assessments.results.sentences import (
    compare_factors,
    count_answers,
    count_ends,
    list_hidden,
)
from assessments.templatetags.marks import word

register = template.Library()


@register.simple_tag
def headline(result: RoundResult) -> str:
    return write_headline(result)


@register.simple_tag
def lead(result: RoundResult) -> SafeString:
    """The opening paragraph, with what the eye should find in bold."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<strong>{}</strong>", run.text) if run.strong else run.text,)
            for run in write_lead(result)
        ),
    )


@register.simple_tag
def hidden() -> str:
    return words.HIDDEN


@register.simple_tag
def caution() -> str:
    return words.CAUTION


@register.simple_tag
def say(figure: StatementResult | DimensionResult) -> SafeString:
    """The word of a figure with its shape; the one sentence where it is not shown."""
    if not figure.is_shown:
        return format_html('<span class="not-shown">{}</span>', words.HIDDEN)
    return word(figure.word.mark, figure.word.text) if figure.word else SafeString("")


@register.simple_tag
def facts(statement: StatementResult) -> str:
    """Code, counts of people, and the habit's own count where a statement is reversed."""
    said = [f"{statement.code}.", count_answers(statement)]
    if statement.is_reversed:
        said.append(count_ends(statement))
    return " ".join(part for part in said if part)


@register.inclusion_tag("results/_profile.html")
def profile(part: InstrumentResult, result: RoundResult, name: str) -> dict[str, Any]:
    """Radar, dot-and-range plot and their key; `name` makes ids unique on the page."""
    return {"radar": describe_profile(part, result, name=name)}


@register.simple_tag
def weakest_link(part: InstrumentResult) -> str:
    return compare_factors(part)


@register.simple_tag
def frame_of(part: InstrumentResult) -> Frame:
    return frame_answers(part.statements)


@register.simple_tag
def bar(statement: StatementResult, frame: Frame | None = None) -> SafeString:
    """The distribution of one statement; the one sentence where it is not shown."""
    row = describe_answers(statement)
    if row is None:
        return format_html('<p class="not-shown-bar">{}</p>', words.HIDDEN)
    return draw_distribution(row, frame)


@register.simple_tag
def bar_key(part: InstrumentResult) -> SafeString:
    """What the colours of the bars mean: five answers, three bands, or both where both stand."""
    shown = [statement for statement in part.statements if statement.is_shown]
    points, counts_them = part.scale.points, any(one.dont_know is not None for one in shown)
    dont_know = part.scale.dont_know if counts_them else ""
    drawn = SafeString("")
    if any(statement.counts is not None for statement in shown):
        drawn += draw_distribution_key(points, dont_know)
    if any(statement.counts is None for statement in shown):
        if drawn:
            drawn += SafeString('<p class="cap mt-2 mb-0">Where fewer people answered:</p>')
        drawn += draw_distribution_key(name_bands(points), "" if drawn else dont_know)
    return drawn


@register.simple_tag
def discussion(part: InstrumentResult) -> Discussion:
    return plan_discussion(part)


@register.simple_tag
def pressures(part: InstrumentResult) -> tuple[Pressure, ...]:
    return rank_pressures(part)


@register.simple_tag
def pressure_bar(pressure: Pressure) -> SafeString:
    return draw_pressure(pressure)


@register.simple_tag
def differences(part: InstrumentResult) -> tuple[Difference, ...]:
    return list_differences(part)


@register.simple_tag
def named_quadrants(found: tuple[Difference, ...]) -> tuple[tuple[str, str], ...]:
    return name_quadrants(found)


@register.simple_tag
def overall_statements(part: InstrumentResult) -> tuple[StatementResult, ...]:
    """The one statement about the whole, once."""
    overall = [
        one for dimension in part.dimensions if dimension.is_overall for one in dimension.statements
    ]
    return tuple({one.code: one for one in reversed(overall)}.values())


@register.simple_tag
def not_shown_names(result: RoundResult) -> Iterable[str]:
    return list_hidden(result)
