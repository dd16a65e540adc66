"""One worker beside the web server: closes due rounds, reminds, sends mail, overwrites, deletes."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from assessments.services.closing.comments import delete_unreleased
from assessments.services.closing.due import close_due_rounds
from assessments.services.closing.wiping import wipe_due
from assessments.services.few_answers import warn_of_few_answers
from assessments.services.outbox import send_due_mail
from assessments.services.reminders import queue_due_reminders
from assessments.services.solo import delete_due_solos
from assessments.services.throttling import delete_past

logger = logging.getLogger(__name__)

Job = Callable[[datetime], int]
JOBS: tuple[tuple[str, Job], ...] = (
    ("Rounds closed", lambda now: close_due_rounds(now=now)),
    ("Reminders queued", lambda now: queue_due_reminders(now=now)),
    ("Rounds warned of for few answers", lambda now: warn_of_few_answers(now=now)),
    ("Messages sent", lambda now: send_due_mail(now=now)),
    ("Comments deleted after 30 days", lambda now: delete_unreleased(now=now)),
    ("Checklists tried alone deleted", lambda now: delete_due_solos(now=now)),
    ("Counts of tries deleted", lambda now: delete_past(now=now)),
    ("Rounds still to be overwritten", lambda now: wipe_due(now=now)),
)


class Command(BaseCommand):
    help = "Closes due rounds and sends due mail, again and again, until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due, then stop.")
        parser.add_argument("--every", type=float, default=30, help="Seconds between two looks.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if options["once"]:
            self.work()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: _ask_to_stop(stop, _frame))
        self.stdout.write("The worker has started.")
        while not stop.is_set():
            close_old_connections()
            self.work()
            stop.wait(options["every"])
        self.stdout.write("The worker has stopped.")

    def work(self) -> None:
        """Does each job; one that fails is logged and never keeps the others from running."""
        for words, job in JOBS:
            try:
                done = job(timezone.now())
            except Exception as fault:
                # The words of a fault may quote a row, so only its kind is logged.
                kind = type(fault).__name__
                logger.error("%s: failed (%s) and will be tried again.", words, kind)
            else:
                if done:
                    self.stdout.write(f"{words}: {done}")


def _ask_to_stop(stop: threading.Event, _frame: FrameType | None) -> None:
    stop.set()
