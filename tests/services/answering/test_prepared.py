"""Statements that PostgreSQL prepares: the same rows, and none lost behind a pool."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services.answering import prepared
from assessments.services.answering.prepared import run

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps statements itself"),
]

QUERY = "SELECT %(one)s + 7 %% 4, %(word)s, %(one)s"
TYPES = {"one": "integer", "word": "text"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(prepared, "_given_up", [])
    connection.close()


def ask(one):
    return run(QUERY, {"one": one, "word": "it's %s", "more": None}, TYPES, whole=1)


def test_rows_are_the_same_whole_and_prepared():
    with CaptureQueriesContext(connection) as captured:
        rows = [ask(one) for one in (1, 2, 3)]

    assert rows == [[(one + 3, "it's %s", one)] for one in (1, 2, 3)]
    kinds = [one["sql"].split()[0] for one in captured if "SET" not in one["sql"]]
    assert kinds == ["SELECT", "PREPARE", "EXECUTE", "EXECUTE"]


def test_each_connection_prepares_for_itself():
    for _ in range(2):
        assert [ask(one)[0][2] for one in (1, 2, 3)] == [1, 2, 3]
        connection.close()


@pytest.mark.parametrize("trouble", ["DEALLOCATE ALL", None])
def test_behind_a_pool_statements_are_sent_whole_from_then_on(trouble):
    """Another connection behind the same one: it lacks the statement, or has it already."""
    ask(1)
    if trouble:
        ask(2)
        with connection.cursor() as cursor:
            cursor.execute(trouble)
    else:
        ask(2)
        prepared._runs[connection.connection].clear()
        ask(2)

    with CaptureQueriesContext(connection) as captured:
        rows = [ask(3), ask(4)]

    assert [row[0][2] for row in rows] == [3, 4]
    assert captured[-1]["sql"].startswith("SELECT")
    assert len(prepared._given_up) == 1
