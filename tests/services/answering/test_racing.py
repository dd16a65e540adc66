"""Two devices at once. SQLite lets one writer in at a time, so only PostgreSQL can show this."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.responses import Answer, Response
from assessments.services.answering.rows import lock_response
from assessments.services.answering.saving import GivenAnswer, save_answers
from assessments.services.answering.seats import start_again
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


def test_a_save_waits_for_starting_again_and_is_then_refused(person):
    seat = seat_of(person, begin(person).reader)

    with transaction.atomic():
        start_again(seat=seat, now=timezone.now())
        aside = Aside(lambda: give(seat))
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
    aside.wait()

    assert isinstance(aside.raised, Refused)
    assert Answer.objects.count() == 0


def test_a_save_waits_for_the_close_and_is_then_refused(person, round_):
    seat = seat_of(person, begin(person).reader)

    with transaction.atomic():
        round_.refresh_from_db()
        type(round_).objects.select_for_update().get(pk=round_.pk)
        aside = Aside(lambda: give(seat))
        aside.thread.join(timeout=0.5)
        assert aside.thread.is_alive()
        close_round(round_=round_, actor=None, now=round_.ends_at)
    aside.wait()

    assert isinstance(aside.raised, Refused)
    assert Answer.objects.count() == 0
