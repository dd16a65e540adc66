"""A copy of the content files that a test may spoil."""

import shutil
from pathlib import Path

from django.conf import settings

FIXTURES = settings.BASE_DIR / "fixtures"


def copy_fixtures(to: Path) -> Path:
    return Path(shutil.copytree(FIXTURES, to / "content"))


def replace_in(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1))
