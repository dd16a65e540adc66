"""After the commit the database overwrites what was deleted; that is recorded, and retried."""

import json
import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection

from assessments.models.rounds import Round
from assessments.services.closing import wiping
from tests.services.closing.rounds import close, make_answered_round


def fail(*args):
    raise OperationalError("the database is busy")


@pytest.mark.django_db(transaction=True)
def test_close_records_when_it_was_wiped(content, now):
    round_, _ = make_answered_round(6)

    close(round_, now=now)

    assert Round.objects.get().wiped_at == now


@pytest.mark.django_db(transaction=True)
def test_a_wipe_that_fails_is_retried(content, now, monkeypatch):
    round_, _ = make_answered_round(6)
    with monkeypatch.context() as busy:
        busy.setattr(wiping, "_vacuum", fail)
        busy.setattr(wiping, "_truncate_log", fail)

        close(round_, now=now)

        assert Round.objects.get().is_closed
        assert Round.objects.get().wiped_at is None
        assert wiping.wipe_due(now=now) == 1

    assert wiping.wipe_due(now=now) == 0
    assert Round.objects.get().wiped_at == now


@pytest.mark.django_db(transaction=True)
def test_a_busy_log_is_not_taken_for_wiped(content, now, monkeypatch):
    round_, _ = make_answered_round(6)
    monkeypatch.setattr(wiping, "_truncate_log", lambda: False)
    monkeypatch.setattr(wiping, "_vacuum", lambda: False)

    close(round_, now=now)

    assert Round.objects.get().wiped_at is None


@pytest.mark.django_db(transaction=True)
def test_nothing_is_retried_for_open_or_wiped_rounds(content, now, monkeypatch):
    make_answered_round(6)
    closed, _ = make_answered_round(6, seed=2)
    close(closed, now=now)
    monkeypatch.setattr(wiping, "wipe", fail)

    assert wiping.wipe_due(now=now) == 0


def test_every_emptied_table_is_wiped():
    emptied = {model.__name__ for model in wiping.WIPED_MODELS}

    assert emptied == {
        "Answer",
        "Comment",
        "Sitting",
        "Response",
        "ParticipantState",
        "CollectedComment",
        "Ticket",
        "Throttle",
        "RoundKey",
        "OutgoingMail",
    }


LOG_OF_ONE_PAGE = 32 + 24 + 4096

# A round in a database file of its own, as a small site would run it.
ON_DISK = """
import json, os, pathlib, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_content", verbosity=0)
from assessments.services import keys
keys.SCRYPT_COST = {"n": 2, "r": 1, "p": 1}
from assessments.models.responses import Response
from assessments.models.rounds import Round
from assessments.services.links import read_round_key
from tests.services.closing.rounds import answer, close
from tests.factories import make_open_round
round_ = make_open_round(people=7)
for person in round_.participants.all():
    answer(person, lambda item: 4, comment="a sentence that must not stay on the disk")
responses = list(Response.objects.all())
needles = [bytes(read_round_key(round_)).hex()]
needles += [bytes(response.public_key).hex() for response in responses]
needles += [response.claim_digest.encode().hex() for response in responses]
needles += [b"must not stay on the disk".hex()]
def found():
    files = [pathlib.Path(os.environ["DB_FILE"] + end) for end in ("", "-wal")]
    bytes_ = b"".join(file.read_bytes() for file in files if file.exists())
    return sum(bytes.fromhex(needle) in bytes_ for needle in needles)
before = found()
close(round_)
log = pathlib.Path(os.environ["DB_FILE"] + "-wal")
print(json.dumps({
    "needles": len(needles), "before": before, "after": found(),
    "log": log.stat().st_size if log.exists() else 0,
    "wiped": Round.objects.get().wiped_at is not None,
}))
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The file is SQLite's.")
def test_nothing_is_left_in_the_database_file(tmp_path):
    file = tmp_path / "site.sqlite3"
    environment = {
        **os.environ,
        "MODE": "test",
        "DJANGO_SETTINGS_MODULE": "leadership_app.settings",
        "DATABASE_URL": f"sqlite:///{file}",
        "DB_FILE": str(file),
    }

    done = subprocess.run(
        [sys.executable, "-c", ON_DISK], env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["before"] == found["needles"]
    assert (found["after"], found["wiped"]) == (0, True)
    # One page: the record that it was done, written after the log was cut.
    assert found["log"] <= LOG_OF_ONE_PAGE
