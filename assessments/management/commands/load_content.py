"""Loads the content files. Run again without harm; a bad file changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.services.content_files import BadContent
from assessments.services.content_loading import load_content


class Command(BaseCommand):
    help = "Load checklists, scales, guide and credits from the content files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "fixtures",
            help="where the files are (default: fixtures)",
        )

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            report = load_content(folder=folder, now=timezone.now())
        except BadContent as error:
            raise CommandError(f"Nothing was changed. Please mend:\n{error}") from error
        for line in report.lines if options["verbosity"] > 0 else []:
            self.stdout.write(line)
        if options["verbosity"] > 0:
            self.stdout.write(f"{report.unchanged} unchanged.")
