"""Mail servers that are down, refuse or hang up, and workers that are killed: on both databases.

A real SMTP server on the loopback, real worker processes, SIGKILL.
"""

import subprocess
import sys

import pytest
from django.utils import timezone

from assessments.models.mail import OutgoingMail
from assessments.services.invitations import queue_again, queue_invitations
from assessments.services.outbox import BACK_OFF, LOST, LOST_AFTER, send_due_mail
from tests.factories import make_open_round, owner_of
from tests.mail_server import cut, receiving
from tests.real_server import environment_of_this_database

pytestmark = pytest.mark.django_db(transaction=True)

Status = OutgoingMail.Status
PEOPLE = 4


@pytest.fixture
def server(settings):
    with receiving() as server:
        server.give_to(settings)
        yield server


@pytest.fixture
def round_(content, server):
    round_ = make_open_round(people=PEOPLE)
    queue_invitations(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())
    return round_


def start_worker(server, *options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        env={**environment_of_this_database(), **server.environment},
        stdout=subprocess.DEVNULL,
    )


def statuses():
    return sorted(OutgoingMail.objects.values_list("status", flat=True))


@pytest.mark.parametrize(("moment", "arrived"), [("on_mail", 3), ("on_data", 4)])
def test_nothing_is_sent_twice_when_a_worker_is_killed(round_, server, moment, arrived):
    """Killed before the second message travels, and after it arrived but before it is noted."""
    workers = []

    def kill_at_the_second(_session):
        seen.append(moment)
        if len(seen) == 2:
            workers[0].kill()

    seen = []
    setattr(server, moment, kill_at_the_second)
    workers.append(start_worker(server))
    assert workers[0].wait(timeout=60) == -9
    setattr(server, moment, None)

    assert statuses() == [Status.QUEUED, Status.QUEUED, Status.SENDING, Status.SENT]
    assert start_worker(server, "--once").wait(timeout=60) == 0
    assert statuses() == [Status.SENDING, *[Status.SENT] * 3]
    send_due_mail(now=timezone.now() + LOST_AFTER)

    (lost,) = OutgoingMail.objects.exclude(status=Status.SENT)
    assert (lost.status, lost.failure) == (Status.FAILED, LOST)
    assert len(set(server.addresses)) == len(server.addresses) == arrived


def test_two_workers_at_once_send_each_message_once(content, server):
    round_ = make_open_round(people=20)
    queue_invitations(round_=round_, actor=owner_of(round_.partnership), now=timezone.now())

    workers = [start_worker(server, "--once") for _ in range(2)]

    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert statuses() == [Status.SENT] * 20
    assert len(set(server.addresses)) == len(server.addresses) == 20


def test_a_server_that_is_down_loses_nothing(round_, server):
    now = timezone.now()
    server.stop()

    assert send_due_mail(now=now) == 0

    assert statuses() == [Status.QUEUED] * PEOPLE
    tried = OutgoingMail.objects.get(attempts=1)
    assert tried.failure == "The mail server could not be reached."
    assert tried.next_try_at == now + BACK_OFF[0]
    server.start()
    assert send_due_mail(now=now + BACK_OFF[0]) == PEOPLE
    assert len(set(server.addresses)) == PEOPLE


def test_one_refused_address_stops_nobody_and_a_passing_one_waits(round_, server):
    now = timezone.now()
    wrong, later, *_ = [mail.participant.email for mail in OutgoingMail.objects.all()]
    server.refusals = {wrong: "550 No such user", later: "451 Try again later"}

    assert send_due_mail(now=now) == PEOPLE - 2

    failures = dict(
        OutgoingMail.objects.exclude(failure="").values_list("participant__email", "failure")
    )
    assert failures == {
        wrong: "The mail server refused this address (550).",
        later: "The mail server did not take the message.",
    }
    server.refusals = {}
    assert send_due_mail(now=now + BACK_OFF[0]) == 1
    assert statuses() == [Status.FAILED, *[Status.SENT] * 3]


def test_a_connection_cut_before_the_message_travels_is_tried_again_by_itself(round_, server):
    now = timezone.now()
    server.on_mail = lambda session: cut_once(server, session)

    assert send_due_mail(now=now) == PEOPLE - 1

    assert statuses() == [Status.QUEUED, *[Status.SENT] * 3]
    assert send_due_mail(now=now + BACK_OFF[0]) == 1
    assert len(set(server.addresses)) == len(server.addresses) == PEOPLE


def test_a_connection_cut_after_the_message_arrived_is_left_to_a_person(round_, server):
    now = timezone.now()
    server.on_data = lambda session: cut_once(server, session)

    assert send_due_mail(now=now) == PEOPLE - 1
    assert send_due_mail(now=now + BACK_OFF[-1]) == 0

    lost = OutgoingMail.objects.get(status=Status.FAILED)
    assert lost.failure == LOST
    assert len(set(server.addresses)) == len(server.addresses) == PEOPLE
    queue_again(round_=round_, actor=owner_of(round_.partnership), now=now)
    assert send_due_mail(now=now) == 1
    assert server.addresses[-1] == lost.participant.email


def cut_once(server, session):
    server.on_mail = server.on_data = None
    cut(session)
