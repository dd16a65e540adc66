"""The one stylesheet of every page, made of the Bootstrap that pip installed and our own files.

A page that links ten stylesheets waits for the slowest of them before it shows
a word. `collectstatic` and the demo's server find one file here instead, made
anew whenever a part has changed.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from leadership_app.static_packages import BOOTSTRAP, locate_package

STYLESHEET: Final = "css/site.css"
OWN_PARTS: Final = Path("static/css")
# In the order of the cascade: what comes later wins.
PARTS: Final = (
    "tokens",
    "page",
    "controls",
    "parts",
    "answering",
    "charts",
    "chart-ground",
    "results",
    "afterwards",
    "room",
    "slips",
    "shared-device",
)
PRINT_PART: Final = "print"

# Bootstrap's components that our pages do not use, most of them moved by a script that
# we do not load. A test looks for them in the templates.
LEFT_OUT: Final = (
    "accordion|breadcrumb|bs-popover|bs-tooltip|btn-check|btn-close|btn-group|btn-outline|"
    "btn-toolbar|card|carousel|dropdown|dropend|dropstart|dropup|list-group|modal|nav|navbar|"
    "offcanvas|page-item|page-link|pagination|placeholder|popover|progress|ratio|spinner|toast|"
    "tooltip"
)
# No page of ours is laid out anew beyond 992 pixels.
WIDEST: Final = r"[a-z]+(?:-[a-z]+)*-(?:xl|xxl)"
UNUSED: Final = re.compile(rf"\.(?:(?:{LEFT_OUT})(?![a-z])|{WIDEST}(?![a-z]))")

RULE: Final = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
BETWEEN_SELECTORS: Final = re.compile(r",(?![^(]*\))")
EMPTY_CONDITION: Final = re.compile(r"@(?:media|supports)[^{}]*\{\s*\}")
# Comments that begin with "!" hold a licence and stay.
COMMENT: Final = re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL)


def compose_stylesheet() -> str:
    """Bootstrap without what we never use, our parts in their order, and print last."""
    own = [read_part(name) for name in PARTS]
    printed = f"@media print {{\n{read_part(PRINT_PART)}}}\n"
    return "\n".join([leave_out_unused(read_bootstrap()), *own, printed])


def read_part(name: str) -> str:
    text = (settings.BASE_DIR / OWN_PARTS / f"{name}.css").read_text(encoding="utf-8")
    return COMMENT.sub("", text)


def read_bootstrap() -> str:
    path = locate_package(BOOTSTRAP) / "static/css/bootstrap.min.css"
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def leave_out_unused(css: str) -> str:
    """The same rules in the same order, without selectors that no element of ours matches."""
    return EMPTY_CONDITION.sub("", RULE.sub(_keep_used, css))


def _keep_used(rule: re.Match[str]) -> str:
    selectors = [one for one in BETWEEN_SELECTORS.split(rule[1]) if not UNUSED.search(one)]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""


def make_stylesheet() -> Path:
    """Where the composed file lies. Replaced in one step: other processes may be reading it."""
    path = settings.VAR_DIR / "made" / STYLESHEET
    css = compose_stylesheet()
    if not path.exists() or path.read_text(encoding="utf-8") != css:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(css)
        Path(written).chmod(0o644)
        os.replace(written, path)
    return path


class StylesheetStorage(FileSystemStorage):
    """Shows the composed file, and nothing else of its folder."""

    def __init__(self) -> None:
        super().__init__(location=str(settings.VAR_DIR / "made"))

    def exists(self, name: str) -> bool:
        return name == STYLESHEET


class StylesheetFinder(BaseFinder):
    """A staticfiles finder that makes the stylesheet when somebody asks for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = StylesheetStorage()

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != STYLESHEET:
            return []
        made = str(make_stylesheet())
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        make_stylesheet()
        yield STYLESHEET, self.storage
