"""Nothing in the content files may be lost on the way into the database."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from assessments.models.content import Edition, SingleQuestion
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import Scale
from assessments.services.content_values import coded_values, edition_values

FILES = sorted((settings.BASE_DIR / "fixtures").rglob("*.yaml"))
# In the database under a name of its own: DK is -2, NA is -3.
OFF_SCALE = {"DK", "NA"}


def list_texts(value):
    if isinstance(value, dict):
        return [text for child in value.values() for text in list_texts(child)]
    if isinstance(value, list):
        return [text for child in value for text in list_texts(child)]
    return [value] if isinstance(value, str) else []


def list_kept_texts():
    kept = Counter()
    for edition in Edition.objects.with_content():
        instrument = edition.instrument
        mirrors = instrument.mirrors.code if instrument.mirrors else ""
        kept.update([instrument.code, instrument.part, instrument.audience, instrument.level])
        kept.update([mirrors, *list_texts(edition_values(edition))])
    for model in (Scale, SingleQuestion, CaseStudy, GuidePage, Source, ContentDocument):
        for row in model.objects.all():
            kept.update([row.code, *list_texts(coded_values(row))])
    return kept


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_of_a_file_is_in_the_database(content, path: Path):
    texts = Counter(list_texts(yaml.safe_load(path.read_text())))

    lost = {text for text in texts - list_kept_texts() if text not in OFF_SCALE}

    assert lost == set()


def count_statements(code):
    edition = Edition.objects.with_content().get(instrument__code=code)
    return [dimension.statements.count() for dimension in edition.dimensions.all()]


@pytest.mark.parametrize(
    ("code", "statements"),
    [
        ("five_factors", [6, 6, 6, 6, 6]),
        ("six_ways", [5, 5, 5, 5, 5, 5]),
        ("practice", [10, 5]),
        ("context", [9]),
        ("quick_test", [4]),
        ("differences", [2, 4, 1]),
        ("outside_view", [2, 2, 2, 2, 2]),
        ("contact", []),
    ],
)
def test_every_checklist_has_its_statements(content, code, statements):
    assert count_statements(code) == statements


def test_everything_beside_the_checklists_is_in(content):
    models = (Scale, SingleQuestion, CaseStudy, GuidePage, Source, ContentDocument)

    counts = {model.__name__: model.objects.count() for model in models}

    assert counts == {
        "Scale": 7,
        "SingleQuestion": 2,
        "CaseStudy": 3,
        "GuidePage": 12,
        "Source": 8,
        "ContentDocument": 8,
    }


def test_every_passage_of_the_starting_documents_is_covered(content):
    rows = ContentDocument.objects.get(code="seed_coverage").data["rows"]

    assert len(rows) == 70
    assert all(row["where"] for row in rows)


def test_one_statement_in_each_factor_is_reversed(content):
    edition = Edition.objects.get(instrument__code="five_factors")

    reversed_ = edition.statements.filter(reverse=True).values_list("code", flat=True)

    assert list(reversed_) == ["SV4", "PC5", "SC4", "AL4", "LT4"]


def test_six_ways_can_be_read_in_the_third_person(content):
    statements = Edition.objects.get(instrument__code="six_ways").statements.all()

    assert all(statement.text_other.startswith("This colleague ") for statement in statements)


def test_statement_about_the_whole_has_a_scale_of_its_own(content):
    statement = Edition.objects.get(instrument__code="differences").statements.get(code="DF7")

    assert statement.dimension.is_overall
    assert statement.scale.code == "freq5"


def test_off_scale_answers_have_the_numbers_of_the_measures(content):
    scales = Scale.objects.prefetch_related("points")

    apart = {
        scale.code: [(p.value, p.is_on_scale) for p in scale.points.all() if p.value < 0]
        for scale in scales
    }

    assert apart["freq5"] == [(-2, False), (-3, False)]
    assert apart["contact5"] == [(-3, False)]
    assert apart["pressure5"] == [(-2, False)]
