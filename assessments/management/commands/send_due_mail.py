"""Reminders whose moment has come, and mail that is due, once. For a timer without a worker."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services.few_answers import warn_of_few_answers
from assessments.services.outbox import send_due_mail
from assessments.services.reminders import queue_due_reminders


class Command(BaseCommand):
    help = "Sends the mail that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CAN_SEND_MAIL:
            self.stdout.write("No mail server is set up (EMAIL_HOST), so nothing was sent.")
            return
        now = timezone.now()
        queue_due_reminders(now=now)
        warn_of_few_answers(now=now)
        self.stdout.write(f"Messages sent: {send_due_mail(now=now)}")
