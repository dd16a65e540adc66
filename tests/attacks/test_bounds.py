"""Integer programming forces no answer beyond agreement, and wins when counts are by group."""

import random
from itertools import islice

import numpy as np
import pytest

from tests.attacks.bounds import fits, forced, forced_by_agreement, pose, truth
from tests.attacks.generator import make_world, seeds
from tests.attacks.knowledge import base_of, look, members

MOODS_TO_TRY = (None, "ends", "two camps", "nearly one mind", "content")


def worlds_with_groups(number, largest):
    """So many small partnerships of which some group is shown."""
    seed = 0
    while number:
        seed += 1
        world = make_world(
            seed,
            dimensions=1,
            people=(10, largest),
            sectors=(1, 3),
            organisations=(1, 4),
            roles=(1, 4),
            mood=MOODS_TO_TRY[seed % len(MOODS_TO_TRY)],
        )
        seen = look(world)
        if seen.groups_of("A"):
            number -= 1
            yield world, seen


def find_forced(worlds, colluding=0, whole_numbers=True, **fields):
    """Forced answers beyond agreement, by seed; colluders are all of one group."""
    found = {}
    for world, seen in worlds:
        inside = members(world, seen.groups_of("A")[0].group) & base_of(world, "A")
        chance = random.Random(f"colluders {world.seed}")
        pool = np.nonzero(inside)[0].tolist()
        own = set(chance.sample(pool, min(colluding, len(pool) - 1)))
        puzzle = pose(world, seen, "A", **fields)
        answers = truth(world, "A")
        forced_answers = forced(puzzle, answers, own, whole_numbers=whole_numbers)
        if fields.get("knows_gaps"):
            forced_answers = {answer for answer in forced_answers if answers[answer]}
        beyond = forced_answers - forced_by_agreement(world, seen, "A", own)
        if beyond:
            found[world.seed] = sorted(beyond)
    return found


@pytest.mark.parametrize("colluding", [0, 2])
def test_no_answer_is_forced_beyond_agreement(colluding):
    worlds = worlds_with_groups(len(seeds(20)), largest=14)

    assert find_forced(worlds, colluding) == {}


def test_in_large_partnerships_linear_programming_forces_no_answer():
    # Mixtures of points allowed: quick for sixty people, and all it finds would be certain.
    worlds = worlds_with_groups(len(seeds(10)), largest=60)

    assert find_forced(worlds, whole_numbers=False) == {}


def test_what_is_true_fits_all_that_is_shown():
    for world, seen in islice(worlds_with_groups(4, largest=30), 4):
        for knows_gaps in (False, True):
            puzzle = pose(world, seen, "A", knows_gaps=knows_gaps)

            assert fits(puzzle, truth(world, "A")), world


def test_wins_when_counts_are_shown_by_group():
    crossing = [
        (world, seen)
        for world, seen in worlds_with_groups(24, largest=24)
        if len(seen.groups_of("A")) > 2
    ]
    # Linear programming is quick, so the adversary may also know who left out what.
    attack = {"whole_numbers": False, "knows_gaps": True}

    assert find_forced(crossing, **attack) == {}
    assert len(find_forced(crossing, **attack, counts_by_group=True)) > len(crossing) / 4
