"""Answering pages against an empty one with the same base template, as ratios of CPU.

Twice: against the frame alone, which asks the database nothing, and against the
frame behind the same link, which has found the place of who answers. The first
says what a page costs, the second what its statements add.

`python -m bench.pages [--only sqlite]`, on SQLite and, where there are binaries
of it, PostgreSQL. Requests go straight to the WSGI application of one process,
in short slices in turn, so that a busy machine slows all alike.
"""

import argparse
import sys
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import process_time
from typing import Any

import django

from bench.closing import postgresql, run_module, sqlite
from tests.throwaway_postgres import find_binaries

SLICES, REQUESTS = 24, 8
HEADINGS = ("page", "radios", "queries", "CPU ms", "to frame", "to place")
ROW = "{:<46} {:>7} {:>8} {:>8} {:>9} {:>9}"
FRAME, PLACE = "the frame alone", "the frame behind a link"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.inside:
        measure()
        return
    for name, database in (("sqlite", sqlite), ("postgresql", postgresql)):
        if chosen.only not in (None, name):
            continue
        if name == "postgresql" and not find_binaries():
            print("Not measured on PostgreSQL: there are no binaries of it here.")
            continue
        print(f"\nAnswering pages on {name}: CPU of the app in terms of an empty page.", flush=True)
        with database() as environment:
            run_module("bench.pages", ["--inside"], environment)


def measure() -> None:
    """Prints the table, with the database that the environment names."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "bench.empty"
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    pages = make_pages()
    costs: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(SLICES):
        for name, ask in pages.items():
            costs[name].append(time_slice(ask))
    print(ROW.format(*HEADINGS))
    typical = {name: median(own) for name, own in costs.items()}
    for name, ask in pages.items():
        ratios = [typical[name] / typical[floor] for floor in (FRAME, PLACE)]
        print_row(name, ask, typical[name], ratios)


def make_pages() -> dict[str, Callable[[], bytes]]:
    """What is asked for, by name; the first two are what all others are compared with."""
    from django.utils import timezone

    from assessments.models.rounds import Audience
    from tests.leaders.device import Device
    from tests.questionnaire.everything import make_round_of_everything

    round_ = make_round_of_everything(timezone.now())
    person = round_.participants.filter(audience=Audience.LEADERS).first()
    device, blind = Device(person), Device(person)
    device.open_link()
    device.confirm()
    for item in device.items():
        device.save(item, 4)
    blind.open_link()
    blind.client.post(blind.at("go_on_blind"))
    factor = device.page()
    return {
        FRAME: ask_for(device, "/empty/"),
        PLACE: ask_for(device, f"{device.home}empty/"),
        "factor, 6 statements, a prediction, a comment": ask_for(device, factor),
        "the same without the code": ask_for(blind, factor),
        "practice, 10 statements": ask_for(device, device.page("CH", "practice")),
        "differences, 8 ratings": ask_for(device, device.page("DH", "differences")),
        "quick test, 4 questions": ask_for(device, device.page("QT", "quick_test")),
    }


def ask_for(device: Any, address: str) -> Callable[[], bytes]:
    from leadership_app.wsgi import application

    cookies = "; ".join(f"{name}={one.value}" for name, one in device.client.cookies.items())

    def ask() -> bytes:
        statuses: list[str] = []
        answer = application(
            make_environ(address, cookies), lambda s, h, e=None: statuses.append(s)
        )
        body = b"".join(answer)
        answer.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{address} answered {statuses[0]}.")
        return body

    return ask


def make_environ(address: str, cookies: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": cookies,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def time_slice(ask: Callable[[], bytes]) -> float:
    """CPU seconds a request."""
    start = process_time()
    for _ in range(REQUESTS):
        ask()
    return (process_time() - start) / REQUESTS


def print_row(name: str, ask: Callable[[], bytes], cost: float, ratios: list[float]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        body = ask()
    figures = [f"{1000 * cost:.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
    print(ROW.format(name, body.count(b'type="radio"'), len(captured), *figures), flush=True)


if __name__ == "__main__":
    main()
