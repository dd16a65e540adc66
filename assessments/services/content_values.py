"""Content as plain values: the same shape read from a file and from the database.

So one digest tells whether a file, or a row, has changed since it was loaded.
References to other content are codes.
"""

import hashlib
import json
from typing import Any, TypeAlias

from django.db import models

from assessments.models.content import Dimension, Edition, SingleQuestion, Statement
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import Coded, Scale

Values: TypeAlias = dict[str, Any]

PLAIN_FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Source: ("order", "cite", "url", "used_for", "note"),
    CaseStudy: ("order", "title", "summary", "detail", "lesson", "dated", "credit", "seeds"),
    GuidePage: ("order", "title", "body", "links", "privacy_note", "admin_note", "seeds"),
    ContentDocument: ("order", "title", "data"),
    Scale: (
        *("order", "label", "question_team", "question_self", "question_other"),
        *("use_when", "default_for", "reasons"),
    ),
    SingleQuestion: (
        *("order", "audience", "place", "text", "scale_note", "extra_option", "shown_as"),
    ),
    Edition: (
        *("title", "subtitle", "stem", "stem_other", "intro", "intro_other"),
        *("minutes_typical", "minutes_slow", "scoring_note", "no_reverse_reason"),
        *("generated_items", "shown_as", "opening_field", "result_rule", "map_rule"),
        *("source_codes", "seeds"),
    ),
    Dimension: (
        *("code", "order", "name", "source_name", "description", "reflection_questions"),
        *("suggested_actions", "case_study_note", "is_overall", "seeds"),
    ),
    Statement: (
        *("code", "order", "text", "text_other", "reverse", "why", "looks_like", "prompt"),
        *("source_name", "kind", "direction", "is_comparable", "seeds"),
    ),
}

POINT_FIELDS = ("value", "label", "is_on_scale", "order")


def digest_of(values: Values) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def plain_values(row: models.Model) -> Values:
    return {name: getattr(row, name) for name in PLAIN_FIELDS[type(row)]}


def coded_values(row: Coded) -> Values:
    """What a file would say of a row that stands for itself."""
    values = plain_values(row)
    if isinstance(row, Scale):
        values["points"] = [
            {name: getattr(point, name) for name in POINT_FIELDS} for point in row.points.all()
        ]
    if isinstance(row, SingleQuestion):
        values["scale"] = row.scale.code if row.scale else None
    return values


def edition_values(edition: Edition) -> Values:
    """What a file would say of an edition, its dimensions and statements."""
    return plain_values(edition) | {
        "scale": edition.scale.code,
        "second_scale": edition.second_scale.code if edition.second_scale else None,
        "dimensions": [dimension_values(dimension) for dimension in edition.dimensions.all()],
    }


def dimension_values(dimension: Dimension) -> Values:
    return plain_values(dimension) | {
        "case_study": dimension.case_study.code if dimension.case_study else None,
        "statements": [
            plain_values(statement) | {"scale": statement.scale.code if statement.scale else None}
            for statement in dimension.statements.all()
        ],
    }
