"""Random partnerships: people with labels, and what they answered, each from a seed."""

import os
import random
from dataclasses import dataclass

import numpy as np

from assessments.measures.shapes import DimensionShape, InstrumentShape, ItemShape

DEFAULT_ROUNDS = 200
ROLES = ("chief", "board", "director", "clinical", "manager", "other", "lead", "officer")
ITEMS = 6
LEAST_ANSWERED = 4
BLANK, DONT_KNOW, NOT_APPLICABLE = -1, -2, -3

# How people of a partnership answer: weights of the points 1 to 5.
MOODS = {
    "even": (1, 1, 1, 1, 1),
    "content": (0, 1, 2, 5, 4),
    "weary": (4, 5, 2, 1, 0),
    "two camps": (5, 1, 0, 1, 5),
    "nearly one mind": (0, 0, 0, 30, 1),
    "ends": (1, 0, 0, 0, 1),
}


@dataclass(frozen=True, eq=False)
class World:
    """One population of one instrument, with everything that only the test may know.

    A label is a text or None. `answers` has shape (people, items), as given (reversed items not
    turned). `known` help to run the round; `unnamed` came without a name.
    """

    seed: int
    shape: InstrumentShape
    answers: np.ndarray
    sectors: tuple[str | None, ...]
    organisations: tuple[str | None, ...]
    roles: tuple[str | None, ...]
    known: np.ndarray
    unnamed: np.ndarray
    invited: int
    k: int

    @property
    def people(self) -> int:
        return len(self.answers)

    def __repr__(self) -> str:
        return f"World(seed={self.seed}, people={self.people}, k={self.k})"


def seeds(default: int = DEFAULT_ROUNDS) -> range:
    """The seeds of an attack's partnerships, one each; a failing test prints those it failed on.

    `ATTACK_ROUNDS` asks for another number than 200; a costly attack takes its share of them.
    """
    wanted = int(os.environ.get("ATTACK_ROUNDS") or DEFAULT_ROUNDS)
    return range(1, max(default, wanted * default // DEFAULT_ROUNDS) + 1)


def make_world(
    seed: int,
    *,
    dimensions: int = 2,
    people: tuple[int, int] = (5, 60),
    sectors: tuple[int, int] = (1, 6),
    organisations: tuple[int, int] = (1, 12),
    roles: tuple[int, int] = (1, 8),
    mood: str | None = None,
    leaving_out: tuple[float, ...] = (0.0, 0.02, 0.1, 0.25),
) -> World:
    """A random partnership; the ranges are the smallest and the largest."""
    chance = random.Random(f"world {seed}")
    number = chance.randint(*people)
    sector_names = [f"sector {n}" for n in range(chance.randint(*sectors))]
    homes = {
        f"organisation {n}": chance.choice(sector_names)
        for n in range(chance.randint(*organisations))
    }
    role_names = ROLES[: chance.randint(*roles)]
    missing = chance.choice((0.0, 0.0, 0.05, 0.2))
    # Real partnerships are lopsided: one large trust, many small partners.
    weights = [chance.choice((1, 1, 2, 5)) for _ in homes]
    labels = [
        _label_person(chance, homes, weights, sector_names, role_names, missing)
        for _ in range(number)
    ]
    share_known = chance.choice((0.0, 0.0, 0.05, 0.15))
    share_unnamed = chance.choice((0.0, 0.0, 0.0, 0.1))
    shape = make_shape(chance, dimensions)
    return World(
        seed=seed,
        shape=shape,
        answers=_answer(chance, number, len(shape.items), mood, leaving_out),
        sectors=tuple(label[0] for label in labels),
        organisations=tuple(label[1] for label in labels),
        roles=tuple(label[2] for label in labels),
        known=np.array([chance.random() < share_known for _ in range(number)], dtype=bool),
        unnamed=np.array([chance.random() < share_unnamed for _ in range(number)], dtype=bool),
        invited=number + chance.choice((0, 0, 1, 3, 10)),
        k=chance.choice((5, 5, 5, 6)),
    )


def make_shape(chance: random.Random, dimensions: int) -> InstrumentShape:
    """Like the five factors: six statements each, four of them needed, some reversed."""
    letters = "ABCDE"[:dimensions]
    return InstrumentShape(
        code="five_factors",
        dimensions=tuple(DimensionShape(letter, LEAST_ANSWERED, True) for letter in letters),
        items=tuple(
            ItemShape(f"{letter}{number}", letter, reverse=chance.random() < 0.15)
            for letter in letters
            for number in range(1, ITEMS + 1)
        ),
    )


def _label_person(
    chance: random.Random,
    homes: dict[str, str],
    weights: list[int],
    sector_names: list[str],
    role_names: tuple[str, ...],
    missing: float,
) -> tuple[str | None, str | None, str | None]:
    role = None if chance.random() < missing else chance.choice(role_names)
    if chance.random() < missing:
        # No organisation; half of these name a sector all the same.
        return (chance.choice(sector_names) if chance.random() < 0.5 else None), None, role
    organisation = chance.choices(list(homes), weights)[0]
    return homes[organisation], organisation, role


def _answer(
    chance: random.Random, people: int, items: int, mood: str | None, leaving_out: tuple[float, ...]
) -> np.ndarray:
    rows = np.empty((people, items), dtype=np.int8)
    share = chance.choice(leaving_out)
    # A statement that many cannot judge, so that whole statements are hidden too.
    hard = {item for item in range(items) if share and chance.random() < 0.08}
    moods = [mood or chance.choice(list(MOODS)) for _ in range(items)]
    for person in range(people):
        leaves_out = chance.random() < 0.5
        for item in range(items):
            risk = (share if leaves_out else 0) + (0.5 if item in hard else 0)
            if chance.random() < risk:
                rows[person, item] = chance.choice((BLANK, DONT_KNOW, DONT_KNOW, NOT_APPLICABLE))
            else:
                rows[person, item] = chance.choices(range(1, 6), MOODS[moods[item]])[0]
    return rows
