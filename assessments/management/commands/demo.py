"""The demo: sets up a database with invented partnerships and serves it.

Everything is kept in the folder `var`; running it again does no harm.
"""

import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from assessments.management.demo.stories import STORIES
from assessments.management.demo.telling import tell_partnership
from assessments.models.partnerships import Partnership
from assessments.models.users import User

ADMIN = ("Ida Quill", "ida.quill@editors.example")


class Command(BaseCommand):
    help = "Sets up the demo and serves it. Only with MODE=demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-server", action="store_true", help="Only set up.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("The demo signs people in without a password. Set MODE=demo.")
        if not options["no_server"]:
            refuse_taken_port(options["port"])
        self.set_up()
        if not options["no_server"]:
            self.serve(options["port"])

    def set_up(self) -> None:
        self.say("Making the database…")
        call_command("migrate", verbosity=0)
        self.say("Loading the checklist…")
        call_command("load_content", verbosity=0)
        for story in STORIES:
            if Partnership.objects.filter(name=story.name).exists():
                self.say(f"{story.name} is there already.")
                continue
            self.say(f"Inventing {story.name}…")
            tell_partnership(story, timezone.now())
        name, email = ADMIN
        if not User.objects.filter(email=email).exists():
            User.objects.create_superuser(email, name=name)

    def serve(self, port: int) -> None:
        self.say(f"\nThe demo is ready on {settings.BASE_URL}\n")
        for words, url in demo_links():
            self.say(f"  {words:<34}{url}")
        self.say("\nStop it with Ctrl+C.")
        run_until_stopped(
            [sys.executable, "manage.py", "worker"],
            [
                sys.executable,
                "-m",
                "gunicorn",
                "leadership_app.wsgi",
                f"--bind=127.0.0.1:{port}",
                "--worker-class=gthread",
                "--threads=4",
                "--log-level=warning",
            ],
        )

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def demo_links() -> list[tuple[str, str]]:
    """Where to go as whom; the addresses exist only in demo mode."""
    return [
        ("As a leader who was invited:", settings.BASE_URL + reverse("demo_leader")),
        ("As a facilitator (Amara Osei):", settings.BASE_URL + reverse("demo_facilitator")),
        ("As an admin (Ida Quill):", settings.BASE_URL + reverse("demo_admin")),
        ("As anyone:", settings.BASE_URL + reverse("home")),
    ]


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Port {port} is taken. Choose another one: make demo PORT={port + 1}"
            ) from None


def run_until_stopped(helper: list[str], server: list[str]) -> None:
    """Runs the server with its helper beside it; both stop when the server does."""
    beside = subprocess.Popen(helper, cwd=settings.BASE_DIR)
    serving = subprocess.Popen(server, cwd=settings.BASE_DIR)

    def stop(number: int, frame: FrameType | None) -> None:
        serving.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        serving.wait()
    finally:
        beside.terminate()
        beside.wait(timeout=20)
