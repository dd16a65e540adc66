"""Two who close at once, and answers that arrive during a close: on both databases."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from contextlib import contextmanager
from itertools import count
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.responses import Answer, Response, SealedResponse
from assessments.models.results import Result, StatementFigure
from assessments.models.rounds import Round
from assessments.models.users import AuditEvent
from assessments.services.answering.own import open_sealed
from assessments.services.answering.saving import GivenAnswer, save_answers
from assessments.services.closing import door
from assessments.services.closing.due import close_due_rounds
from assessments.services.refusals import RoundNotOpen
from tests.factories import seat_of
from tests.services.closing.rounds import close, make_answered_round

pytestmark = pytest.mark.django_db(transaction=True)

LONGEST_WAIT = 30
SAVERS = 4


@contextmanager
def others(number=1):
    """Runs acts on connections of their own; yields what begins one and gives its future."""
    with ThreadPoolExecutor(number) as pool:
        yield lambda act, *args, **fields: pool.submit(on_own_connection, act, *args, **fields)


def on_own_connection(act, *args, **fields):
    try:
        return act(*args, **fields)
    finally:
        connection.close()


def is_waiting(future) -> bool:
    try:
        future.result(timeout=0.4)
    except StillWaiting:
        return True
    return False


@contextmanager
def close_held_after(monkeypatch, step, round_, begin):
    """A close on another connection that has done one step and stays there until the block ends."""
    reached, may_go_on = Event(), Event()
    real = getattr(door, step)

    def hold(*args, **fields):
        done = real(*args, **fields)
        reached.set()
        assert may_go_on.wait(LONGEST_WAIT)
        return done

    with monkeypatch.context() as held:
        held.setattr(door, step, hold)
        closing = begin(close, round_)
        assert reached.wait(LONGEST_WAIT)
    try:
        yield closing
    finally:
        may_go_on.set()


def give(seat, item, value):
    save_answers(seat=seat, given=[GivenAnswer(item.pk, value, None)], now=timezone.now())


def assert_closed_once(people):
    assert Round.objects.get().is_closed
    assert Result.objects.count() == 1
    assert AuditEvent.objects.filter(action="round closed").count() == 1
    assert SealedResponse.objects.count() == people
    assert StatementFigure.objects.filter(group="whole").count() == 30
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_three_who_close_at_the_same_moment_close_it_once(content):
    round_, answered = make_answered_round(11)
    start = Barrier(3)

    def close_with_the_others():
        start.wait(LONGEST_WAIT)
        return close(round_)

    with others(3) as begin:
        closings = [begin(close_with_the_others) for _ in range(3)]
        closed = [closing.result(LONGEST_WAIT) for closing in closings]

    assert_closed_once(len(answered))
    assert {one.closed_at for one in closed} == {Round.objects.get().closed_at}


@pytest.mark.parametrize("step", ["lock_round", "seal_responses", "record_event"])
def test_a_second_close_waits_for_the_first_and_does_nothing(content, monkeypatch, step):
    round_, answered = make_answered_round(11)

    with others(2) as begin:
        with close_held_after(monkeypatch, step, round_, begin) as first:
            second = begin(close, round_)
            assert is_waiting(second)
        closed = [first.result(LONGEST_WAIT), second.result(LONGEST_WAIT)]

    assert_closed_once(len(answered))
    assert closed[0].closed_at == closed[1].closed_at


def test_the_clock_and_a_person_close_it_once(content, monkeypatch):
    round_, answered = make_answered_round(11)

    with others(2) as begin:
        with close_held_after(monkeypatch, "read_populations", round_, begin) as first:
            clock = begin(close_due_rounds, now=round_.ends_at)
            assert is_waiting(clock)
        first.result(LONGEST_WAIT)
        clock.result(LONGEST_WAIT)

    assert_closed_once(len(answered))
    assert AuditEvent.objects.get(action="round closed").actor is not None


@pytest.mark.parametrize("step", ["lock_round", "read_populations", "_delete_what_was_open"])
def test_an_answer_during_the_close_waits_and_is_refused(content, monkeypatch, step):
    round_, answered = make_answered_round(11)
    person = answered[0]
    item = round_.items.first()
    seat = seat_of(person.participant, person.reader)

    with others(2) as begin:
        with close_held_after(monkeypatch, step, round_, begin) as closing:
            saving = begin(give, seat, item, 5)
            assert is_waiting(saving)
        closing.result(LONGEST_WAIT)
        with pytest.raises(RoundNotOpen, match="nothing more can be saved"):
            saving.result(LONGEST_WAIT)

    sealed = open_sealed(round_id=person.participant.round_id, reader=person.reader)
    assert sealed.answers == person.values
    assert_closed_once(len(answered))


def test_a_close_waits_for_an_answer_that_came_first_and_counts_it(content):
    round_, answered = make_answered_round(11)
    person = answered[0]
    item = round_.items.first()
    seat = seat_of(person.participant, person.reader)

    with others() as begin:
        with transaction.atomic():
            give(seat, item, 5)
            closing = begin(close, round_)
            assert is_waiting(closing)
        closing.result(LONGEST_WAIT)

    sealed = open_sealed(round_id=person.participant.round_id, reader=person.reader)
    assert sealed.answers == person.values | {item.code: 5}
    assert_closed_once(len(answered))


def keep_saving(seat, item, first, ready) -> int:
    """Saves one value after another until the round is closed; the last that was called saved."""
    saved = 0
    for number in count(first):
        try:
            give(seat, item, number % 5 + 1)
        except RoundNotOpen:
            break
        saved = number % 5 + 1
        ready.set()
        # SQLite's queue is not fair: leave the others a gap.
        sleep(0.005)
    return saved


def test_of_answers_that_go_on_during_a_close_none_is_lost(content):
    round_, answered = make_answered_round(8)
    item = round_.items.select_related("statement").filter(statement__reverse=False).first()
    people = answered[:SAVERS]
    seats = [seat_of(person.participant, person.reader) for person in people]
    ready = [Event() for _ in seats]

    with others(SAVERS) as begin:
        saving = [
            begin(keep_saving, seat, item, place, ready[place]) for place, seat in enumerate(seats)
        ]
        assert all(one.wait(LONGEST_WAIT) for one in ready)
        close(round_)
        last = [future.result(LONGEST_WAIT) for future in saving]

    sealed = [open_sealed(round_id=one.participant.round_id, reader=one.reader) for one in people]
    assert [one.answers[item.code] for one in sealed] == last
    assert_closed_once(len(answered))
