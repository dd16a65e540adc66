"""Closes the rounds whose end has come, once. For a timer where no worker runs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services.closing.due import close_due_rounds
from assessments.services.closing.wiping import wipe_due


class Command(BaseCommand):
    help = "Closes the rounds whose closing date has come."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Rounds closed: {close_due_rounds(now=now)}")
        left = wipe_due(now=now)
        if left:
            self.stdout.write(f"Rounds still to be overwritten: {left}")
