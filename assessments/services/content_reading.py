"""What the content files say, checked: one function a kind of file.

Every function returns plain values in the shape of `content_values` and notes
what is wrong. Nothing here touches the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from assessments.models.content import (
    Audience,
    Dimension,
    Edition,
    Level,
    SingleQuestion,
    Statement,
)
from assessments.models.guide import CaseStudy, GuidePage
from assessments.models.scales import Scale, ScalePoint
from assessments.services.content_files import Entry
from assessments.services.content_values import Values

MOST_WORDS = 22
OFF_SCALE = {"DK": -2, "NA": -3, "PREFER_NOT": -4}
OVERALL = {"code": "OVERALL", "name": "Overall"}


@dataclass(frozen=True)
class Known:
    """The codes that a checklist may refer to."""

    scales: frozenset[str]
    sources: frozenset[str]
    case_studies: frozenset[str]
    seeds: frozenset[str]


def longest(model: type[Model], field: str) -> int | None:
    length: int | None = model._meta.get_field(field).max_length  # type: ignore[union-attr]
    return length


def read_texts(entry: Entry, model: type[Model], *names: str) -> Values:
    return {name: entry.text(name, longest=longest(model, name)) for name in names}


def read_reference(entry: Entry, name: str, known: Iterable[str], what: str) -> str | None:
    code = entry.text(name)
    if code and code not in known:
        entry.refuse(name, f'is "{code}", and there is no such {what}.')
    return code or None


def read_references(entry: Entry, name: str, known: Iterable[str], what: str) -> list[str]:
    codes = entry.texts(name)
    for code in codes:
        if code not in known:
            entry.refuse(name, f'holds "{code}", and there is no such {what}.')
    return codes


def refuse_repeated(entries: list[Entry], codes: list[str], name: str = "code") -> None:
    seen: set[str] = set()
    for entry, code in zip(entries, codes, strict=True):
        if code and code in seen:
            entry.refuse(name, f'is "{code}", which stands here already.')
        seen.add(code)


# What stands for itself ---------------------------------------------------


def read_source(entry: Entry, order: int) -> Values:
    values = {
        "order": order,
        "cite": entry.text("cite", required=True),
        "url": entry.text("url"),
        "used_for": entry.text("used_for"),
        "note": entry.text("note"),
    }
    if values["url"] and not str(values["url"]).startswith("https://"):
        entry.refuse("url", "should begin with https://.")
    entry.finish()
    return values


def read_case_study(entry: Entry, order: int) -> Values:
    values = {
        "order": order,
        "title": entry.text("title", required=True, longest=longest(CaseStudy, "title")),
        "summary": entry.text("summary", required=True),
        "detail": entry.texts("detail"),
        **read_texts(entry, CaseStudy, "lesson", "dated", "credit"),
        "seeds": entry.texts("seeds"),
    }
    entry.finish()
    return values


def read_guide_page(entry: Entry, order: int, sources: frozenset[str]) -> Values:
    entry.text("code", required=True)
    values = {
        "order": order,
        "title": entry.text("title", required=True, longest=longest(GuidePage, "title")),
        "body": entry.text("body", required=True),
        "links": [read_link(link, sources) for link in entry.entries("links")],
        "privacy_note": entry.text("privacy"),
        "admin_note": entry.text("admin_note"),
        "seeds": entry.texts("seeds"),
    }
    entry.finish()
    return values


def read_link(entry: Entry, sources: frozenset[str]) -> Values:
    """A work to read or watch: a source of ours, or else its publisher's address."""
    values = {
        "text": entry.text("text", required=True),
        "source": read_reference(entry, "source", sources, "source"),
        "url": entry.text("url"),
    }
    if not values["source"] and not str(values["url"]).startswith("https://"):
        entry.refuse("url", "should begin with https://, or name a source instead.")
    entry.finish()
    return values


def read_scale(entry: Entry, order: int, instruments: frozenset[str]) -> Values:
    options, apart = entry.entries("options"), entry.entries("nonscale")
    points: list[Values] = [
        {"value": option.number("value", smallest=0), "is_on_scale": True} for option in options
    ] + [
        {"value": OFF_SCALE.get(answer.choice("value", OFF_SCALE), -2), "is_on_scale": False}
        for answer in apart
    ]
    for place, (point, option) in enumerate(zip(points, options + apart, strict=True), start=1):
        point["label"] = option.text("label", required=True, longest=longest(ScalePoint, "label"))
        point["order"] = place
        option.finish()
    refuse_repeated(options + apart, [str(point["value"]) for point in points], "value")
    if len(options) < 2:
        entry.refuse("options", "needs at least two answers.")
    values = {
        "order": order,
        "label": entry.text("label", required=True, longest=longest(Scale, "label")),
        **read_texts(entry, Scale, "question_team", "question_self", "question_other", "use_when"),
        "default_for": read_references(entry, "default_for", instruments, "checklist"),
        "reasons": entry.texts("reasons"),
        "points": points,
    }
    entry.finish()
    return values


def read_single_question(entry: Entry, order: int, scales: frozenset[str]) -> Values:
    entry.text("code", required=True)
    scale = entry.text("scale", required=True)
    values = {
        "order": order,
        "audience": entry.choice("audience", Audience.values),
        "place": entry.text("place", longest=longest(SingleQuestion, "place")),
        "text": read_statement_text(entry, "text", required=True),
        "scale": scale if scale in scales else None,
        "scale_note": "" if scale in scales else scale,
        "extra_option": entry.text("extra_option", longest=longest(SingleQuestion, "extra_option")),
        "shown_as": entry.text("shown_as"),
    }
    entry.finish()
    return values


