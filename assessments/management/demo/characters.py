"""How an invented partnership answers: a level for each dimension, or two camps."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from assessments.measures.answers import DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY
from assessments.measures.foresight import FORESIGHT_POINTS
from assessments.models.rounds import RoundItem
from assessments.services.round_items import FORESIGHT

WIDTH_OF_PEOPLE = 0.5
WIDTH_OF_STATEMENTS = 0.3
CONTACT_LEVEL, CONTACT_WIDTH = 2.9, 1.1
YES_OR_NO = "test4"
DECLINES = 0.08


@dataclass(frozen=True)
class Camp:
    """`share` of the people answer around `level` on the scale from 1 to 5."""

    share: float
    level: float
    width: float = 0.75


@dataclass(frozen=True)
class Character:
    """Camps by dimension code, with one pair of rates for what people leave out."""

    camps: Mapping[str, tuple[Camp, ...]] = field(default_factory=dict)
    otherwise: tuple[Camp, ...] = (Camp(1.0, 3.4),)
    dont_know: float = 0.04
    not_applicable: float = 0.02

    def camps_of(self, dimension: str) -> tuple[Camp, ...]:
        return self.camps.get(dimension, self.otherwise)


class InventedPerson:
    """One person's way of answering: a lean of their own and a camp for each dimension."""

    def __init__(self, character: Character, seed: str) -> None:
        self.character = character
        self.random = random.Random(seed)
        self.lean = self.random.gauss(0, WIDTH_OF_PEOPLE)
        self.camps: dict[str, Camp] = {}

    def answer(self, item: RoundItem) -> int:
        """A point of the scale, or one of the codes for an answer that is none."""
        if item.question_id:
            return self._answer_question(item)
        if item.statement_id is None:
            return self._draw(CONTACT_LEVEL, CONTACT_WIDTH)
        if item.instrument.edition.scale.code == YES_OR_NO:
            return self.random.choices([2, 1, 0, DONT_KNOW], [5, 3, 1, 1])[0]
        return self._answer_statement(item)

    def _answer_question(self, item: RoundItem) -> int:
        if item.code.startswith(FORESIGHT):
            return self.random.choices(FORESIGHT_POINTS, [1, 4, 3, 2])[0]
        return PREFER_NOT_TO_SAY if self.random.random() < DECLINES else self._draw(3.9, 0.8)

    def _answer_statement(self, item: RoundItem) -> int:
        draw = self.random.random()
        if draw < self.character.dont_know:
            return DONT_KNOW
        if draw < self.character.dont_know + self.character.not_applicable:
            return NOT_APPLICABLE if _may_not_apply(item) else DONT_KNOW
        camp = self._camp_in(item.dimension.code if item.dimension else "")
        point = self._draw(camp.level + self.lean + _lean_of_statement(item), camp.width)
        return 6 - point if item.statement and item.statement.reverse else point

    def _draw(self, level: float, width: float) -> int:
        return min(5, max(1, round(self.random.gauss(level, width))))

    def _camp_in(self, dimension: str) -> Camp:
        if dimension not in self.camps:
            camps = self.character.camps_of(dimension)
            weights = [camp.share for camp in camps]
            self.camps[dimension] = self.random.choices(camps, weights)[0]
        return self.camps[dimension]


def _lean_of_statement(item: RoundItem) -> float:
    """Some statements come out higher than others of their dimension, for everyone alike."""
    return random.Random(item.code).gauss(0, WIDTH_OF_STATEMENTS)


def _may_not_apply(item: RoundItem) -> bool:
    """The scales of pressure and of size offer only "don't know"."""
    return item.rating != RoundItem.Rating.SIZE and item.instrument.edition.scale.code == "freq5"
