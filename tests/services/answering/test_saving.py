"""Saving: nothing newer is overwritten, and nothing is learnt without the code."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models.responses import Answer, Comment
from assessments.services.answering.own import read_answers, read_comments, read_own_profile
from assessments.services.answering.saving import (
    GivenAnswer,
    SavedAnswer,
    save_answers,
    save_comment,
    submit_sitting,
)
from assessments.services.refusals import AlreadySubmitted, Refused, RoundNotOpen
from tests.factories import begin, seat_of


@pytest.fixture
def item(round_):
    return round_.items.order_by("order").first()


@pytest.fixture
def seat(person):
    return seat_of(person, begin(person).reader)


def save(seat, item, value, based_on, now=None):
    given = [GivenAnswer(item.pk, value, based_on)]
    return save_answers(seat=seat, given=given, now=now or timezone.now())[0]


def write(seat, item, text, based_on):
    return save_comment(
        seat=seat,
        dimension_id=item.dimension_id,
        text=text,
        based_on=based_on,
        now=timezone.now(),
    )


def test_revisions_go_up_with_each_change(seat, item):
    saved = [save(seat, item, 4, 0), save(seat, item, 2, 1), save(seat, item, 5, 2)]

    assert [one.revision for one in saved] == [1, 2, 3]
    assert Answer.objects.get().value == 5


def test_a_repeat_of_the_same_value_counts_as_saved(seat, item):
    save(seat, item, 4, 0)

    assert save(seat, item, 4, 0) == SavedAnswer(item.pk, revision=1, is_current=True)


@pytest.mark.parametrize("based_on", [0, 1, 7])
def test_an_answer_based_on_another_revision_is_not_saved(seat, item, based_on):
    save(seat, item, 4, 0)
    save(seat, item, 2, 1)

    late = save(seat, item, 5, based_on)

    assert late == SavedAnswer(item.pk, revision=None, is_current=False)
    assert Answer.objects.get().value == 2


def test_without_the_code_no_revision_comes_back_and_none_is_believed(seat, person, item):
    save(seat, item, 4, 0)
    blind = seat_of(person)

    assert [save(blind, item, value, 9).revision for value in (4, 3)] == [None, None]
    assert Answer.objects.get().value == 3


def test_the_wrong_code_writes_nothing(seat, person, item, round_):
    stranger = begin(round_.participants.last())

    with pytest.raises(Refused, match="begun again"):
        save(seat_of(person, stranger.reader), item, 1, None)
    assert not Answer.objects.exists()


def test_one_of_several_that_clashes_does_not_keep_the_others_back(seat, round_):
    first, second = round_.items.order_by("order")[:2]
    save(seat, first, 4, 0)

    saved = save_answers(
        seat=seat,
        given=[GivenAnswer(first.pk, 1, 0), GivenAnswer(second.pk, 2, 0)],
        now=timezone.now(),
    )

    assert [one.is_current for one in saved] == [False, True]
    assert dict(Answer.objects.values_list("item", "value")) == {first.pk: 4, second.pk: 2}


def test_saving_is_refused_from_the_end_on(seat, item, round_):
    with pytest.raises(RoundNotOpen):
        save(seat, item, 4, 0, now=round_.ends_at)
    save(seat, item, 4, 0, now=round_.ends_at - timedelta(seconds=1))


def test_saving_before_beginning_is_refused(person, item):
    with pytest.raises(Refused, match="Nothing has been begun"):
        save(seat_of(person), item, 4, 0)


def test_after_submitting_only_the_code_writes(seat, person, item, round_):
    save(seat, item, 4, 0)
    submit_sitting(seat=seat, instrument=round_.instruments.first(), now=timezone.now())

    with pytest.raises(AlreadySubmitted):
        save(seat_of(person), item, 1, None)
    assert save(seat, item, 2, 1).is_current is True


def test_saving_costs_two_statements_whatever_is_stored(seat, item):
    counts = []
    for value, based_on in ((4, 0), (2, 1), (2, 1)):
        with CaptureQueriesContext(connection) as captured:
            save(seat, item, value, based_on)
        counts.append(len([one for one in captured if "SAVEPOINT" not in one["sql"]]))

    assert counts == [2, 2, 2]


def test_a_comment_is_changed_only_on_what_the_page_knew(seat, item):
    assert write(seat, item, "one", 0).revision == 1
    assert write(seat, item, "two", 1).revision == 2
    assert write(seat, item, "three", 1).is_current is False
    assert write(seat, item, "", 1).is_current is False
    assert Comment.objects.get().text == "two"
    assert write(seat, item, "  ", 2).is_current is True
    assert not Comment.objects.exists()


def test_line_ends_are_kept_in_one_way(seat, item):
    write(seat, item, "one\r\ntwo\r\n", 0)

    assert Comment.objects.get().text == "one\ntwo"
    assert write(seat, item, "one\ntwo", 0).is_current is True


def test_an_empty_box_without_the_code_deletes_nothing(seat, person, item):
    write(seat, item, "one", 0)

    write(seat_of(person), item, "", None)

    assert Comment.objects.get().text == "one"


def test_a_comment_can_have_two_thousand_characters(seat, item):
    write(seat, item, "x" * 2000, 0)

    with pytest.raises(Refused, match="2000 characters"):
        write(seat, item, "x" * 2001, 1)


def test_nothing_is_read_without_the_code(seat, person, item, round_):
    save(seat, item, 4, 0)
    write(seat, item, "one", 0)
    blind, instrument = seat_of(person), round_.instruments.first()

    assert read_answers(blind).answers == {}
    assert read_comments(blind) == {}
    with pytest.raises(PermissionError):
        read_own_profile(blind, instrument)
    assert read_answers(seat).answers[item.pk].value == 4


def test_an_own_profile_needs_enough_answers_in_a_dimension(seat, round_):
    instrument = round_.instruments.first()
    for place, item in enumerate(round_.items.filter(dimension__code="PC").order_by("order")):
        save(seat, item, 5 if place < 4 else -2, 0)
    for item in round_.items.filter(dimension__code="SV").order_by("order")[:3]:
        save(seat, item, 5, 0)

    profile = {one.code: one for one in read_own_profile(seat, instrument)}

    assert profile["PC"].score is not None
    assert (profile["PC"].dont_know, profile["PC"].left_out) == (2, 0)
    assert (profile["SV"].score, profile["SV"].left_out) == (None, 3)
