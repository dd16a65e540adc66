"""Closes rounds in processes that are killed on the way: `python -m tests.services.closing.closer`.

Reads orders from standard input, one JSON object a line, and answers each with
one line. Each close runs in a fork of its own, so that the slow start is paid
once and SIGKILL ends a real process with a connection of its own.

A close is its statements and, at the end, COMMIT: whatever else it does is
memory, which a killed process loses anyway. So it is killed after the n-th
statement, just before COMMIT, or just after it.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection
from django.utils import timezone

BEFORE_COMMIT, AFTER_COMMIT = "before COMMIT", "after COMMIT"


class Closer:
    """The waiting process, as the test sees it."""

    def __init__(self, process: subprocess.Popen):
        self.process = process

    def close(self, round_, *, kill_after: int | str) -> list[str]:
        """Closes the round in a process that kills itself after the given point.

        Returns the statements that the process had done: verb and table.
        """
        order = {"round": round_.pk, "kill_after": kill_after}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "The closer died; its own words stand on standard error."
        return json.loads(line)


@contextmanager
def closer_process() -> Iterator[Closer]:
    """A closer on the database of this test; it ends with the block."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "leadership_app.settings",
        "CLOSER_DATABASE": str(connection.settings_dict["NAME"]),
        "OPENBLAS_NUM_THREADS": "1",
    }
    with subprocess.Popen(
        [sys.executable, "-m", __name__],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Closer(process)


def main() -> None:
    connection.settings_dict["NAME"] = os.environ["CLOSER_DATABASE"]
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            close_and_die(order["round"], order["kill_after"], writing)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            statements = pipe.read().splitlines()
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        sys.stdout.write(json.dumps(statements) + "\n")
        sys.stdout.flush()


def close_and_die(round_id: int, kill_after: int | str, pipe: int) -> None:
    """Never returns: the process kills itself, or leaves when it cannot."""
    # Late, as models can be imported only once Django is set up.
    from assessments.models.rounds import Round
    from assessments.services.closing import close_round

    try:
        round_ = Round.objects.get(pk=round_id)
        spill_early()
        die_on_time(kill_after, pipe)
        close_round(round_=round_, actor=round_.created_by, now=timezone.now())
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def spill_early() -> None:
    """SQLite keeps changed pages in memory while they fit: make them not fit, as in a large close,
    so that the killed transaction's pages stand in its write-ahead log."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = 1")


def die_on_time(kill_after: int | str, pipe: int) -> None:
    """Tells each statement through the pipe and kills this process after the one that is asked."""
    done = 0
    commit = connection.commit

    def count(execute, sql, *rest):
        nonlocal done
        result = execute(sql, *rest)
        done += 1
        tell(pipe, sql)
        if done == kill_after:
            kill()
        return result

    def commit_and_die():
        if kill_after == BEFORE_COMMIT:
            kill()
        commit()
        tell(pipe, "COMMIT")
        if kill_after == AFTER_COMMIT:
            kill()

    connection.execute_wrappers.append(count)
    connection.commit = commit_and_die


def tell(pipe: int, sql: str) -> None:
    """Writes what the statement does with which table, such as DELETE assessments_answer."""
    verb, *words = sql.replace('"', "").split()
    about = {"SELECT": "FROM", "DELETE": "FROM", "INSERT": "INTO", "UPDATE": "UPDATE"}.get(verb)
    names = [verb, *words]
    table = names[names.index(about) + 1] if about in names else ""
    os.write(pipe, f"{verb} {table}".strip().encode() + b"\n")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    django.setup()
    # Loaded before the first fork, so that each fork has it.
    import assessments.services.closing  # noqa: F401

    main()
