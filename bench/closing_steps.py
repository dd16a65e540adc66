"""What `bench.closing` measures, one step a process, so that each has a peak memory of its own.

`python -m bench.closing_steps STEP PEOPLE ROUNDS`; the last line printed is JSON.
"""

import json
import resource
import sys
from time import perf_counter
from typing import Any

import django

# A kilobyte on Linux, a byte on macOS.
UNITS_A_MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024


def fill(people: int, rounds: int) -> dict[str, Any]:
    """Makes the tables, loads the content and writes open rounds that everybody answered."""
    from django.core.management import call_command
    from django.db import connection

    from bench.rounds import make_answered_round

    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -500000")
    for seed in range(rounds):
        make_answered_round(people, seed=seed)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {}


def fetch(people: int, rounds: int) -> dict[str, Any]:
    """Reads every answer of each round with one plain query, and does nothing with it."""
    return {"seconds": [fetch_one(round_.pk) for round_ in list_rounds()]}


def close(people: int, rounds: int) -> dict[str, Any]:
    """Closes each round; how long that took, and how much of it went to overwriting afterwards."""
    from django.utils import timezone

    from assessments.services.closing import close_round, wiping

    overwriting = Stopwatch(wiping.wipe)
    wiping.wipe = overwriting
    begun_with = read_peak()
    closing = Stopwatch(close_round)
    for round_ in list_rounds():
        closing(round_=round_, actor=round_.created_by, now=timezone.now())
    return {
        "seconds": closing.seconds,
        "overwriting": overwriting.seconds,
        "peak": read_peak(),
        "begun_with": begun_with,
    }


class Stopwatch:
    """A function that remembers how long each call took."""

    def __init__(self, act):
        self.act = act
        self.seconds: list[float] = []

    def __call__(self, *args, **fields):
        begun = perf_counter()
        done = self.act(*args, **fields)
        self.seconds.append(perf_counter() - begun)
        return done


def list_rounds() -> list:
    from assessments.models.rounds import Round

    return list(Round.objects.filter(state=Round.State.OPEN).order_by("pk"))


def fetch_one(round_id: int) -> float:
    from django.db import connection, transaction

    query = (
        "SELECT response_id, item_id, value FROM assessments_answer"
        " WHERE response_id IN (SELECT id FROM assessments_response WHERE round_id = %s)"
    )
    begun = perf_counter()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, [round_id])
        while cursor.fetchmany(20_000):
            pass
    return perf_counter() - begun


def read_peak() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_A_MEGABYTE


STEPS = {"fill": fill, "fetch": fetch, "close": close}


if __name__ == "__main__":
    django.setup()
    step, people, rounds = sys.argv[1:]
    print(json.dumps(STEPS[step](int(people), int(rounds))))
