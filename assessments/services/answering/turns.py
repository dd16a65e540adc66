"""Saves on SQLite take turns, so that who waits is woken at once.

SQLite lets one writer in at a time and makes the others sleep, longer and
longer: one save in twenty would take ten times as long as most. A lock for the
threads of a process and one on a file for all processes wake the next one when
its turn has come. Both end with the process that holds them.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from django.db import connection

_threads = Lock()


@contextmanager
def take_turn() -> Iterator[None]:
    """Waits for the other savers; does nothing on PostgreSQL.

    Nor inside a transaction: that has its turn already, and must not wait for
    somebody who waits for it.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _threads:
        file = _open_beside(str(connection.settings_dict["NAME"]), os.getpid())
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


@cache
def _open_beside(database: str, process: int) -> int:
    """A file of each process's own opening: one opened before a fork would be shared."""
    return os.open(f"{database}-turns", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
