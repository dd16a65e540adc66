"""Statements that every save runs: PostgreSQL plans each once a connection, not every time.

Planning took it four times as long as saving. Two statements are never
prepared in one save, so that none has many queries. A pool that hands each
transaction another connection knows no prepared statements; the first time one
is missing, this process gives them up and sends the statements whole.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import Error, connection

NAMES: Final = re.compile(r"%\((\w+)\)s")
# No such statement; there is one of that name already.
NOT_OURS: Final = {"26000", "42P05"}
# How often each connection has run each statement.
_runs: "WeakKeyDictionary[Any, Counter[str]]" = WeakKeyDictionary()
_given_up: list[str] = []


def run(
    query: str, values: Mapping[str, Any], types: Mapping[str, str], *, whole: int
) -> list[Any]:
    """All rows of a statement with named values; `types` are PostgreSQL's names for them.

    It is sent as a `whole` so often before a connection prepares it.
    """
    with connection.cursor() as cursor:
        if _may_prepare():
            try:
                return _run_often(cursor, query, values, types, whole)
            except Error as error:
                code = getattr(error.__cause__, "pgcode", "")
                if code not in NOT_OURS:
                    raise
                _given_up.append(code)
        cursor.execute(query, values)
        # All of them: SQLite commits only once the last row was fetched.
        return cursor.fetchall()


def _may_prepare() -> bool:
    """Not in a transaction: a statement that is missing would end it."""
    return connection.vendor == "postgresql" and not connection.in_atomic_block and not _given_up


def _run_often(
    cursor: Any,
    query: str,
    values: Mapping[str, Any],
    types: Mapping[str, str],
    whole: int,
) -> list[Any]:
    name, names, execute = _spell(query)
    runs = _runs.setdefault(connection.connection, Counter())
    if runs[name] < whole:
        cursor.execute(query, values)
    else:
        if runs[name] == whole:
            text = query % {one: f"${place}" for place, one in enumerate(names, start=1)}
            kinds = ", ".join(types[one] for one in names)
            cursor.execute(f"PREPARE {name} ({kinds}) AS {text}")
        cursor.execute(execute, [values[one] for one in names])
    runs[name] += 1
    return cursor.fetchall()


@cache
def _spell(query: str) -> tuple[str, list[str], str]:
    """The name of a statement, the names of its values in their order, and how it is run."""
    name = f"save_{hashlib.sha256(query.encode()).hexdigest()[:24]}"
    names = list(dict.fromkeys(NAMES.findall(query)))
    return name, names, f"EXECUTE {name} ({', '.join(['%s'] * len(names))})"
