"""Closing rounds of growing size: seconds, memory, and the ratio to reading the same answers once.

`python -m bench.closing [--large]`, on SQLite and, where there are binaries of
it, PostgreSQL; both in temporary folders. Nothing is asserted: seconds depend
on the machine, ratios less so.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from tests.throwaway_postgres import find_binaries, throwaway_server

# People, and how many such rounds to take the median of.
SIZES = ((60, 9), (500, 5), (5_000, 1))
LARGE = (100_000, 1)
STATEMENTS = 60
HEADINGS = ("people", "rounds", "fetch s", "close s", "of it over-", "ratio", "peak MB", "at start")
ROW = "{:>9} {:>7} {:>9} {:>9} {:>12} {:>7} {:>9} {:>9}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.closing")
    parser.add_argument("--large", action="store_true", help="also 100,000 people: minutes")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    sizes = [*SIZES, LARGE] if chosen.large else SIZES
    if chosen.only != "postgresql":
        measure("SQLite", sqlite, sizes)
    if chosen.only != "sqlite":
        if find_binaries():
            measure("PostgreSQL", postgresql, sizes)
        else:
            print("Not measured on PostgreSQL: there are no binaries of it here.")


def measure(name: str, database, sizes) -> None:
    print(f"\nClosing a round of {STATEMENTS} statements on {name}: median of a few rounds.")
    print("Ratio: the close in terms of one raw fetch of the same answers.")
    print(ROW.format(*HEADINGS))
    print(ROW.format("", "", "", "", "writing", "", "", ""))
    for people, rounds in sizes:
        # A new database for each size: what a close leaves behind must not slow the next.
        with database() as environment:
            run("fill", people, rounds, environment)
            fetched = run("fetch", people, rounds, environment)
            closed = run("close", people, rounds, environment)
        print_row(people, rounds, fetched, closed)


def print_row(people: int, rounds: int, fetched: dict[str, Any], closed: dict[str, Any]) -> None:
    raw, whole = median(fetched["seconds"]), median(closed["seconds"])
    print(
        ROW.format(
            f"{people:,}",
            rounds,
            f"{raw:.3f}",
            f"{whole:.2f}",
            f"{median(closed['overwriting']):.2f}",
            f"{whole / raw:.1f}",
            f"{closed['peak']:.0f}",
            f"{closed['begun_with']:.0f}",
        ),
        flush=True,
    )


def run_module(module: str, arguments: Sequence[str], environment: dict[str, str]) -> None:
    """A process of its own, which prints for itself."""
    subprocess.run([sys.executable, "-m", module, *arguments], env=environment, check=True)


def run(step: str, people: int, rounds: int, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.closing_steps", step, str(people), str(rounds)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextlib.contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="leading-together-bench-") as folder:
        yield make_environment(folder, database_url="")


@contextlib.contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    binaries = find_binaries()
    assert binaries
    with (
        tempfile.TemporaryDirectory(prefix="leading-together-bench-") as folder,
        throwaway_server(binaries) as url,
    ):
        yield make_environment(folder, database_url=url)


def make_environment(folder: str, database_url: str) -> dict[str, str]:
    """Never the database that DATABASE_URL names outside: this one is filled."""
    return {
        **os.environ,
        "MODE": "test",
        "DJANGO_SETTINGS_MODULE": "leadership_app.settings",
        "VAR_DIR": folder,
        "DATABASE_URL": database_url,
    }


if __name__ == "__main__":
    main()
