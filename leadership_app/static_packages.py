"""Serves third-party files from the packages that pip installed, and only those named here.

The packages stay out of INSTALLED_APPS: their templates and other files would
come with them (django-include-bootstrap brings a top-level ``base.html``).
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage, Storage
from django.utils._os import safe_join


class PackagedFile(NamedTuple):
    package: str
    path: str


BOOTSTRAP = "django_include_bootstrap"
PLOTLY = "plotly"

# Bootstrap is not on it: its rules go into the one stylesheet (stylesheet.py).
PACKAGED_FILES: dict[str, PackagedFile] = {
    "vendor/plotly.min.js": PackagedFile(PLOTLY, "package_data/plotly.min.js"),
}


def locate_package(package: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"The package {package} is not installed.")
    return Path(next(iter(spec.submodule_search_locations)))


def locate_file(url: str) -> Path:
    """Where the file behind an allowed address lies on disk."""
    packaged = PACKAGED_FILES[url]
    return locate_package(packaged.package) / packaged.path


class PackageStorage(FileSystemStorage):
    """Shows the allowed files under their addresses, read-only."""

    def __init__(self) -> None:
        super().__init__(location=str(locate_package(PLOTLY)))

    def path(self, name: str) -> str:
        url = name.replace("\\", "/")
        if url not in PACKAGED_FILES:
            return str(safe_join(self.location, "not-on-the-list"))
        return str(locate_file(url))


class PackageFinder(BaseFinder):
    """A staticfiles finder with an allow-list: address to package and file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(
                f"{packaged.path} is missing from the package {packaged.package}.",
                hint="Install the packages in requirements/run.txt again.",
                id="static_packages.E001",
            )
            for url, packaged in PACKAGED_FILES.items()
            if not locate_file(url).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in PACKAGED_FILES:
            return []
        found = str(locate_file(path))
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for url in PACKAGED_FILES:
            if not matches_patterns(url, ignore_patterns or ()):
                yield url, self.storage