# Checklists ---------------------------------------------------------------


def read_instrument(entry: Entry) -> Values:
    """What stays the same from edition to edition."""
    return {
        "code": entry.text("code", required=True),
        "order": entry.number("order", smallest=1),
        "part": entry.text("part", required=True, longest=2),
        "number": entry.number("number", smallest=1),
        "audience": entry.choice("audience", Audience.values, default=Audience.LEADERS.value),
        "level": entry.choice("level", Level.values),
        "mirrors": entry.text("mirrors") or None,
    }


def read_edition(entry: Entry, known: Known) -> Values:
    values = {
        "title": entry.text("title", required=True, longest=longest(Edition, "title")),
        **read_texts(entry, Edition, "subtitle", "stem", "stem_other", "intro", "intro_other"),
        **read_texts(entry, Edition, "scoring_note", "no_reverse_reason", "generated_items"),
        **read_texts(entry, Edition, "shown_as"),
        **read_minutes(entry),
        "scale": read_reference(entry, "scale", known.scales, "scale"),
        "second_scale": read_reference(entry, "second_scale", known.scales, "scale"),
        "opening_field": entry.data("opening_field"),
        "result_rule": entry.data("result_rule"),
        "map_rule": entry.data("map_rule"),
        "source_codes": read_references(entry, "source_keys", known.sources, "source"),
        "seeds": read_references(entry, "seeds", known.seeds, "passage in seed_coverage.yaml"),
        "dimensions": read_dimensions(entry, known),
    }
    if not values["scale"]:
        entry.refuse("scale", "is missing.")
    if not values["dimensions"] and not values["generated_items"]:
        entry.refuse("sections", "is missing: a checklist needs statements.")
    entry.finish()
    return values


def read_minutes(entry: Entry) -> Values:
    minutes = entry.entry("est_minutes", required=True)
    if minutes is None:
        return {"minutes_typical": 1, "minutes_slow": 1}
    typical, slow = minutes.number("typical", smallest=1), minutes.number("slow", smallest=1)
    if slow < typical:
        minutes.refuse("slow", "is less than the typical time.")
    minutes.finish()
    return {"minutes_typical": typical, "minutes_slow": slow}


def read_dimensions(entry: Entry, known: Known) -> list[Values]:
    sections = entry.entries("sections")
    dimensions = [read_dimension(section, at, known) for at, section in enumerate(sections, 1)]
    refuse_repeated(sections, [dimension["code"] for dimension in dimensions])
    overall = entry.entry("overall_item")
    if overall:
        dimensions.append(blank_dimension(len(sections) + 1, read_statement(overall, 1, known)))
    items = [item for section in sections for item in section.entries("items")]
    items += [overall] if overall else []
    refuse_repeated(items, [s["code"] for d in dimensions for s in d["statements"]])
    return dimensions


def read_dimension(entry: Entry, order: int, known: Known) -> Values:
    items = entry.entries("items")
    values = {
        "code": entry.text("code", required=True, longest=longest(Dimension, "code")),
        "order": order,
        "name": entry.text("name", required=True, longest=longest(Dimension, "name")),
        **read_texts(entry, Dimension, "source_name", "description", "case_study_note"),
        "reflection_questions": entry.texts("reflection_questions"),
        "suggested_actions": entry.texts("suggested_actions"),
        "case_study": read_reference(entry, "case_study", known.case_studies, "case study"),
        "is_overall": False,
        "seeds": read_references(entry, "seeds", known.seeds, "passage in seed_coverage.yaml"),
        "statements": [read_statement(item, at, known) for at, item in enumerate(items, 1)],
    }
    if not items:
        entry.refuse("items", "is missing: a section needs statements.")
    entry.finish()
    return values


def blank_dimension(order: int, statement: Values) -> Values:
    """Holds the one statement about the whole, which belongs to no section."""
    texts = ("source_name", "description", "case_study_note")
    lists = ("reflection_questions", "suggested_actions", "seeds")
    return {
        **OVERALL,
        "order": order,
        "is_overall": True,
        "case_study": None,
        **dict.fromkeys(texts, ""),
        **{name: [] for name in lists},
        "statements": [statement],
    }


def read_statement(entry: Entry, order: int, known: Known) -> Values:
    values = {
        "code": entry.text("code", required=True, longest=longest(Statement, "code")),
        "order": order,
        "text": read_statement_text(entry, "text", required=True),
        "text_other": read_statement_text(entry, "text_other"),
        "reverse": entry.flag("reverse", default=False),
        **read_texts(entry, Statement, "why", "looks_like", "prompt", "source_name"),
        "kind": entry.choice("kind", Statement.Kind.values, default=""),
        "direction": entry.choice("direction", Statement.Direction.values, default=""),
        "scale": read_reference(entry, "scale", known.scales, "scale"),
        "is_comparable": entry.flag("comparable", default=True),
        "seeds": read_references(entry, "seeds", known.seeds, "passage in seed_coverage.yaml"),
    }
    entry.finish()
    return values


def read_statement_text(entry: Entry, name: str, *, required: bool = False) -> str:
    text = entry.text(name, required=required, longest=longest(Statement, "text"))
    words = len(text.split())
    if words > MOST_WORDS:
        entry.refuse(name, f"has {words} words; {MOST_WORDS} is the most that people read well.")
    return text
