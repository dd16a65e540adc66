"""The form of one dimension."""

import re
from dataclasses import replace

import pytest
from crispy_forms.utils import render_crispy_form

from assessments.questionnaire.asked import AskedDimension, AskedItem, AskedScale, Point
from assessments.questionnaire.forms import (
    DimensionForm,
    Shown,
    Stored,
    mark_of,
    read_shown,
    write_shown,
)
from assessments.questionnaire.layout import StatementRow

SCALE = AskedScale(
    question="How often?",
    points=tuple(Point(value, word) for value, word in [(1, "Rarely"), (2, "Often")]),
    apart=(Point(-2, "Don't know"),),
)


def make_item(number, text="We meet.", **words):
    given = {"why": "", "looks_like": "", "rating": "", "is_second_rating": False, **words}
    return AskedItem(id=number, code=f"SV{number}", number=number, text=text, scale=SCALE, **given)


def make_form(data=None, items=2, **words):
    dimension = AskedDimension(
        id=1,
        code="SV",
        name="Vision",
        number=1,
        items=tuple(make_item(number) for number in range(1, items + 1)),
        reflection_questions=(),
    )
    return DimensionForm(data, dimension=dimension, **words)


def draw(form, item=0):
    return StatementRow(form.dimension.items[item], shows_question=False).render(
        _with_rendered(form), {}
    )


def _with_rendered(form):
    form.rendered_fields = set()
    return form


def test_nothing_is_filled_in_without_stored_answers():
    assert "checked" not in draw(make_form())


@pytest.mark.parametrize("value", [1, 2, -2])
def test_the_stored_answer_alone_is_checked(value):
    html = draw(make_form(stored={1: Stored(value, 3)}))

    assert re.findall(r'value="(-?\d)" checked', html) == [str(value)]
    assert f'value="3:{value}"' in html


def test_every_radio_has_its_words_as_label():
    html = draw(make_form())

    labels = re.findall(r'<label[^>]*><input type="radio"[^>]*><span>([^<]+)</span></label>', html)
    assert labels == ["Rarely", "Often", "Don&#x27;t know"]


def test_text_of_editors_is_escaped():
    dimension = make_form().dimension
    item = make_item(9, text="<script>alert(1)</script>", why="<b>why</b>")
    form = DimensionForm(dimension=AskedDimension(**{**dimension.__dict__, "items": (item,)}))

    html = draw(form)

    assert "<script>" not in html
    assert "<b>" not in html


def test_choices_come_back_in_order_with_what_was_shown():
    form = make_form({"q2": "-2", "was2": "4:1", "q1": "1"})

    assert form.is_valid()
    assert [(one.item.id, one.value, one.shown) for one in form.list_chosen()] == [
        (1, 1, Shown()),
        (2, -2, Shown(4, "1")),
    ]
    assert [one.is_new for one in form.list_chosen()] == [True, True]


def test_an_unchanged_answer_is_not_new():
    form = make_form({"q1": "2", "was1": "1:2"})

    assert form.is_valid()
    assert [one.is_new for one in form.list_chosen()] == [False]


def test_a_value_that_is_not_offered_is_refused():
    form = make_form({"q1": "5"})

    assert form.is_valid() is False
    assert form.errors["q1"] == ["Choose one of the answers offered."]


def test_there_is_no_comment_without_somebody_who_reads_it():
    form = make_form({"comment": "Hello"})

    assert "comment" not in form.fields
    assert form.is_valid()
    assert form.comment == ""


def test_a_comment_keeps_its_mark_whatever_the_line_ends_are():
    shown = read_shown(write_shown(Stored("one\ntwo", 2)))

    assert shown.was("one\r\ntwo ") is True
    assert shown.was("one\nthree") is False


@pytest.mark.parametrize("text", [None, "", ":", "-1:2", "1" * 20 + ":1", "²:1"])
def test_a_hidden_field_that_was_tampered_with_says_nothing(text):
    assert read_shown(text) == Shown()


def test_what_is_no_revision_is_left_to_the_server_to_read():
    assert read_shown("gAAAA-_x") == Shown(token="gAAAA-_x")


def test_a_page_that_shows_nothing_carries_tokens():
    form = make_form(tokens={1: "sealed"}, comment_note="Amara reads it.", comment_token="too")

    assert [form["was1"].value(), form["was2"].value()] == ["sealed", ""]
    assert form["comment-was"].value() == "too"
    assert 'value="sealed"' in draw(form)


def test_the_mark_of_an_answer_is_its_value():
    assert (mark_of(4), mark_of(-2)) == ("4", "-2")
    assert len(mark_of("words")) == 16


HOSTILE = '"><script>alert(1)</script>'


def test_no_word_that_anybody_typed_becomes_markup():
    scale = AskedScale(HOSTILE, points=(Point(1, HOSTILE),), apart=(Point(-2, HOSTILE),))
    words = {"text": HOSTILE, "why": HOSTILE, "looks_like": HOSTILE}
    first, second, aside = (
        replace(make_item(number, **words), scale=scale, is_second_rating=number == 2)
        for number in (1, 2, 3)
    )
    dimension = replace(make_form().dimension, name=HOSTILE, items=(first, second), asides=(aside,))
    form = DimensionForm(
        {"q1": HOSTILE, "was1": HOSTILE, "comment": HOSTILE, "comment-was": HOSTILE},
        dimension=dimension,
        comment_note=HOSTILE,
    )

    html = render_crispy_form(form)

    assert form.is_valid() is False
    assert "<script>" not in html
    assert HOSTILE not in html
    assert html.count("&lt;script&gt;") >= 12


def test_an_error_stands_in_its_fieldset_and_can_be_reached():
    html = draw(make_form({"q1": "9"}))

    assert 'id="q1" tabindex="-1" aria-describedby="q1-error"' in html
    assert html.index("q1-error") < html.index('id="q1-error"') < html.index('class="scale"')


def test_an_aside_is_marked_so_that_nothing_counts_it():
    dimension = replace(make_form().dimension, asides=(make_item(7),))

    html = render_crispy_form(DimensionForm(dimension=dimension))

    assert html.count("<fieldset") == 3
    assert html.count("data-aside") == 1
    assert 'id="q7" data-aside' in html


def test_a_comment_is_folded_until_something_is_written():
    empty = render_crispy_form(make_form(comment_note="Amara reads it."))
    written = render_crispy_form(make_form(comment_note="Amara.", comment=Stored("Words", 2)))

    assert '<details class="mt-2" id="comment-fold">' in empty
    assert '<details class="mt-2" id="comment-fold" open>' in written
    assert ">Words</textarea>" in written
