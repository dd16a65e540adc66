"""Comments pass the door only with enough people and a reader: shuffled, bare of all else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models.responses import Comment
from assessments.models.results import CollectedComment
from assessments.models.rounds import RoundInstrument
from assessments.services.closing import comments as comments_step
from tests.factories import make_open_round
from tests.services.closing.rounds import (
    answer,
    close,
    find_everywhere,
    rank_correlation,
    read_in_stored_order,
    start_afresh,
)


def close_with_comments(people, *, known=0, **fields):
    """Everybody comments on the first factor; returns the texts in the order of writing."""
    round_ = make_open_round(people=people, **fields)
    texts = []
    for place, person in enumerate(round_.participants.all()):
        texts.append(f"What person {place:03} wrote.")
        answer(person, lambda item: 4, comment=texts[-1], helps_to_run=place < known)
    close(round_)
    return texts


@pytest.mark.parametrize(
    ("people", "known", "k", "collected"),
    [
        (9, 0, 5, 0),
        (10, 0, 5, 10),
        (10, 1, 5, 0),
        (11, 1, 5, 11),
        (11, 0, 12, 0),
        (12, 0, 12, 12),
    ],
)
def test_comments_need_ten_or_k_people(content, people, known, k, collected):
    if people < k:
        # The list holds k people, of whom one does not answer; 11 of 12 is over 80 %.
        round_ = make_open_round(people=k, smallest_group=k)
        for person in list(round_.participants.all())[:people]:
            answer(person, lambda item: 4, comment="Words.")
        close(round_)
    else:
        close_with_comments(people, known=known, smallest_group=k)

    assert CollectedComment.objects.count() == collected


def test_comments_without_a_reader_are_deleted(content):
    """None can be written in such a round; if any were there, they would not pass."""
    round_ = make_open_round(people=12)
    for person in round_.participants.all():
        answer(person, lambda item: 4, comment="Unread words.")
    round_.comment_readers.clear()

    close(round_)

    assert not CollectedComment.objects.exists()
    assert find_everywhere("Unread words.") == []


def test_comments_of_people_who_did_not_submit_are_deleted(content):
    round_ = make_open_round(people=12)
    *most, begun_only = round_.participants.all()
    for person in most:
        answer(person, lambda item: 4, comment="Counted.")
    answer(begun_only, lambda item: 4, comment="Never submitted.", submit=False)

    close(round_)

    assert CollectedComment.objects.count() == 11
    assert find_everywhere("Never submitted.") == []


def test_comments_of_people_who_answered_too_little_to_count_are_deleted(content):
    round_ = make_open_round(people=12)
    *most, brief = round_.participants.all()
    for person in most:
        answer(person, lambda item: 4, comment="Counted.")
    answer(brief, lambda item: 4 if item.code == "SV1" else None, comment="Too brief.")

    close(round_)

    assert CollectedComment.objects.count() == 11
    assert find_everywhere("Too brief.") == []


def test_comments_on_an_instrument_that_was_not_submitted_are_deleted(content):
    round_ = make_open_round(people=12, codes=("five_factors", "six_ways"))
    factors, ways = RoundInstrument.objects.filter(round=round_).order_by("order")
    *most, half = round_.participants.all()
    for person in most:
        answer(person, lambda item: 4)
    answer(half, lambda item: 4, instruments=[factors], comment="On the factors.")
    # The same response goes on with a second instrument, and does not submit it.
    on_factors = Comment.objects.get(text="On the factors.")
    Comment.objects.create(
        response=on_factors.response, dimension=ways.edition.dimensions.first(), text="Not yet."
    )

    close(round_)

    assert [comment.text for comment in CollectedComment.objects.all()] == ["On the factors."]
    assert find_everywhere("Not yet.") == []


def test_a_collected_comment_has_its_dimension_and_nothing_else(content):
    close_with_comments(10)
    in_thirty_days = (timezone.now() + timedelta(days=30)).date()

    fields = {field.name for field in CollectedComment._meta.get_fields()}
    assert fields == {"id", "result", "dimension", "text", "state", "is_redacted", "delete_on"}
    for comment in CollectedComment.objects.all():
        assert comment.id.version == 4
        assert (comment.state, comment.delete_on) == ("waiting", in_thirty_days)
        assert comment.dimension.code == "SV"


def test_comments_tell_nothing_of_the_order_of_writing(content):
    start_afresh(CollectedComment)
    texts = close_with_comments(60)

    assert abs(rank_correlation(read_in_stored_order(CollectedComment, "text"), texts)) < 0.6


def test_the_order_test_finds_the_order_of_comments_that_are_not_shuffled(content, monkeypatch):
    class KeepsOrder:
        def shuffle(self, rows):
            rows.sort(key=lambda row: getattr(row, "text", ""))

    monkeypatch.setattr(comments_step.secrets, "SystemRandom", KeepsOrder)

    start_afresh(CollectedComment)
    texts = close_with_comments(60)

    assert abs(rank_correlation(read_in_stored_order(CollectedComment, "text"), texts)) > 0.9
