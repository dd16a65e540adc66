"""Sealed rows: one size, their own code alone, and no order."""

import random

import pytest
from django.db import connection

from assessments.models.responses import SealedResponse
from assessments.services.answering.own import enter_code_after_close, open_sealed
from assessments.services.closing import sealed_rows
from tests.factories import make_open_round
from tests.services.closing.rounds import answer, close, make_answered_round


def stored_order():
    """Code digests in the order in which the database keeps its rows."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    table = connection.ops.quote_name(SealedResponse._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT code_digest FROM {table} ORDER BY {place}")
        return [digest for (digest,) in cursor.fetchall()]


def rank_correlation(found, answered):
    """Spearman's rho between the order of the rows and the order of answering."""
    people = len(answered)
    gaps = sum((found.index(digest) - place) ** 2 for place, digest in enumerate(answered))
    return 1 - 6 * gaps / (people * (people**2 - 1))


def close_and_correlate(people=60):
    round_ = make_open_round(people=people)
    in_order = list(round_.participants.all())
    random.Random(7).shuffle(in_order)
    answered = [answer(person, lambda item: 4).reader.code_digest for person in in_order]
    close(round_)
    return rank_correlation(stored_order(), answered)


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
        opened = open_sealed(participant=person.participant, reader=person.reader)
        assert opened.answers == person.values
        assert opened.instruments == ["five_factors"]
    mine, theirs = answered[0], answered[1]
    assert enter_code_after_close(participant=mine.participant, typed=mine.code) == mine.reader
    assert enter_code_after_close(participant=mine.participant, typed="0000-0000-0000-0000") is None
    assert open_sealed(participant=mine.participant, reader=None) is None
    # A code opens its own row even from a colleague's link, and never the colleague's.
    opened = open_sealed(participant=theirs.participant, reader=mine.reader)
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
    class KeepsOrder:
        def shuffle(self, rows):
            pass

    monkeypatch.setattr(sealed_rows.secrets, "SystemRandom", KeepsOrder)

    assert abs(close_and_correlate()) > 0.9


@pytest.mark.parametrize("people", [5, 17])
def test_sealed_rows_have_new_random_keys(content, people):
    round_, answered = make_answered_round(people, seed=people)

    close(round_)

    keys = set(SealedResponse.objects.values_list("pk", flat=True))
    assert all(key.version == 4 for key in keys)
    assert SealedResponse.objects.filter(round=round_).count() in (0, len(answered))
