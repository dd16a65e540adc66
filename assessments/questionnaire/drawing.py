"""A statement and its scale as markup, by plain strings.

A page draws some fifty radios. A template for each costs more than the rest of
the page together, so the strings are put together here, and what is the same
for everybody stays with the item; every word that an editor wrote is escaped.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from assessments.questionnaire.values import AskedItem, Point

NOTHING: Final = mark_safe("")


def draw_fieldset(
    item: AskedItem,
    *,
    name: str,
    chosen: str,
    was: str,
    legend: SafeString,
    classes: str = "st",
    is_aside: bool = False,
    errors: Sequence[str] = (),
) -> SafeString:
    """A fieldset of native radios with their words; no number is shown.

    The row is a list where it is narrow and a line where its own column is
    wide. What is set apart stands below it, with the folded help.
    """
    if errors:
        return _frame(item, name, chosen, legend, classes, is_aside, errors) + _draw_end(item, was)
    key = (name, chosen, legend, classes, str(is_aside))
    frame = item.drawn.get(key)
    if frame is None:
        frame = item.drawn[key] = _frame(item, name, chosen, legend, classes, is_aside, ())
    return frame + _draw_end(item, was)


def _frame(
    item: AskedItem,
    name: str,
    chosen: str,
    legend: SafeString,
    classes: str,
    is_aside: bool,
    errors: Sequence[str],
) -> SafeString:
    """All of a fieldset but its end, which says what the page showed."""
    attributes = mark_safe(" data-aside") if is_aside else NOTHING
    problem = NOTHING
    if errors:
        attributes = format_html('{} tabindex="-1" aria-describedby="{}-error"', attributes, name)
        problem = format_html(
            '<p class="invalid-feedback d-block" id="{}-error">{}</p>', name, errors[0]
        )
    return format_html(
        '<fieldset class="{}" id="{}"{}>\n<legend>{}</legend>\n{}<div class="scale">{}</div>\n{}',
        classes,
        name,
        attributes,
        legend,
        problem,
        _draw_options(item.scale.points, name, chosen, ' class="opt"'),
        _draw_under(item, name, chosen),
    )


def _draw_end(item: AskedItem, was: str) -> SafeString:
    shown = f'<input type="hidden" name="was{item.id}" value="{escape(was)}" id="id_was{item.id}">'
    return mark_safe(f"{shown}\n</fieldset>\n")


def draw_legend(item: AskedItem, *, shows_question: bool) -> SafeString:
    """The number and the words; the scale's question where the page's ratings differ."""
    key = ("legend", str(shows_question))
    legend = item.drawn.get(key)
    if legend is None:
        legend = item.drawn[key] = _write_legend(item, shows_question=shows_question)
    return legend


def _write_legend(item: AskedItem, *, shows_question: bool) -> SafeString:
    if item.is_second_rating:
        return format_html(
            '<span class="no" aria-hidden="true"></span><span class="note">'
            '<span class="visually-hidden">{} </span>{}</span>',
            item.text,
            item.scale.question,
        )
    question = NOTHING
    if shows_question and item.scale.question:
        question = format_html(' <span class="d-block note">{}</span>', item.scale.question)
    return format_html(
        '<span class="no">{}</span><span>{}{}</span>', item.number, item.text, question
    )


def draw_aside_legend(item: AskedItem, note: str) -> SafeString:
    """The words of a question beside the statements, and that nobody needs to answer it."""
    return format_html(
        "<span>{}{}</span>",
        item.text,
        format_html(' <span class="d-block note">{}</span>', note) if note else NOTHING,
    )


def draw_comment(
    *, label: str, about: str, note: str, length: int, text: str, was: str, errors: Sequence[str]
) -> SafeString:
    """The one folded comment of a page; open once something is written."""
    problem, described = NOTHING, NOTHING
    if errors:
        described = mark_safe(" comment-error")
        problem = format_html(
            '<p class="invalid-feedback d-block" id="comment-error">{}</p>', errors[0]
        )
    return format_html(
        '<details class="mt-2" id="comment-fold"{}>\n'
        "<summary>Add a comment on “{}” (optional)</summary>\n"
        '<div class="in"><label class="form-label" for="comment">{}</label>{}'
        '<textarea class="form-control{}" id="comment" name="comment" rows="3" maxlength="{}"'
        ' aria-describedby="comment-note{}">{}</textarea>'
        '<p class="note mt-2 mb-0" id="comment-note">{}</p></div>\n'
        '<input type="hidden" name="comment-was" value="{}" id="id_comment-was">\n</details>\n',
        mark_safe(" open") if text or errors else NOTHING,
        about,
        label,
        problem,
        mark_safe(" is-invalid") if errors else NOTHING,
        length,
        described,
        text,
        note,
        was,
    )


def _draw_options(points: Iterable[Point], name: str, chosen: str, attributes: str) -> SafeString:
    drawn = []
    for point in points:
        mark = " checked" if chosen == str(point.value) else ""
        words = conditional_escape(point.label)
        radio = f'<input type="radio" name="{name}" value="{point.value}"{mark}>'
        drawn.append(f"<label{attributes}>{radio}<span>{words}</span></label>")
    return mark_safe("".join(drawn))


def _draw_under(item: AskedItem, name: str, chosen: str) -> SafeString:
    if not (item.scale.apart or item.has_help):
        return NOTHING
    apart = NOTHING
    if item.scale.apart:
        options = _draw_options(item.scale.apart, name, chosen, "")
        apart = format_html('<div class="apart">{}</div>', options)
    return format_html('<div class="under">{}{}</div>\n', apart, _draw_help(item))


def _draw_help(item: AskedItem) -> SafeString:
    if not item.has_help:
        return NOTHING
    why = format_html('<p class="mb-1">{}</p>', item.why) if item.why else NOTHING
    example = NOTHING
    if item.looks_like:
        example = format_html(
            '<p class="mb-0"><strong>When it goes well:</strong> {}</p>', item.looks_like
        )
    return format_html(
        '<details><summary class="small">{}<span class="visually-hidden">, statement {}</span>'
        '</summary><div class="in small">{}{}</div></details>',
        "Why we ask, and an example" if item.why and item.looks_like else "Why we ask",
        item.number,
        why,
        example,
    )
