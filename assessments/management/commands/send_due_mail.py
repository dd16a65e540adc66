"""Sends the mail that is due, once. For a timer where no worker runs."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services.outbox import send_due_mail


class Command(BaseCommand):
    help = "Sends the mail that is due."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CAN_SEND_MAIL:
            self.stdout.write("No mail server is set up (EMAIL_HOST), so nothing was sent.")
            return
        self.stdout.write(f"Messages sent: {send_due_mail(now=timezone.now())}")
