"""Pages without the code: no old request wins, a retry is saved, and nothing is learnt."""

import pytest
from django.utils import timezone

from assessments.models.responses import Answer, Comment
from assessments.services.answering import tokens
from assessments.services.answering.saving import (
    BEGUN_ELSEWHERE,
    GivenAnswer,
    save_answer,
    save_comment,
)
from assessments.services.answering.seats import start_again
from assessments.services.answering.tokens import (
    COUNTS,
    ITEM,
    MARKS,
    Token,
    count_after,
    read_comment_token,
    read_token,
    read_tokens,
    write_token,
)
from assessments.services.refusals import Refused
from tests.factories import begin, seat_of

LENGTH = 99


@pytest.fixture
def item(round_):
    return round_.items.order_by("order").first()


@pytest.fixture
def own(person):
    """The device with the code."""
    return seat_of(person, begin(person).reader)


@pytest.fixture
def blind(own, person):
    return seat_of(person)


def open_page(seat, item):
    return read_tokens(seat, [item.pk])[item.pk]


def save(seat, item, value, *, token="", based_on=None):
    given = GivenAnswer(item.pk, value, based_on, token)
    return save_answer(seat=seat, given=given, now=timezone.now())


def write(seat, item, text, *, token="", based_on=None):
    return save_comment(
        seat=seat,
        dimension_id=item.dimension_id,
        text=text,
        based_on=based_on,
        token=token,
        now=timezone.now(),
    )


def stored():
    return Answer.objects.get().value


def test_the_first_answer_of_a_blind_page_takes_the_place_of_what_was_there(own, blind, item):
    save(own, item, 5, based_on=0)

    assert save(blind, item, 2, token=open_page(blind, item)).is_current is True
    assert stored() == 2


def test_an_answer_of_an_older_blind_page_does_not_overwrite(own, blind, item):
    for newer in (own, blind):
        old_page = open_page(blind, item)
        fresh = "" if newer is own else open_page(blind, item)
        was = Answer.objects.values_list("revision", flat=True).first() or 0
        save(newer, item, 5, token=fresh, based_on=was)

        assert save(blind, item, 2, token=old_page).is_current is False
        assert stored() == 5


def test_a_slow_old_request_does_not_overtake_the_one_after_it(blind, item):
    """The page gave up waiting, sent it again, and went on; then the first one arrives."""
    page = open_page(blind, item)
    second = save(blind, item, 1, token=page).token
    save(blind, item, 4, token=second)

    late = save(blind, item, 1, token=page)

    assert late.is_current is False
    assert stored() == 4


def test_an_answer_that_was_said_again_is_newer_than_an_old_request(own, blind, item):
    save(own, item, 4, based_on=0)
    old_page, new_page = open_page(blind, item), open_page(blind, item)
    save(blind, item, 4, token=new_page)

    assert save(blind, item, 2, token=old_page).is_current is False


def test_a_retry_of_the_same_request_is_saved_and_the_page_goes_on(blind, item):
    page = open_page(blind, item)

    answers = [save(blind, item, 3, token=page) for _ in range(3)]

    assert [one.is_current for one in answers] == [True] * 3
    assert save(blind, item, 5, token=answers[1].token).is_current is True
    assert stored() == 5


@pytest.mark.parametrize("value", range(1, 6))
def test_guessing_with_an_old_token_tells_nothing_of_what_was_answered(own, blind, item, value):
    """Else anybody with the link could read an answer by trying all five."""
    old = open_page(blind, item)
    save(own, item, 3, based_on=0)

    assert save(blind, item, value, token=old).is_current is False


@pytest.mark.parametrize("value", range(1, 6))
def test_nor_does_guessing_against_another_blind_page(blind, item, value):
    old, page = open_page(blind, item), open_page(blind, item)
    save(blind, item, 3, token=page)

    assert save(blind, item, value, token=old).is_current is False


def test_a_token_has_one_length_whatever_it_says(own, blind, item):
    texts = [
        open_page(blind, item),
        save(blind, item, 1, token=open_page(blind, item)).token,
        save(blind, item, -2).token,
        read_comment_token(blind, item.dimension_id),
        write(blind, item, "A thought", token=read_comment_token(blind, item.dimension_id)).token,
    ]

    assert {len(text) for text in texts} == {LENGTH}
    assert len(set(texts)) == len(texts)


