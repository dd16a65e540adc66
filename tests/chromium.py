"""Finds a Chromium for the browser tests, or installs one.

`python -m tests.chromium` says which one is used; with none it tries
Playwright's own download and, failing that, stops with a sentence.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """The path of a Chromium on this machine; CHROMIUM in the environment goes first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    path = find_chromium()
    if path:
        print(f"Browser tests use {path}.")
        return 0
    print("No Chromium found; asking Playwright to download one…")
    installed = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False
    )
    if installed.returncode:
        print(
            "That did not work. Install a Chromium (on Debian: apt-get install chromium) "
            "or name one with CHROMIUM=/path/to/chromium.",
            file=sys.stderr,
        )
    return installed.returncode


if __name__ == "__main__":
    sys.exit(main())
