"""What was frozen at the opening is read once; what can still change is read every time."""

from datetime import timedelta

import pytest

from assessments.models.rounds import Audience, Round, RoundItem
from assessments.questionnaire.asked import read_asked
from assessments.questionnaire.frozen import MOST_KEPT, keep_frozen
from tests.factories import make_open_round, make_round


@pytest.fixture
def reads():
    return []


@pytest.fixture
def read(reads):
    @keep_frozen
    def read(round_, word):
        reads.append(word)
        return f"{round_.pk} {word}"

    return read


def test_an_opened_round_is_read_once(content, django_assert_num_queries):
    round_ = make_open_round()
    first = read_asked(round_, Audience.LEADERS)

    with django_assert_num_queries(0):
        again = read_asked(round_, Audience.LEADERS)

    assert again == first


def test_a_draft_is_read_every_time(content, read, reads):
    draft = make_round()

    assert [read(draft, "a"), read(draft, "a")] == [f"{draft.pk} a"] * 2
    assert reads == ["a", "a"]


def test_each_argument_is_kept_for_itself(now, read, reads):
    opened = Round(pk=1, opened_at=now)

    assert [read(opened, word) for word in ("a", "b", "a")] == ["1 a", "1 b", "1 a"]
    assert reads == ["a", "b"]


def test_a_round_that_was_opened_at_another_moment_is_another(now, read, reads):
    for moment in (now, now + timedelta(microseconds=1)):
        read(Round(pk=1, opened_at=moment), "a")

    assert reads == ["a", "a"]


def test_only_so_many_are_kept(now, read, reads):
    for pk in range(1, MOST_KEPT + 2):
        read(Round(pk=pk, opened_at=now), "a")
    read(Round(pk=1, opened_at=now), "a")

    assert len(reads) == MOST_KEPT + 2


def test_nothing_is_kept_from_one_test_to_the_next(content):
    round_ = make_open_round()
    RoundItem.objects.filter(round=round_).delete()

    assert read_asked(round_, Audience.LEADERS) == ()
