"""Words for readings: one place, the content's own, and never a grade."""

import pytest
import yaml
from django.conf import settings

from assessments.measures.readings import Level, Reading
from assessments.results import words

SCORING = yaml.safe_load((settings.BASE_DIR / "fixtures" / "scoring.yaml").read_text())


def test_level_words_are_those_of_the_content():
    bands = {band["key"]: band["label"] for band in SCORING["bands"]["defensible"]}

    assert {level.value: text for level, text in words.LEVELS.items()} == bands


def test_caution_is_that_of_the_content():
    assert SCORING["bands"]["caution_text"] == words.CAUTION


@pytest.mark.parametrize(
    ("mean", "reading", "text", "mark"),
    [
        (4.2, Reading.SHARED_STRENGTH, "Usually seen", "usually_seen"),
        (3.0, Reading.MIXED, "Patchy", "patchy"),
        (1.8, Reading.SHARED_GAP, "Rarely seen", "rarely_seen"),
        (3.5, Reading.MIXED, "Between patchy and usually seen", "between"),
        (2.3, Reading.MIXED, "Between rarely seen and patchy", "between"),
        (3.0, Reading.VIEWS_DIFFER, "Views differ", "views_differ"),
        (4.6, Reading.VIEWS_DIFFER, "Views differ", "views_differ"),
    ],
)
def test_choose_word(mean, reading, text, mark):
    assert words.choose_word(mean, reading) == words.Word(text, mark)


@pytest.mark.parametrize(("mean", "reading"), [(None, None), (3.9, None), (None, Reading.MIXED)])
def test_a_figure_without_a_reading_has_no_word(mean, reading):
    assert words.choose_word(mean, reading) is None


def test_every_level_and_reading_has_words():
    assert set(words.LEVELS) == set(Level)


def test_join_words():
    joined = [words.join_words(list("abc")[:size]) for size in range(4)]

    assert joined == ["", "a", "a and b", "a, b and c"]


def test_names_keep_their_abbreviations_within_a_sentence():
    assert words.lower_first("Shared vision") == "shared vision"
    assert words.lower_first("NHS money") == "NHS money"


def test_a_name_that_an_editor_changed_is_used_whole():
    assert words.shorten("Frequent personal contact") == "Personal contact"
    assert words.shorten("Meeting often") == "Meeting often"
