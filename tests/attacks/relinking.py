"""After a close, rows that are left are fitted to the figures of groups: people again.

First every table is read for rows that hold single answers in the clear: a row for each answer, or
a text, JSON or bytes with one person's answers. Rows without names are then given to groups by
integer programming, so that all sums that the groups' means imply come out.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

import numpy as np
from django.db import connection
from scipy.optimize import Bounds, LinearConstraint, milp

from assessments.models.results import DimensionFigure, StatementFigure
from assessments.models.rounds import Participant, Round, RoundItem

HALF = 0.05
SLACK = 1e-6
POINTS = (1, 2, 3, 4, 5)


def find_raw_rows(round_: Round) -> list[dict[str, int]]:
    """Everybody's answers, item code to point, when some table of a closed round holds them.

    What looks like answers has to add up to the counts that were published for the whole.
    """
    code_of = dict(RoundItem.objects.filter(round=round_).values_list("pk", "code"))
    counts = _published_counts(round_)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = [tuple(map(_plain, row)) for row in cursor.fetchall()]
            texts = [own for row in rows for value in row for own in _answers_in(value, code_of)]
            for found in (*_rows_for_each_answer(rows, code_of), texts):
                if _add_up(found, counts):
                    return found
    return []


def _published_counts(round_: Round) -> dict[str, list[int]]:
    figures = StatementFigure.objects.filter(
        result__round=round_, group="whole", counts__isnull=False
    ).select_related("item__statement")
    # Reversed statements are published turned round.
    return {
        figure.code: figure.counts[::-1] if figure.item.statement.reverse else figure.counts
        for figure in figures
    }


def _add_up(rows: list[dict[str, int]], counts: dict[str, list[int]]) -> bool:
    return bool(rows) and all(
        [sum(row.get(code) == point for row in rows) for point in POINTS] == list(expected)
        for code, expected in counts.items()
    )


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _rows_for_each_answer(
    rows: list[tuple[object, ...]], code_of: dict[int, str]
) -> Iterator[list[dict[str, int]]]:
    """Each way to read a table: a column of items, one of points, one that ties rows together."""
    width = len(rows[0]) if rows else 0
    for item, value in permutations(range(width), 2):
        own = [row for row in rows if isinstance(row[item], int) and row[item] in code_of]
        if not own or not all(isinstance(row[value], int) and row[value] in POINTS for row in own):
            continue
        for owner in set(range(width)) - {item, value}:
            people: dict[object, dict[str, int]] = defaultdict(dict)
            for row in own:
                people[row[owner]][code_of[row[item]]] = row[value]
            # A way that ties nothing together tells nothing of anybody.
            if sum(map(len, people.values())) == len(own) > len(people):
                yield list(people.values())


def _answers_in(value: object, code_of: dict[int, str]) -> Iterator[dict[str, int]]:
    """Answers in a text or in bytes, wherever a JSON object of item codes begins."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", errors="replace")
    if not isinstance(value, str) or "{" not in value:
        return
    codes = set(code_of.values())
    for start in (place for place, letter in enumerate(value) if letter == "{"):
        try:
            content, _ = json.JSONDecoder().raw_decode(value[start:])
        except ValueError:
            continue
        if isinstance(content, dict) and len(set(content) & codes) > 1:
            yield {code: point for code, point in content.items() if code in codes}


def fit(round_: Round, rows: list[dict[str, int]]) -> dict[str, dict[str, list[int]]]:
    """For each kind of group, the rows that can only belong to one shown group of it, by name.

    A fit gives each row a place on the list such that all groups' means come out. A row belongs to
    a group for certain when no fit puts it elsewhere.
    """
    certain: dict[str, dict[str, list[int]]] = {}
    for kind in ("sector", "organisation", "role"):
        figures = list(
            DimensionFigure.objects.filter(
                result__round=round_, group=kind, mean__isnull=False, instrument_code="five_factors"
            )
        )
        names = sorted({figure.group_name for figure in figures})
        if names:
            certain[kind] = _fit_kind(round_, rows, figures, names)
    return certain


def _fit_kind(
    round_: Round, rows: list[dict[str, int]], figures: list[DimensionFigure], names: list[str]
) -> dict[str, list[int]]:
    """One binary unknown for each row and group; the last group is everybody else."""
    width = len(names) + 1
    bounds = []
    for row in range(len(rows)):
        terms = np.zeros(len(rows) * width)
        terms[row * width : (row + 1) * width] = 1
        bounds.append((terms, 1, 1))
    for figure in figures:
        place = names.index(figure.group_name)
        sums, sizes = _of_dimension(round_, rows, figure.code)
        people, low, high = (np.zeros(len(rows) * width) for _ in range(3))
        own = np.arange(len(rows)) * width + place
        people[own] = sizes > 0
        mean = float(figure.mean)
        low[own], high[own] = sums - sizes * (mean - HALF), sums - sizes * (mean + HALF)
        bounds.append((people, figure.people, figure.people))
        if mean > 1.5:
            bounds.append((low, -SLACK, np.inf))
        if mean < 4.5:
            bounds.append((high, -np.inf, SLACK))
    certain: dict[str, list[int]] = {name: [] for name in names}
    one_way = _solve(bounds, len(rows) * width)
    if one_way is None:
        return certain
    for row in range(len(rows)):
        place = int(np.argmax(one_way[row * width : (row + 1) * width]))
        elsewhere = np.zeros(len(rows) * width)
        elsewhere[row * width + place] = 1
        if place < len(names) and _solve([*bounds, (elsewhere, 0, 0)], len(elsewhere)) is None:
            certain[names[place]].append(row)
    return certain


def _solve(bounds: list[tuple[np.ndarray, float, float]], width: int) -> np.ndarray | None:
    terms, low, high = zip(*bounds, strict=True)
    return milp(
        np.zeros(width),
        constraints=LinearConstraint(np.array(terms), low, high),
        integrality=np.ones(width),
        bounds=Bounds(0, 1),
    ).x


def _of_dimension(
    round_: Round, rows: list[dict[str, int]], code: str
) -> tuple[np.ndarray, np.ndarray]:
    """For each row the sum of its turned answers to a dimension, and how many they are."""
    items = RoundItem.objects.filter(round=round_, dimension__code=code, question=None)
    reverse = dict(items.values_list("code", "statement__reverse"))
    points = [
        [
            6 - row[item] if turned else row[item]
            for item, turned in reverse.items()
            if row.get(item, 0) > 0
        ]
        for row in rows
    ]
    return np.array([sum(own) for own in points]), np.array([len(own) for own in points])


def homes_of(round_: Round) -> dict[str, str]:
    """Each person's organisation, from the list."""
    return dict(Participant.objects.filter(round=round_).values_list("name", "organisation__name"))
