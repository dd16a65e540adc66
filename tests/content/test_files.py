"""A bad file: every problem with file, line, place and reason, and nothing changed."""

import pytest

from assessments.models.guide import Source
from assessments.services.content_files import BadContent
from assessments.services.content_folder import read_folder
from assessments.services.content_loading import load_content
from tests.content.folders import FIXTURES, copy_fixtures, replace_in
from tests.content.test_loading import NOW

FIVE = "instruments/five_factors.yaml"
SPOILT = [
    (FIVE, 'title: "Five factors"\n', "", f"{FIVE}, line 4, title: is missing."),
    (
        FIVE,
        '"We visit each other\'s services to see the work at first hand."',
        '""',
        f"{FIVE}, line 128, sections[1].items[5].text: is empty.",
    ),
    (
        FIVE,
        "reverse: true",
        "reverse: yes please",
        f"{FIVE}, line 57, sections[0].items[3].reverse: should be true or false.",
    ),
    (FIVE, "why:", "wyh:", f"{FIVE}, line 37, sections[0].items[0].wyh: is not a name that is"),
    (FIVE, "- code: PC1", "- code: SV1", 'is "SV1", which stands here already.'),
    (FIVE, "scale: freq5", "scale: freq7", 'scale: is "freq7", and there is no such scale.'),
    (FIVE, "case_study: cheshire", "case_study: x", 'is "x", and there is no such case study.'),
    (FIVE, "[kf2017, scie]", "[kf2018]", 'source_keys: holds "kf2018", and there is no such'),
    (FIVE, "seeds: [K06, S28]", "seeds: [K99]", 'holds "K99", and there is no such passage'),
    (FIVE, "level: team", "level: group", 'level: is "group"; choose one of'),
    (FIVE, "slow: 8", "slow: 2", "est_minutes.slow: is less than the typical time."),
    (FIVE, "code: five_factors", "code: five", 'code: should be "five_factors", as the file is'),
    (FIVE, "part: A", "part: A\npart: B", f"{FIVE}, line 7, part: stands here twice."),
    (FIVE, "order: 1", "order: 2", 'order: is "2", which stands here already.'),
    (FIVE, "order: 1", "order: first", "order: should be a whole number."),
    (FIVE, "[kf2017, scie]", "[kf2017, scie", f"{FIVE}, line 16: is not YAML: "),
    (
        FIVE,
        "We check major decisions against our shared vision.",
        "word " * 23,
        "has 23 words; 22 is the most",
    ),
    ("instruments/outside_view.yaml", "code: LT", "code: LX", "mirrors: needs the sections of"),
    ("instruments/outside_view.yaml", "mirrors: five_factors", "mirrors: x", "no such checklist"),
    ("instruments/contact.yaml", "generated_items:", "generated:", "sections: is missing"),
    ("scales.yaml", "{value: NA,", "{value: NN,", 'nonscale[1].value: is "NN"; choose one of'),
    ("scales.yaml", "{value: 2,", "{value: 1,", 'options[1].value: is "1", which stands here'),
    ("sources.yaml", 'url: "https:', 'url: "ftp:', "kf2017.url: should begin with https://."),
    ("guide.yaml", "- code: what", "- code: why", '[1].code: is "why", which stands here already'),
    ("guide.yaml", "- code: why", "- code: 'a b'", "[0].code: should be a short code"),
    ("model_picture.yaml", "layers:", "rings:", "model_picture.yaml, line 3, layers: is missing"),
    (
        "attribution.yaml",
        "short_credit_for_footer",
        "credit",
        "short_credit_for_footer: is missing",
    ),
    ("seed_coverage.yaml", "{id: K02,", "{id: K01,", 'rows[1].id: is "K01", which stands here'),
    ("case_studies.yaml", "summary:", "sumary:", "mid_notts.summary: is missing."),
    ("single_questions.yaml", "leaders", "boards", '[0].audience: is "boards"; choose one of'),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), SPOILT)
def test_bad_file_is_named_with_place_and_reason(tmp_path, name, old, new, message):
    folder = copy_fixtures(tmp_path)
    replace_in(folder, name, old, new)

    with pytest.raises(BadContent) as error:
        read_folder(folder)

    assert message in str(error.value)
    assert str(error.value).startswith((name, "instruments/"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.unlink(), "line 1: is missing."),
        (lambda path: path.write_text(""), "line 1: is empty."),
        (lambda path: path.write_bytes(b"a: \xff"), "line 1: is not text in UTF-8."),
        (lambda path: path.write_text("- a\n- b\n"), "line 1: should be a group of named values."),
    ],
)
def test_file_that_cannot_be_read(tmp_path, spoil, message):
    folder = copy_fixtures(tmp_path)
    spoil(folder / "scales.yaml")

    with pytest.raises(BadContent) as error:
        read_folder(folder)

    assert f"scales.yaml, {message}" in str(error.value)


def test_folder_without_checklists(tmp_path):
    with pytest.raises(BadContent, match="instruments, line 1: holds no checklist"):
        read_folder(tmp_path)


def test_all_problems_of_all_files_come_together_and_change_nothing(db, tmp_path):
    folder = copy_fixtures(tmp_path)
    replace_in(folder, FIVE, "reverse: true", "reverse: 1")
    replace_in(folder, "guide.yaml", "- code: what", "- code: why")
    replace_in(folder, "sources.yaml", 'url: "https:', 'url: "ftp:')

    with pytest.raises(BadContent) as error:
        load_content(folder=folder, now=NOW)

    files = [problem.file for problem in error.value.problems]
    assert files == ["guide.yaml", FIVE, "sources.yaml"]
    assert not Source.objects.exists()


def test_shipped_files_are_sound():
    content = read_folder(FIXTURES)

    assert len(content.checklists) == 8
