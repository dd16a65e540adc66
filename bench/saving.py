"""Saving an answer, as ratios of a floor: one upsert behind the app's own middleware and cookies.

`python -m bench.saving [--only sqlite] [--people 300]`, over real HTTP with two
workers, on SQLite and, where there are binaries of it, PostgreSQL. Short slices
in turn, so that a busy machine slows all alike. Nothing is asserted.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

from bench.closing import postgresql, sqlite
from bench.load import Tally, in_threads, run_slice
from tests.real_server import Browser, Server, serving
from tests.throwaway_postgres import find_binaries

APP = "bench.floor_server:application"
CLIENTS, TURNS, SECONDS = 8, 14, 0.5
WHOLE_TURNS = 12
ROW = "{:<34} {:>9} {:>9} {:>10} {:>8} {:>8} {:>8}"
HEADINGS = ("request", "a second", "of floor", "CPU ms", "of floor", "median", "p95 ms")


@dataclass
class Person:
    """One device: its cookies, and what its page knows of each item."""

    round_id: int
    response: str
    cookies: dict[str, str]
    items: list[int]
    known: dict[int, str] = field(default_factory=dict)

    def browse(self, server: Server) -> Browser:
        return Browser(server.port, self.cookies)

    def save(self, browser: Browser, item: int, value: int) -> None:
        body = {"item": item, "value": value, "was": self.known.get(item, "")}
        self.known[item] = post(browser, f"/answer/{self.round_id}/save/", body)

    def save_next(self, browser: Browser, turn: int) -> None:
        self.save(browser, *self._pick(turn))

    def put(self, browser: Browser, turn: int, path: str = "") -> None:
        item, value = self._pick(turn)
        body = {"item": item, "value": value, "response": self.response}
        post(browser, path or f"/answer/{self.round_id}/floor/", body)

    def put_bare(self, browser: Browser, turn: int) -> None:
        self.put(browser, turn, "/bare/")

    def _pick(self, turn: int) -> tuple[int, int]:
        """Every item in turn, each time with another value."""
        times, place = divmod(turn, len(self.items))
        return self.items[place], 1 + (times + place) % 5


def post(browser: Browser, path: str, body: dict[str, Any]) -> str:
    status, said = browser.post_json(path, body)
    if (status, said["state"]) != (200, "saved"):
        raise RuntimeError(f"{path} answered {status}: {said}")
    return said["was"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.saving")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--people", type=int, default=300)
    chosen = parser.parse_args()
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        if chosen.only not in (None, name):
            continue
        if name == "postgresql" and not find_binaries():
            print("Not measured on PostgreSQL: there are no binaries of it here.")
            continue
        with database() as environment:
            measure(name, environment, chosen.people)


def measure(name: str, environment: dict[str, str], people: int) -> None:
    made = run_step("fill", 3 * CLIENTS + 2 + people, environment)
    pages: dict[str, list[int]] = made["pages"]
    items = [item for page in pages.values() for item in page]
    crowd = [
        Person(made["round"], one["response"], one["cookies"], items) for one in made["devices"]
    ]
    few, one, another = crowd[: 3 * CLIENTS], crowd[3 * CLIENTS], crowd[3 * CLIENTS + 1]
    print(f"\nSaving on {name}: {CLIENTS} clients, {TURNS} slices of {SECONDS} s each, in turn.")
    with serving(environment, app=APP) as server:
        measure_saves(server, few)
        if name == "sqlite":
            with serving({**environment, "BENCH_SYNCHRONOUS": "NORMAL"}, app=APP) as other:
                measure_synchronous(server, other, few[:CLIENTS])
        measure_whole(server, one, another, pages)
        measure_crowd(server, crowd[3 * CLIENTS + 2 :], environment)


def run_step(step: str, people: int, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.saving_steps", step, str(people)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure_saves(server: Server, people: list[Person]) -> None:
    """Each kind of request has its own people: the floor takes no heed of what a page knew."""
    kinds = [
        Kind("saving an answer", server, people[:CLIENTS], Person.save_next),
        Kind("floor", server, people[CLIENTS : 2 * CLIENTS], Person.put),
        Kind("floor without middleware", server, people[2 * CLIENTS :], Person.put_bare),
    ]
    take_turns(kinds)
    own, floor, _ = kinds
    print(ROW.format(*HEADINGS))
    for kind in kinds:
        tally = kind.tally
        print(
            ROW.format(
                kind.name,
                f"{tally.rate:.0f}",
                f"{kind.share_of(floor):.2f}",
                f"{tally.cpu_each:.2f}",
                f"{tally.cpu_each / floor.tally.cpu_each:.2f}",
                f"{tally.median:.1f}",
                f"{tally.p95:.1f}",
            ),
            flush=True,
        )
    print(f"p95 of a save: {own.tally.p95 / own.tally.median:.1f} times its median.")


def measure_synchronous(server: Server, other: Server, people: list[Person]) -> None:
    kinds = [
        Kind("FULL", server, people, Person.save_next),
        Kind("NORMAL", other, people, Person.save_next),
    ]
    take_turns(kinds)
    share = kinds[0].share_of(kinds[1])
    print(f"synchronous=FULL: {share:.2f} of the saves a second of NORMAL.", flush=True)


@dataclass
class Kind:
    """One kind of request, the people who send it, and what was measured of it."""

    name: str
    server: Server
    people: list[Person]
    act: Callable[[Person, Browser, int], Any]
    tally: Tally = field(default_factory=Tally)

    def share_of(self, other: "Kind") -> float:
        """The median over slices of the rates of this and of the other, next to each other."""
        return median(a / b for a, b in zip(self.tally.rates, other.tally.rates, strict=True))


def take_turns(kinds: list[Kind]) -> None:
    asks = {
        kind.name: [partial(kind.act, person, person.browse(kind.server)) for person in kind.people]
        for kind in kinds
    }
    for kind in kinds:
        # The first requests of a process load what the later ones need.
        run_slice(kind.server, asks[kind.name], SECONDS, Tally())
    for _ in range(TURNS):
        for kind in kinds:
            run_slice(kind.server, asks[kind.name], SECONDS, kind.tally)


def measure_whole(
    server: Server, person: Person, another: Person, pages: dict[str, list[int]]
) -> None:
    """Pages, saves and the submit against as many empty pages and floor saves."""
    browser, other = person.browse(server), another.browse(server)
    whole, floor = [], []
    for turn in range(WHOLE_TURNS):
        whole.append(time_it(lambda turn=turn: answer_all(browser, person, pages, turn)))
        floor.append(time_it(lambda turn=turn: answer_floor(other, another, len(pages), turn)))
    ratio = median(a / b for a, b in zip(whole, floor, strict=True))
    print(
        f"A whole response: {1000 * median(whole):.0f} ms, {ratio:.2f} times {len(pages) + 1} "
        f"empty pages and {len(person.items)} floor saves.",
        flush=True,
    )


def answer_all(browser: Browser, person: Person, pages: dict[str, list[int]], turn: int) -> None:
    base = f"/answer/{person.round_id}/five_factors"
    for code, items in pages.items():
        fetch(browser, f"{base}/{code}/")
        for item in items:
            person.save_next(browser, person.items.index(item) + turn * len(person.items))
    status, _ = browser.send("POST", f"{base}/review/")
    if status != 302:
        raise RuntimeError(f"Submitting answered {status}.")


def answer_floor(browser: Browser, person: Person, pages: int, turn: int) -> None:
    for _ in range(pages + 1):
        fetch(browser, "/empty/")
    for place in range(len(person.items)):
        person.put(browser, place + turn * len(person.items))


def fetch(browser: Browser, path: str) -> None:
    status, _ = browser.send("GET", path)
    if status != 200:
        raise RuntimeError(f"{path} answered {status}.")


def measure_crowd(server: Server, crowd: list[Person], environment: dict[str, str]) -> None:
    """Everybody answers every item at once; then all that was called saved is looked for."""
    given: dict[tuple[str, int], int] = {}
    waits: list[float] = []

    def answer(place: int, person: Person) -> None:
        browser = person.browse(server)
        for item in person.items:
            value = 1 + (place + item) % 5
            begun = time.perf_counter()
            person.save(browser, item, value)
            waits.append(time.perf_counter() - begun)
            given[person.response.replace("-", ""), item] = value
        browser.close()

    took = time_it(lambda: in_threads([partial(answer, *one) for one in enumerate(crowd)]))
    rows = run_step("count", 0, environment)["stored"]
    stored = {(response, item): value for response, item, value in rows}
    found = Counter(stored.get(key) == value for key, value in given.items())
    print(
        f"{len(crowd)} people at once, {len(given):,} answers: {found[False]} lost, no error, "
        f"{took:.0f} s, {len(given) / took:.0f} a second, median {1000 * median(waits):.0f} ms.",
        flush=True,
    )


def time_it(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
