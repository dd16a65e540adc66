"""Linear and integer programming over the published figures: is any single answer forced?

For each person and statement one binary unknown a point of the scale, and one for leaving it out;
each figure of a dimension that is shown, as shown (rounded means are ranges, "4.5 or above" is a
half-open one), becomes a bound. An answer is forced when no way to fill in everything fits the
figures and gives that person another one. The adversary knows who is in the base of the dimension,
and with `knows_gaps` also who left out which statement, which is more than anybody is told;
colluders fix their own answers.

Not used, as they are not linear: quartiles, standard and average deviations, agreement, intervals.
For statements they follow from the counts anyway.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

from assessments.measures.groups import GroupFigures, GroupMean, Limit
from tests.attacks.generator import ITEMS, LEAST_ANSWERED, World
from tests.attacks.knowledge import (
    Seen,
    answered,
    base_of,
    columns_of,
    counting,
    members,
    turned,
)

POINTS = (1, 2, 3, 4, 5)
LEFT_OUT = 0
HALF = 0.05
SLACK = 1e-6
BINS = 8
INFEASIBLE = 2
WEAK_BINS, STRONG_BINS = range(3), range(5, 8)
# More than any sum of one person's answers can differ from what a bin asks.
FAR = 5 * ITEMS


class Answer(NamedTuple):
    """One answer of one person: `place` counts the statements of the dimension."""

    person: int
    place: int


@dataclass
class Puzzle:
    """The unknowns and the bounds of one dimension."""

    columns: dict[tuple, int] = field(default_factory=dict)
    rows: list[dict[int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def unknown(self, *name) -> int:
        return self.columns.setdefault(name, len(self.columns))

    def bound(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def add(self, answers: Iterable[tuple[int, int]], worth: dict[int, float]) -> dict[int, float]:
        """The terms of a sum over answers, each point counting what it is worth."""
        return {
            self.columns[*answer, point]: value
            for answer in answers
            for point, value in worth.items()
        }

    def matrix(self) -> csr_array:
        entries = [
            (row, column, value)
            for row, terms in enumerate(self.rows)
            for column, value in terms.items()
        ]
        rows, columns, values = zip(*entries, strict=True)
        return coo_array(
            (values, (rows, columns)), shape=(len(self.rows), len(self.columns))
        ).tocsr()


def pose(
    world: World,
    seen: Seen,
    dimension: str,
    *,
    knows_gaps: bool = False,
    counts_by_group: bool = False,
) -> Puzzle:
    """Everything shown of one dimension. `counts_by_group` adds what is never published."""
    puzzle = Puzzle()
    base = base_of(world, dimension)
    who = answered(world, dimension)
    places = range(who.shape[1])
    for person in np.nonzero(base)[0].tolist():
        for place in places:
            states = [puzzle.unknown(person, place, point) for point in (LEFT_OUT, *POINTS)]
            puzzle.bound(dict.fromkeys(states, 1), 1, 1)
            if knows_gaps:
                puzzle.bound({states[0]: 1}, 1 - who[person, place], 1 - who[person, place])
        own = [(person, place) for place in places]
        puzzle.bound(puzzle.add(own, dict.fromkeys(POINTS, 1)), LEAST_ANSWERED, ITEMS)
    _bound_whole(puzzle, world, seen, dimension, base)
    _bound_scores(puzzle, seen, dimension, base)
    for group in seen.groups_of(dimension):
        inside = base & members(world, group.group)
        _bound_group(puzzle, group, np.nonzero(inside)[0].tolist())
        if counts_by_group:
            _bound_counts(puzzle, turned(world)[:, columns_of(world, dimension)], inside)
    return puzzle


def truth(world: World, dimension: str) -> dict[Answer, int]:
    """What everybody of the base did answer, or left out."""
    rows = turned(world)[:, columns_of(world, dimension)]
    return {
        Answer(person, place): max(int(rows[person, place]), LEFT_OUT)
        for person in np.nonzero(base_of(world, dimension))[0].tolist()
        for place in range(rows.shape[1])
    }


def fits(puzzle: Puzzle, answers: dict[Answer, int]) -> bool:
    """Whether some way to fill in everything gives all these answers; what is true always does."""
    lower = np.zeros(len(puzzle.columns))
    lower[[puzzle.columns[*answer, point] for answer, point in answers.items()]] = 1
    found = milp(
        np.zeros(len(lower)),
        constraints=LinearConstraint(puzzle.matrix(), puzzle.low, puzzle.high),
        integrality=np.ones(len(lower)),
        bounds=Bounds(lower, 1),
    )
    return found.x is not None


def forced_by_agreement(world: World, seen: Seen, dimension: str, own: set[int]) -> set[Answer]:
    """Answers that agreement gives away, which is not hidden: hiding it would tell it.

    Everybody else of the whole said the very same; or so did k people who count and are a shown
    group, or all but a shown group.
    """
    answers = truth(world, dimension)
    agreed = set()
    for place in {answer.place for answer in answers}:
        column = {a: point for a, point in answers.items() if a.place == place}
        others = {a: point for a, point in column.items() if a.person not in own}
        if len(set(others.values())) == 1:
            agreed |= set(others)
        agreed |= {a for a in others if _is_of_one_mind(world, seen, dimension, a, own)}
    return agreed


def _is_of_one_mind(
    world: World, seen: Seen, dimension: str, answer: Answer, own: set[int]
) -> bool:
    """Whether the people of a shown group, or all outside one, said the same: k or more.

    Colluders know their own answers, so for c of them it is the others, k - c or more.
    """
    rows = turned(world)[:, columns_of(world, dimension)][:, answer.place]
    who = answered(world, dimension)[:, answer.place]
    others = ~np.isin(np.arange(world.people), list(own))
    for group in seen.groups_of(dimension):
        inside = members(world, group.group)
        side = who & others & (inside == inside[answer.person])
        enough = int((side & counting(world, in_groups=True)).sum()) >= world.k - len(own)
        if enough and len(set(rows[side].tolist())) == 1:
            return True
    return False


def forced(
    puzzle: Puzzle, answers: dict[Answer, int], own: set[int], *, whole_numbers: bool
) -> set[Answer]:
    """The answers that no way to fill in the rest can change.

    Asks again and again for a way that changes as many of the undecided answers as it can; when
    none can be changed all that are left are forced. With `whole_numbers` false answers may be
    mixtures of points (linear programming): all that is found then is forced for certain.
    """
    lower = np.zeros(len(puzzle.columns))
    for answer, point in answers.items():
        if answer.person in own:
            lower[puzzle.columns[*answer, point]] = 1
    open_ = {answer for answer in answers if answer.person not in own}
    matrix = puzzle.matrix()
    while open_:
        as_it_was = {answer: puzzle.columns[*answer, answers[answer]] for answer in open_}
        solution = _change_some(puzzle, matrix, list(as_it_was.values()), lower, whole_numbers)
        changed = {own for own, column in as_it_was.items() if solution[column] < 1 - 10 * SLACK}
        if not changed:
            return open_
        open_ -= changed
    return set()


def _change_some(
    puzzle: Puzzle, matrix: csr_array, columns: list[int], lower: np.ndarray, whole_numbers: bool
) -> np.ndarray:
    """A way to fill in all answers that changes some of `columns`; all ones when there is none."""
    target = np.zeros(len(puzzle.columns))
    target[columns] = 1
    low, high = np.array(puzzle.low), np.array(puzzle.high)
    if whole_numbers:
        # Any way that changes one will do, so the solver may stop far from the best.
        found = milp(
            target,
            constraints=[
                LinearConstraint(matrix, low, high),
                LinearConstraint(target[np.newaxis], -math.inf, len(columns) - 1),
            ],
            integrality=np.ones(len(target)),
            bounds=Bounds(lower, 1),
            options={"mip_rel_gap": 0.5},
        )
        if found.status == INFEASIBLE:
            return np.ones(len(target))
    else:
        ends = [(high < math.inf, matrix, high), (low > -math.inf, -matrix, -low)]
        found = linprog(
            target,
            A_ub=vstack([part[keep] for keep, part, _ in ends], format="csr"),
            b_ub=np.concatenate([end[keep] for keep, _, end in ends]),
            bounds=np.column_stack([lower, np.ones(len(target))]),
        )
    if found.x is None:
        raise AssertionError(f"What is shown fits no answers at all: {found.message}")
    return found.x


# ------------------------------------------------------------------ the figures as bounds


def _bound_whole(
    puzzle: Puzzle, world: World, seen: Seen, dimension: str, base: np.ndarray
) -> None:
    people = np.nonzero(base)[0].tolist()
    for place, column in enumerate(columns_of(world, dimension)):
        figure = seen.whole.statements[column]
        answers = [(person, place) for person in people]
        if figure.counts is not None:
            for point, number in zip(POINTS, figure.counts, strict=True):
                puzzle.bound(puzzle.add(answers, {point: 1}), number, number)
        elif figure.bands is not None:
            bands = figure.bands
            puzzle.bound(puzzle.add(answers, {1: 1, 2: 1}), bands.weak, bands.weak)
            puzzle.bound(puzzle.add(answers, {3: 1}), bands.middle, bands.middle)
            puzzle.bound(puzzle.add(answers, {4: 1, 5: 1}), bands.strong, bands.strong)
            _bound_mean(puzzle, GroupMean(figure.mean), answers)


def _bound_group(puzzle: Puzzle, group: GroupFigures, people: list[int]) -> None:
    answers = [(person, place) for person in people for place in range(ITEMS)]
    _bound_mean(puzzle, group.mean, answers)
    for place, statement in enumerate(group.statements):
        _bound_mean(puzzle, statement.mean, [(person, place) for person in people])
    # *Views differ*: two people and a quarter of them at each end.
    if group.views_differ and ("bin", people[0], 0) in puzzle.columns:
        for bins in (WEAK_BINS, STRONG_BINS):
            camp = {puzzle.columns["bin", person, place]: 1 for person in people for place in bins}
            puzzle.bound(camp, max(2, len(people) / 4 - SLACK), math.inf)


def _bound_mean(puzzle: Puzzle, mean: GroupMean, answers: list[tuple[int, int]]) -> None:
    """A mean that was rounded to 0.1, halves up: each answer's worth is its gap to an end."""
    low, high = mean.value - HALF, mean.value + HALF
    if mean.limit is not Limit.OR_BELOW:
        low = mean.value + HALF if mean.limit is Limit.OR_ABOVE else low
        gaps = {point: point - low for point in POINTS}
        puzzle.bound(puzzle.add(answers, gaps), -SLACK, math.inf)
    if mean.limit is not Limit.OR_ABOVE:
        high = mean.value - HALF if mean.limit is Limit.OR_BELOW else high
        gaps = {point: point - high for point in POINTS}
        puzzle.bound(puzzle.add(answers, gaps), -math.inf, -SLACK)


