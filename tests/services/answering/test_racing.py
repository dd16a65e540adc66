"""Two devices at once. SQLite lets one writer in at a time, so only PostgreSQL can show this."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.responses import Answer, Response
from assessments.services.answering.rows import lock_response
from assessments.services.answering.saving import GivenAnswer, save_answer, save_answers
from assessments.services.answering.seats import start_again
from assessments.services.answering.tokens import read_tokens
from assessments.services.closing import close_round
from assessments.services.refusals import Refused
from tests.factories import begin, seat_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time"),
]


class Aside:
    """Runs an act on a connection of its own and keeps what it raised."""

    def __init__(self, act):
        self.raised = None
        self.thread = Thread(target=self._run, args=[act])
        self.thread.start()

    def _run(self, act):
        try:
            act()
        except Exception as error:
            self.raised = error
        finally:
            connection.close()

    def wait(self):
        self.thread.join(timeout=20)
        assert not self.thread.is_alive()


def give(seat, value=4):
    item = seat.round.items.order_by("order").first()
    given = [GivenAnswer(item.pk, value, None)]
    return save_answers(seat=seat, given=given, now=timezone.now())


def give_one(seat, value, based_on=None, token=""):
    """As a page with JavaScript does: one statement, on its own."""
    item = seat.round.items.order_by("order").first()
    given = GivenAnswer(item.pk, value, based_on, token)
    return save_answer(seat=seat, given=given, now=timezone.now()).is_current


def all_at_once(acts):
    """Runs the acts on connections of their own, begun together; what each returned."""
    start, done = Barrier(len(acts)), {}

    def run(place, act):
        start.wait()
        done[place] = act()

    asides = [Aside(lambda one=one: run(*one)) for one in enumerate(acts)]
    for aside in asides:
        aside.wait()
        assert aside.raised is None
    return [done[place] for place in range(len(acts))]


@pytest.mark.parametrize("revision", [0, 1])
def test_of_several_tabs_at_once_one_wins(person, revision):
    seat = seat_of(person, begin(person).reader)
    if revision:
        give_one(seat, 5, based_on=0)

    won = all_at_once(
        [lambda value=value: give_one(seat, value, based_on=revision) for value in (1, 2, 3, 4)]
    )

    assert won.count(True) == 1
    assert Answer.objects.get().value == 1 + won.index(True)


def test_of_several_blind_pages_at_once_one_wins(person):
    begin(person)
    blind = seat_of(person)
    item = blind.round.items.order_by("order").first()
    pages = [read_tokens(blind, [item.pk])[item.pk] for _ in range(4)]

    won = all_at_once(
        [lambda one=one: give_one(blind, one[0], token=one[1]) for one in enumerate(pages, 1)]
    )

    assert won.count(True) == 1
    assert Answer.objects.get().value == 1 + won.index(True)


def test_a_request_and_its_retry_at_once_are_both_saved(person):
    begin(person)
    blind = seat_of(person)
    item = blind.round.items.order_by("order").first()
    page = read_tokens(blind, [item.pk])[item.pk]

    assert all_at_once([lambda: give_one(blind, 3, token=page)] * 4) == [True] * 4
    assert Answer.objects.get().value == 3


def test_an_old_request_that_waited_for_a_newer_one_is_not_saved(person):
    """The newer one holds the row when the old one arrives; it looks again after waiting."""
    seat = seat_of(person, begin(person).reader)
    give_one(seat, 5, based_on=0)
    late = []

    with transaction.atomic():
        assert give_one(seat, 4, based_on=1)
        aside = Aside(lambda: late.append(give_one(seat, 1, based_on=1)))
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
    aside.wait()

    assert late == [False]
    assert Answer.objects.get().value == 4


def test_starting_again_waits_for_a_save_and_then_deletes_it(person):
    seat = seat_of(person, begin(person).reader)
    begun = Event()

    def start_meanwhile():
        begun.set()
        start_again(seat=seat, now=timezone.now())

    with transaction.atomic():
        lock_response(seat=seat, now=timezone.now())
        aside = Aside(start_meanwhile)
        begun.wait()
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
        give(seat)
    aside.wait()

    assert aside.raised is None
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


@pytest.mark.parametrize("way", [give, lambda seat: give_one(seat, 4)])
def test_a_save_waits_for_starting_again_and_is_then_refused(person, way):
    seat = seat_of(person, begin(person).reader)

    with transaction.atomic():
        start_again(seat=seat, now=timezone.now())
        aside = Aside(lambda: way(seat))
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
    aside.wait()

    assert isinstance(aside.raised, Refused)
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("way", [give, lambda seat: give_one(seat, 4)])
def test_a_save_waits_for_the_close_and_is_then_refused(person, round_, way):
    seat = seat_of(person, begin(person).reader)

    with transaction.atomic():
        round_.refresh_from_db()
        type(round_).objects.select_for_update().get(pk=round_.pk)
        aside = Aside(lambda: way(seat))
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
        close_round(round_=round_, actor=None, now=round_.ends_at)
    aside.wait()

    assert isinstance(aside.raised, Refused)
    assert Answer.objects.count() == 0
