"""Exact linear algebra over everything that is shown: does any combination single people out?

Every figure that implies a sum becomes a row over single answers (one column for each answer of
each person). A combination of rows that is nought everywhere but on the answers of a few people
gives a sum of just those answers. The search is exact, modulo a large prime, and complete: it
tries every set of fewer than k people by forcing all others to nought, the largest classes first.
People with the same labels who answered the same statements always share one fate, so they are
handled as one class.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.attacks.generator import World
from tests.attacks.knowledge import (
    Seen,
    answered,
    base_of,
    columns_of,
    counted,
    counting,
    members,
)

PRIME = 2_147_483_647
# A multiple of every number of answers that a score can be a mean of.
SHARES = 60


@dataclass(frozen=True)
class Sums:
    """Rows of integers; `owners[column]` is whose answer a column is."""

    rows: np.ndarray
    owners: np.ndarray


def sums_of_answers(world: World, seen: Seen, dimension: str, *, own_means: bool = False) -> Sums:
    """One row for each sum of answers that the figures of a dimension imply.

    Statements of the whole: number times mean (the mean of the dimension and the middle of its
    interval are combinations of these). Groups: answers times mean, and the same for each
    statement that is shown. `own_means` adds the mean of people's own means, each over as many
    statements as that person answered, where an interval is shown; it was the middle once.
    """
    who = answered(world, dimension)
    columns = columns_of(world, dimension)
    nobody = np.zeros(who.shape, dtype=np.int64)
    rows = []
    for place, column in enumerate(columns):
        if seen.whole.statements[column].mean is not None:
            rows.append(_only(nobody, place, who[:, place]))
    figure = next((d for d in seen.whole.dimensions if d.code == dimension), None)
    if own_means and figure is not None and figure.interval is not None:
        rows.append(who * (SHARES // np.maximum(who.sum(axis=1), 1))[:, np.newaxis])
    for group in seen.groups_of(dimension):
        inside = members(world, group.group)
        rows.append(who * inside[:, np.newaxis])
        for place in range(len(columns)) if group.statements else ():
            rows.append(_only(nobody, place, who[:, place] & inside))
    table = np.array([row[who] for row in rows], dtype=np.int64).reshape(len(rows), who.sum())
    return Sums(table, np.nonzero(who)[0])


def sums_of_people(world: World, seen: Seen, dimension: str) -> Sums:
    """One row for each number of people shown beside a dimension, over everybody who counts.

    These are sums too: of "has this person answered enough of the dimension".
    """
    everyone = counted(world) & seen.whole.shown
    rows = [everyone]
    rows += [everyone & members(world, group.group) for group in seen.groups_of(dimension)]
    table = np.array([row[everyone] for row in rows], dtype=np.int64)
    return Sums(table, np.nonzero(everyone)[0])


def forget(sums: Sums, people: set[int]) -> Sums:
    """The same sums for those who know the answers of `people` and take them off."""
    stays = ~np.isin(sums.owners, list(people))
    return Sums(sums.rows[:, stays], sums.owners[stays])


def single_out(sums: Sums, counts: np.ndarray, fewer_than: int) -> frozenset[int] | None:
    """People, fewer than so many of them counting, of whose answers alone a sum can be had.

    `counts` says for each person whether they count. None when there is no such set.
    """
    if not sums.rows.size:
        return None
    classes = _classes(sums, counts)
    classes.sort(key=lambda own: -own.weight)
    return _search(_independent(sums.rows % PRIME), classes, fewer_than - 1, frozenset())


def groups_that_count(world: World, seen: Seen, dimension: str) -> np.ndarray:
    """Unnamed people count towards the whole, and not once groups are shown beside it."""
    return counting(world, in_groups=bool(seen.groups_of(dimension)))


def find_too_small(world: World, seen: Seen) -> Iterator[str]:
    """Figures that are about too few people by themselves, each as a sentence."""
    for dimension in world.shape.dimensions:
        named = counting(world, in_groups=True)
        anybody = counting(world, in_groups=False)
        who = answered(world, dimension.code)
        for place, column in enumerate(columns_of(world, dimension.code)):
            figure = seen.whole.statements[column]
            number = int((who[:, place] & anybody).sum())
            if figure.mean is not None and number < world.k:
                yield f"{figure.code} is about {number} people"
            if figure.counts is not None and number < max(8, world.k):
                yield f"the counts of {figure.code} are about {number} people"
        for group in seen.groups_of(dimension.code):
            inside = base_of(world, dimension.code) & members(world, group.group)
            if int((inside & named).sum()) < world.k:
                yield f"{group.group} is about {int((inside & named).sum())} people"
            if group.statements and int((who[inside & named]).sum(axis=0).min()) < 2 * world.k:
                yield f"a statement of {group.group} is about too few people"


# ------------------------------------------------------------------ the search


@dataclass(frozen=True)
class _Class:
    """People who share one fate: the columns of all of them, and how many of them count."""

    people: frozenset[int]
    columns: np.ndarray
    weight: int


def _classes(sums: Sums, counts: np.ndarray) -> list[_Class]:
    found: dict[bytes, list[int]] = {}
    for person in np.unique(sums.owners).tolist():
        own = sums.rows[:, sums.owners == person]
        found.setdefault(own.tobytes() + bytes([own.shape[1]]), []).append(person)
    return [
        _Class(
            frozenset(people),
            # The columns of one of them are enough: those of the others are copies.
            np.nonzero(sums.owners == people[0])[0],
            int(counts[people].sum()),
        )
        for people in found.values()
    ]


def _search(
    basis: np.ndarray, classes: list[_Class], budget: int, paid: frozenset[int]
) -> frozenset[int] | None:
    """`basis` spans all combinations that are nought so far; classes lie ahead, heavy first."""
    dear = [own for own in classes if own.weight > budget]
    cheap = [own for own in classes if own.weight <= budget]
    if dear:
        basis = _vanishing(basis, np.concatenate([own.columns for own in dear]))
    if not len(basis):
        return None
    if not cheap:
        return paid
    first, rest = cheap[0], cheap[1:]
    without = _vanishing(basis, first.columns)
    if len(without) == len(basis):
        return _search(basis, rest, budget, paid)
    if len(without):
        found = _search(without, rest, budget, paid)
        if found is not None:
            return found
    return _search(basis, rest, budget - first.weight, paid | first.people)


def _independent(rows: np.ndarray) -> np.ndarray:
    reduced, rank = _eliminate(rows, range(rows.shape[1]))
    return reduced[:rank]


def _vanishing(basis: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """A basis of the combinations that are nought on `columns`."""
    reduced, rank = _eliminate(basis, columns.tolist())
    return reduced[rank:]


def _eliminate(rows: np.ndarray, columns) -> tuple[np.ndarray, int]:
    """Gauss's elimination on some columns, modulo the prime; the pivots' rows come first."""
    rows = rows.copy()
    rank = 0
    for column in columns:
        if rank == len(rows):
            break
        places = np.nonzero(rows[rank:, column])[0]
        if not len(places):
            continue
        pivot = rank + int(places[0])
        if pivot != rank:
            rows[[rank, pivot]] = rows[[pivot, rank]]
        rows[rank] = rows[rank] * pow(int(rows[rank, column]), -1, PRIME) % PRIME
        below = rank + 1 + np.nonzero(rows[rank + 1 :, column])[0]
        factors = rows[below, column][:, np.newaxis]
        rows[below] = (rows[below] - factors * rows[rank]) % PRIME
        rank += 1
    return rows, rank


def _only(nobody: np.ndarray, place: int, who: np.ndarray) -> np.ndarray:
    row = nobody.copy()
    row[who, place] = 1
    return row