def _bound_scores(puzzle: Puzzle, seen: Seen, dimension: str, base: np.ndarray) -> None:
    """People in each half-point bin of their own scores, where that is shown."""
    figure = next(d for d in seen.whole.dimensions if d.code == dimension)
    if figure.bins is None:
        return
    people = np.nonzero(base)[0].tolist()
    for person in people:
        bins = [puzzle.unknown("bin", person, number) for number in range(BINS)]
        puzzle.bound(dict.fromkeys(bins, 1), 1, 1)
        own = [(person, place) for place in range(ITEMS)]
        for number, bin_ in enumerate(bins):
            low, high = 1 + number / 2, 1.5 + number / 2
            least = puzzle.add(own, {point: point - low for point in POINTS})
            most = puzzle.add(own, {point: point - high for point in POINTS})
            puzzle.bound(least | {bin_: -FAR}, -FAR, math.inf)
            if number < BINS - 1:
                puzzle.bound(most | {bin_: FAR}, -math.inf, FAR - HALF)
    for number, expected in enumerate(figure.bins):
        inside = {puzzle.columns["bin", person, number]: 1 for person in people}
        puzzle.bound(inside, expected, expected)


def _bound_counts(puzzle: Puzzle, rows: np.ndarray, inside: np.ndarray) -> None:
    """Counts by group, which are never published: the planted win."""
    people = np.nonzero(inside)[0].tolist()
    for place in range(ITEMS):
        for point in POINTS:
            number = sum(int(rows[person, place]) == point for person in people)
            answers = [(person, place) for person in people]
            puzzle.bound(puzzle.add(answers, {point: 1}), number, number)
