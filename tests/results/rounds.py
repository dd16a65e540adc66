"""Closed rounds for the tests of results, made through the services."""

from collections.abc import Callable

from assessments.models.rounds import Round, RoundItem
from assessments.services.closing import close_round
from tests.factories import answer_all, make_open_round, owner_of

EVERYTHING = ("five_factors", "six_ways", "practice", "context", "differences")
Choose = Callable[[int], Callable[[RoundItem], int]]


def turned(item: RoundItem, value: int) -> int:
    """The answer that stands for `value` once a reversed statement is turned round."""
    return 6 - value if item.statement.reverse else value


def close_with(choose: Choose, *, people: int = 12, helpers: int = 0, **fields) -> Round:
    """A round in which person number `place` answers `choose(place)(item)`, turned."""
    round_ = make_open_round(people=people, **fields)
    for place, person in enumerate(round_.participants.order_by("id")):
        pick = choose(place)
        answer_all(
            person,
            lambda item, pick=pick: turned(item, pick(item)),
            helps_to_run=place < helpers,
        )
    return close_round(round_=round_, actor=owner_of(round_.partnership), now=round_.ends_at)


def by_factor(**values: int | tuple[int, int]) -> Choose:
    """A value for each factor; a pair for two camps. Four for all that is not named."""

    def choose(place: int):
        def pick(item: RoundItem) -> int:
            value = values.get(item.dimension.code, 4)
            return value if isinstance(value, int) else value[place % 2]

        return pick

    return choose
