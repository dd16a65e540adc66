"""The worker: closes, sends, overwrites; one failing job never keeps the others from running."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.management.commands import worker
from assessments.models.rounds import Round
from tests.factories import make_open_round

# Overwriting what was deleted cannot be done inside the transaction of a test.
outside_a_transaction = pytest.mark.django_db(transaction=True)


def end_now(round_):
    Round.objects.filter(pk=round_.pk).update(ends_at=timezone.now() - timedelta(minutes=1))


@outside_a_transaction
def test_once_closes_what_is_due_and_nothing_else(content, capsys):
    due, later = make_open_round(), make_open_round()
    end_now(due)

    call_command("worker", "--once")

    states = dict(Round.objects.values_list("pk", "state"))
    assert states == {due.pk: "closed", later.pk: "open"}
    assert "Rounds closed: 1" in capsys.readouterr().out


def test_a_failing_job_is_logged_and_the_others_run(content, monkeypatch, caplog):
    ran = []

    def fail(now):
        raise RuntimeError("words of a row")

    monkeypatch.setattr(
        worker, "JOBS", (("First", fail), ("Second", lambda now: ran.append(now) or 0))
    )

    call_command("worker", "--once")

    assert len(ran) == 1
    assert "First: failed (RuntimeError) and will be tried again." in caplog.text
    assert "words of a row" not in caplog.text


@outside_a_transaction
def test_close_due_rounds_command(content, capsys):
    end_now(make_open_round())

    call_command("close_due_rounds")

    assert "Rounds closed: 1" in capsys.readouterr().out


def test_send_due_mail_command_says_when_there_is_no_server(db, capsys, settings):
    settings.CAN_SEND_MAIL = False

    call_command("send_due_mail")

    assert "No mail server is set up" in capsys.readouterr().out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_stops_when_it_is_told(tmp_path, number):
    environment = os.environ | {
        "MODE": "test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/worker.sqlite3",
        "VAR_DIR": str(tmp_path),
    }
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "worker", "--every", "60"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout.readline() == "The worker has started.\n"
        time.sleep(0.2)
        process.send_signal(number)
        out, _ = process.communicate(timeout=20)
    finally:
        process.kill()

    assert process.returncode == 0
    assert out == "The worker has stopped.\n"
