"""Sealed rows: one size, their own code alone, and no order."""

import random

import pytest

from assessments.models.responses import SealedResponse
from assessments.services.answering.own import enter_code_after_close, open_sealed
from assessments.services.closing import door, sealed_rows
from tests.factories import make_open_round
from tests.services.closing.rounds import (
    answer,
    close,
    make_answered_round,
    rank_correlation,
    read_in_stored_order,
    start_afresh,
)


def close_and_correlate(people=60, keep_order=None):
    """The correlation of stored order with answering; `keep_order` plants a close that keeps it."""
    start_afresh(SealedResponse)
    round_ = make_open_round(people=people)
    in_order = list(round_.participants.all())
    random.Random(7).shuffle(in_order)
    answered = [answer(person, lambda item: 4).reader.code_digest for person in in_order]
    if keep_order:
        plant_order(keep_order, answered)
    close(round_)
    return rank_correlation(read_in_stored_order(SealedResponse, "code_digest"), answered)


def plant_order(monkeypatch, answered):
    def seal_in_order(round_, population):
        class KeepsOrder:
            def shuffle(self, places):
                digests = [response.code_digest for response in population.responses]
                places.sort(key=lambda place: answered.index(digests[place]))

        with monkeypatch.context() as planted:
            planted.setattr(sealed_rows.secrets, "SystemRandom", KeepsOrder)
            sealed_rows.seal_responses(round_, population)

    monkeypatch.setattr(door, "seal_responses", seal_in_order)


def test_every_counted_response_is_sealed_in_one_size(content):
    round_, answered = make_answered_round(12, seed=3)
    answer_with_a_long_comment = answered[0]
    assert answer_with_a_long_comment.values

    close(round_)

    sizes = {len(bytes(row.sealed)) for row in SealedResponse.objects.all()}
    assert len(sizes) == 1
    assert SealedResponse.objects.count() == len(answered)


def test_comments_do_not_make_a_sealed_row_longer(content):
    round_ = make_open_round(people=6)
    people = list(round_.participants.all())
    for place, person in enumerate(people):
        answer(person, lambda item: 4, comment="We rarely say it. " * (60 if place == 0 else 0))

    close(round_)

    assert len({len(bytes(row.sealed)) for row in SealedResponse.objects.all()}) == 1


def test_a_sealed_row_opens_with_its_own_code_and_no_other(content):
    round_, answered = make_answered_round(8, seed=4)

    close(round_)

    for person in answered:
        opened = open_sealed(round_id=person.participant.round_id, reader=person.reader)
        assert opened.answers == person.values
        assert opened.instruments == ["five_factors"]
    mine, theirs = answered[0], answered[1]
    assert (
        enter_code_after_close(round_id=mine.participant.round_id, typed=mine.code) == mine.reader
    )
    assert (
        enter_code_after_close(round_id=mine.participant.round_id, typed="0000-0000-0000-0000")
        is None
    )
    assert open_sealed(round_id=mine.participant.round_id, reader=None) is None
    # A code opens its own row even from a colleague's link, and never the colleague's.
    opened = open_sealed(round_id=theirs.participant.round_id, reader=mine.reader)
    assert opened.answers == mine.values


def test_no_plain_answer_stands_in_a_sealed_row(content):
    round_ = make_open_round(people=6)
    for person in round_.participants.all():
        answer(person, lambda item: 4, comment="a sentence that only I would write")

    close(round_)

    for row in SealedResponse.objects.all():
        assert b"only I would write" not in bytes(row.sealed)
        assert b"answers" not in bytes(row.sealed)


def test_sealed_rows_tell_nothing_of_the_order_of_answering(content):
    # Over 60 people a random order reaches 0.6 less than once in a hundred thousand closes.
    assert abs(close_and_correlate()) < 0.6


def test_the_order_test_finds_the_order_when_rows_are_not_shuffled(content, monkeypatch):
    assert close_and_correlate(keep_order=monkeypatch) > 0.9


@pytest.mark.parametrize("people", [5, 17])
def test_sealed_rows_have_new_random_keys(content, people):
    round_, answered = make_answered_round(people, seed=people)

    close(round_)

    keys = set(SealedResponse.objects.values_list("pk", flat=True))
    assert all(key.version == 4 for key in keys)
    assert SealedResponse.objects.filter(round=round_).count() in (0, len(answered))
