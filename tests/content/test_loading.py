from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models.content import Dimension, Edition, Instrument, SingleQuestion, Statement
from assessments.models.guide import CaseStudy, ContentDocument, GuidePage, Source
from assessments.models.scales import Scale, ScalePoint
from assessments.models.users import AuditEvent
from assessments.services.content import publish_edition, start_next_edition
from assessments.services.content_loading import load_content
from tests.content.folders import FIXTURES, copy_fixtures, replace_in

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SV1 = "We base our shared aims on the needs of our whole local population."
NEW_SV1 = "We base our aims on the needs of everybody who lives here."
MODELS = [
    *(Scale, ScalePoint, Instrument, Edition, Dimension, Statement, SingleQuestion),
    *(CaseStudy, GuidePage, Source, ContentDocument),
]


def load(folder=FIXTURES):
    return load_content(folder=folder, now=NOW)


def count_rows():
    return {model.__name__: model.objects.count() for model in MODELS}


def published(code):
    return Edition.objects.published().get(instrument__code=code)


def test_first_load_publishes_edition_1_of_all_eight(db):
    load()

    found = Edition.objects.values_list("instrument__code", "number", "state", "published_on")
    codes = "five_factors six_ways practice context quick_test differences outside_view contact"
    assert list(found) == [(code, 1, "published", date(2026, 5, 4)) for code in codes.split()]
    assert AuditEvent.objects.filter(action="edition published").count() == 8


def test_load_again_changes_nothing(db):
    load()
    before = count_rows()
    digests = list(Edition.objects.values_list("pk", "loaded_digest"))

    report = load()

    assert report.lines == []
    assert report.unchanged == 8 + 6 + 1 + 8 + 3 + 12 + 2 + 8
    assert count_rows() == before
    assert list(Edition.objects.values_list("pk", "loaded_digest")) == digests


def test_changed_checklist_makes_a_draft_and_never_changes_the_published(db, tmp_path):
    load()
    folder = copy_fixtures(tmp_path)
    replace_in(folder, "instruments/five_factors.yaml", SV1, NEW_SV1)

    report = load(folder)

    assert report.lines == ["Five factors: the file changed: draft edition 2 made, to publish."]
    assert published("five_factors").number == 1
    assert published("five_factors").statements.get(code="SV1").text == SV1
    draft = Edition.objects.drafts().get()
    assert draft.statements.get(code="SV1").text == NEW_SV1
    assert load(folder).lines == []


def test_checklist_changed_twice_updates_its_draft(db, tmp_path):
    load()
    folder = copy_fixtures(tmp_path)
    replace_in(folder, "instruments/five_factors.yaml", SV1, "Once.")
    load(folder)
    replace_in(folder, "instruments/five_factors.yaml", "Once.", "Twice.")

    report = load(folder)

    assert report.lines == ["Five factors: the file changed: draft edition 2 updated."]
    assert Edition.objects.drafts().get().statements.get(code="SV1").text == "Twice."


def test_changed_checklist_leaves_a_draft_that_an_editor_changed(db, tmp_path):
    load()
    draft = start_next_edition(
        instrument=Instrument.objects.get(code="five_factors"), actor=None, now=NOW
    )
    draft.statements.filter(code="SV2").update(text="An editor's words.")
    folder = copy_fixtures(tmp_path)
    replace_in(folder, "instruments/five_factors.yaml", SV1, NEW_SV1)

    report = load(folder)

    assert "left as it is here" in report.lines[0]
    assert draft.statements.get(code="SV1").text == SV1
    assert draft.statements.get(code="SV2").text == "An editor's words."


def test_unchanged_file_never_undoes_an_edition_that_an_editor_published(db):
    load()
    instrument = Instrument.objects.get(code="five_factors")
    draft = start_next_edition(instrument=instrument, actor=None, now=NOW)
    draft.statements.filter(code="SV1").update(text=NEW_SV1)
    publish_edition(edition=draft, actor=None, now=NOW)

    report = load()

    assert report.lines == []
    assert instrument.editions.count() == 2
    assert published("five_factors").number == 2


def test_changed_guide_page_is_updated(db, tmp_path):
    load()
    folder = copy_fixtures(tmp_path)
    replace_in(folder, "guide.yaml", '"What it is not"', '"What it is not at all"')

    report = load(folder)

    assert report.lines == ["What it is not at all: updated."]
    assert GuidePage.objects.get(code="not").title == "What it is not at all"


def test_guide_page_changed_by_an_editor_is_left_alone(db, tmp_path):
    load()
    GuidePage.objects.filter(code="not").update(title="An editor's title")
    folder = copy_fixtures(tmp_path)

    assert load(folder).lines == []
    replace_in(folder, "guide.yaml", '"What it is not"', '"What it is not at all"')
    report = load(folder)

    assert "left as it is here" in report.lines[0]
    assert GuidePage.objects.get(code="not").title == "An editor's title"


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("scales.yaml", '"Occasionally"', '"Sometimes"', "scales.yaml, line 11, freq5.options"),
        (
            "single_questions.yaml",
            "as openly here",
            "openly here",
            "single_questions.yaml, line 6, [0].text",
        ),
        (
            "instruments/contact.yaml",
            "level: team",
            "level: person",
            "instruments/contact.yaml, line 11, level",
        ),
    ],
)
def test_what_people_were_asked_with_cannot_change(db, tmp_path, name, old, new, place):
    load()
    before = count_rows()
    folder = copy_fixtures(tmp_path)
    replace_in(folder, name, old, new)
    replace_in(folder, "guide.yaml", '"What it is not"', '"Something else"')

    with pytest.raises(CommandError) as error:
        call_command("load_content", folder=folder)

    assert place in str(error.value)
    assert "new code" in str(error.value)
    assert count_rows() == before
    assert GuidePage.objects.get(code="not").title == "What it is not"
    assert ScalePoint.objects.get(scale__code="freq5", value=2).label == "Occasionally"


def test_reasons_of_a_scale_in_use_may_change(db, tmp_path):
    load()
    folder = copy_fixtures(tmp_path)
    replace_in(folder, "scales.yaml", "Every point has a word label", "Each point has a word label")

    assert load(folder).lines == ["How often: updated."]
    assert "Each point has" in Scale.objects.get(code="freq5").reasons[2]


def test_command_says_what_it_did(db):
    out = StringIO()

    call_command("load_content", stdout=out)

    assert "Five factors: edition 1 published.\n" in out.getvalue()
    assert out.getvalue().endswith("0 unchanged.\n")
