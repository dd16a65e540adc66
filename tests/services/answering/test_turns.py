"""Saves on SQLite wait for their turn among processes, and for nobody who has died."""

import subprocess
import sys
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assessments.models.responses import Answer
from assessments.services.answering.saving import GivenAnswer, save_answer
from tests.factories import begin, seat_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes many writers"),
]

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def given(person):
    seat = seat_of(person, begin(person).reader)
    item = seat.round.items.order_by("order").first()
    return {"seat": seat, "given": GivenAnswer(item.pk, 4, None), "now": timezone.now()}


@pytest.fixture
def holder():
    command = [sys.executable, "-c", HOLD, f"{connection.settings_dict['NAME']}-turns"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_save_waits_for_another_process_and_goes_on_when_that_is_killed(given, holder):
    def save():
        save_answer(**given)
        connection.close()

    thread = Thread(target=save)
    thread.start()
    thread.join(timeout=0.3)
    assert thread.is_alive()
    assert not Answer.objects.exists()

    holder.kill()
    thread.join(timeout=20)

    assert Answer.objects.count() == 1


def test_a_save_inside_a_transaction_waits_for_no_turn(given, holder):
    """That holds the database already: waiting for who waits for it would never end."""
    with transaction.atomic():
        assert save_answer(**given).is_current is True
