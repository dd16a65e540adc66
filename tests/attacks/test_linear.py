"""Linear algebra over everything shown finds sums over k people and more, and wins unguarded."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np

from assessments.measures import disclosure, rule
from tests.attacks.generator import DONT_KNOW, World, make_shape, make_world, seeds
from tests.attacks.knowledge import look
from tests.attacks.linear import (
    Sums,
    find_too_small,
    forget,
    groups_that_count,
    single_out,
    sums_of_answers,
    sums_of_people,
)


def single_out_everywhere(worlds, sums_of, **fields):
    """Who can be singled out, by (seed, dimension)."""
    found = {}
    for world in worlds:
        seen = look(world)
        for dimension in world.shape.dimensions:
            people = single_out(
                sums_of(world, seen, dimension.code, **fields),
                groups_that_count(world, seen, dimension.code),
                world.k,
            )
            if people is not None:
                found[world.seed, dimension.code] = sorted(people)
    return found


def worlds():
    return (make_world(seed) for seed in seeds())


def make_plain_world(sectors, rows, k=5):
    """Everybody named and nobody known, sectors alone, one dimension of six statements."""
    people = len(sectors)
    nobody = np.zeros(people, dtype=bool)
    shape = make_shape(random.Random(1), len(rows[0]) // 6)
    return World(
        seed=0,
        shape=replace(shape, items=tuple(replace(item, reverse=False) for item in shape.items)),
        answers=np.array(rows, dtype=np.int8),
        sectors=tuple(sectors),
        organisations=(None,) * people,
        roles=(None,) * people,
        known=nobody,
        unnamed=nobody,
        invited=people,
        k=k,
    )


def test_no_combination_of_shown_sums_singles_out_fewer_than_k():
    assert single_out_everywhere(worlds(), sums_of_answers) == {}


def test_no_figure_is_about_too_few_people_by_itself():
    problems = {world.seed: list(find_too_small(world, look(world))) for world in worlds()}

    assert {seed: found for seed, found in problems.items() if found} == {}


def test_colluders_who_take_off_their_own_answers_single_out_nobody():
    found = {}
    for world in worlds():
        chance = random.Random(f"colluders {world.seed}")
        seen = look(world)
        for dimension in world.shape.dimensions:
            counts = groups_that_count(world, seen, dimension.code)
            pool = np.nonzero(counts)[0].tolist()
            for size in (1, 2, 3):
                together = set(chance.sample(pool, min(size, len(pool))))
                sums = forget(sums_of_answers(world, seen, dimension.code), together)
                people = single_out(sums, counts, world.k - len(together))
                if people is not None:
                    found[world.seed, dimension.code, size] = sorted(people)

    assert found == {}


def test_the_generator_makes_partnerships_worth_attacking():
    seen = [look(world) for world in worlds()]

    assert sum(bool(one.groups_of("A")) for one in seen) > len(seen) / 2
    assert any(group.statements for one in seen for group in one.groups)
    assert any(not one.whole.shown for one in map(look, (make_world(s) for s in range(1, 200))))


def test_the_search_finds_what_trying_every_set_finds():
    for seed in range(60):
        chance = np.random.default_rng(seed)
        rows = chance.integers(0, 2, (chance.integers(1, 6), 9)) * chance.integers(1, 4)
        sums = Sums(rows, np.arange(9))
        counts = chance.random(9) < 0.8
        tried = [
            people
            for size in range(10)
            for people in combinations(range(9), size)
            if counts[list(people)].sum() < 3
            and rank(rows[:, [p for p in range(9) if p not in people]]) < rank(rows)
        ]

        found = single_out(sums, counts, 3)

        assert (found is None) == (tried == []), seed
        assert found is None or counts[sorted(found)].sum() < 3


def rank(rows):
    return int(np.linalg.matrix_rank(rows)) if rows.size else 0


def test_numbers_of_people_do_not_tell_who_left_a_dimension_out():
    # Sectors A and B are all who answered the second dimension, so the one of C did not.
    rows = [[4] * 12] * 12 + [[4] * 6 + [DONT_KNOW] * 6]
    example = make_plain_world([*"AAAAAABBBBBB", "C"], rows)

    assert single_out_everywhere([example, *worlds()], sums_of_people) == {}


# ------------------------------------------------------------------ planted wins


def test_wins_when_groups_are_shown_without_the_rule_of_cuts(monkeypatch):
    monkeypatch.setattr(disclosure, "is_every_cut_at_least", lambda edges, k: True)

    found = single_out_everywhere(worlds(), sums_of_answers)

    assert len(found) > len(seeds()) / 2


def test_wins_when_statements_that_few_answered_do_not_close_groups(monkeypatch):
    monkeypatch.setattr(rule, "_are_linked", lambda base, counting, k: True)
    rows = [[4, 4, 4, 4, 4, DONT_KNOW]] * 15 + [[4] * 6] * 3
    example = make_plain_world(["A"] * 9 + ["B"] * 9, rows)

    # What group means hold beyond the five shown statements is the sixth, by three people.
    assert single_out_everywhere([example], sums_of_answers) == {(0, "A"): [15, 16, 17]}


def test_wins_when_the_smallest_group_is_not_asked_for(monkeypatch):
    monkeypatch.setattr(rule, "_extent", lambda people, k: rule.Extent.DETAIL)
    rows = [[4] * 5 + [DONT_KNOW]] * 9 + [[4] * 6] * 2
    example = make_plain_world(["A"] * 11, rows)

    assert single_out_everywhere([example], sums_of_answers) == {(0, "A"): [9, 10]}
    assert list(find_too_small(example, look(example))) == [
        "A6 is about 2 people",
        "the counts of A6 are about 2 people",
    ]


def test_wins_when_an_interval_lies_around_the_mean_of_peoples_own_means():
    one_left_one_out = [[4] * 6] * 11 + [[4, 4, 4, 4, 4, DONT_KNOW]]
    example = make_plain_world(["A"] * 12, one_left_one_out)

    found = single_out_everywhere([example, *worlds()], sums_of_answers, own_means=True)

    assert found[0, "A"] == [11]
    assert len(found) > 2


def test_an_interval_lies_around_the_shown_mean():
    # The last person lowers the mean of people more than the mean of the statements.
    rows = [[4] * 6] * 11 + [[1, 1, 1, 1, DONT_KNOW, DONT_KNOW]]
    seen = look(replace(make_plain_world(["A"] * 12, rows), invited=14))
    figure = seen.whole.dimensions[0]
    own_means = (11 * 4 + 1) / 12
    shown_means = (4 * own_means + 2 * 4) / 6

    middle = (figure.interval.low + figure.interval.high) / 2

    assert round(shown_means - own_means, 2) == 0.08
    assert abs(middle - shown_means) < abs(middle - own_means)


def test_wins_for_colluders_when_a_group_is_smaller_than_k():
    world = make_plain_world(["A"] * 12, [[4] * 6] * 12)
    seen = look(world)
    sums = sums_of_answers(world, seen, "A")
    everyone = np.ones(12, dtype=bool)

    # Eleven of twelve who pool what they know always know the twelfth: the promise is k - c.
    assert single_out(forget(sums, set(range(11))), everyone, 2) == {11}
    assert single_out(forget(sums, set(range(8))), everyone, 4) is None