def test_a_token_is_good_for_one_item_of_one_response(blind, item, round_):
    other_item = round_.items.order_by("order")[1]
    stranger = seat_of(round_.participants.last(), begin(round_.participants.last()).reader)
    foreign = open_page(stranger, item)

    for wrong in (open_page(blind, other_item), foreign, "x" * LENGTH, "é", "3:4"):
        with pytest.raises(Refused):
            save(blind, item, 3, token=wrong)
    assert not Answer.objects.exists()


def test_a_page_of_deleted_answers_writes_nothing_into_those_that_came_after(blind, item, person):
    page = open_page(blind, item)
    start_again(seat=blind, now=timezone.now())
    begin(person)

    with pytest.raises(Refused, match=BEGUN_ELSEWHERE[:20]):
        save(seat_of(person), item, 3, token=page)
    assert not Answer.objects.exists()


def test_a_blind_page_goes_on_when_the_code_is_entered_in_another_tab(own, blind, item):
    page = open_page(blind, item)

    saved = save(own, item, 3, token=page)

    assert saved.is_current is True
    assert save(own, item, 5, based_on=saved.revision).is_current is True


def test_the_page_with_the_code_sees_that_a_blind_one_was_newer(own, blind, item):
    revision = save(own, item, 5, based_on=0).revision
    save(blind, item, 2, token=open_page(blind, item))

    assert save(own, item, 4, based_on=revision).is_current is False
    assert stored() == 2


def test_a_blind_page_takes_out_what_it_wrote_and_nothing_else(own, blind, item):
    write(own, item, "Written with the code", based_on=0)
    token = read_comment_token(blind, item.dimension_id)
    assert write(blind, item, "", token=token).is_current is True
    assert Comment.objects.get().text == "Written with the code"

    mine = write(blind, item, "Mine", token=token).token
    gone = write(blind, item, "", token=mine)

    assert gone.is_current is True
    assert not Comment.objects.exists()
    assert write(blind, item, "Mine again", token=gone.token).is_current is True


def test_a_blind_page_does_not_take_out_a_newer_comment(own, blind, item):
    mine = write(blind, item, "Mine", token=read_comment_token(blind, item.dimension_id)).token
    revision = Comment.objects.get().revision
    write(own, item, "Newer", based_on=revision)

    assert write(blind, item, "", token=mine).is_current is False
    assert Comment.objects.get().text == "Newer"


def test_a_row_that_is_gone_is_not_brought_back_by_who_knew_it(own, item):
    write(own, item, "One", based_on=0)
    write(own, item, "", based_on=1)

    assert write(own, item, "Two", based_on=1).is_current is False
    assert not Comment.objects.exists()


def test_counts_begin_again_and_never_reach_a_mark_or_nought():
    assert [count_after(one) for one in (0, 1, COUNTS - 2, COUNTS - 1)] == [1, 2, COUNTS - 1, 1]
    assert count_after(7 * COUNTS + 5) == 6
    # The column ends at 2**31 - 1, and a page writes a revision in at most nine digits.
    assert MARKS * COUNTS < 10**9


def test_many_changes_of_one_answer_are_all_saved(own, blind, item):
    """From the last count on it begins again; blind and with the code by turns."""
    revision = save(own, item, 1, based_on=0).revision
    Answer.objects.update(revision=COUNTS - 2)
    revision = COUNTS - 2
    for value in (2, 3, 4):
        revision = save(own, item, value, based_on=revision).revision
        token = open_page(blind, item)
        assert save(blind, item, 5, token=token).is_current is True
        revision = Answer.objects.get().revision
        assert 0 < revision < MARKS * COUNTS

    assert revision % COUNTS == 5


def test_a_token_is_read_as_it_was_written(own, item):
    text = write_token(
        response_id=own.response_id, kind=ITEM, about=item.pk, revision=2**31 - 1, is_own=True
    )

    read = read_token(text, kind=ITEM, about=item.pk)

    assert read == Token(own.response_id, 2**31 - 1, read.mark, is_own=True)
    assert 0 < read.mark < MARKS


def test_another_secret_reads_no_token(own, item, settings):
    text = open_page(own, item)
    settings.SECRET_KEY = "another secret, also long enough to be one"

    assert tokens.read_token(text, kind=ITEM, about=item.pk) is None
