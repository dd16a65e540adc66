"""What may be shown of the whole, at each size that matters: k - 1, k, 7, 8, with known people."""

import pytest

from assessments.models.results import (
    COUNTS_OF_STATEMENT,
    SPREAD_OF_DIMENSION,
    DimensionFigure,
    Result,
    StatementFigure,
)
from tests.factories import make_closed_round, make_open_round
from tests.services.closing.rounds import answer, close

# Of a statement: with fewer than max(8, k) nothing but these.
SHOWN_FROM_K = {"people", "weak", "middle", "strong", "dont_know", "not_applicable"}
SHOWN_FROM_N = {"dont_know", "not_applicable", "prefer_not_to_say"}


def shown(model, names):
    """Which of the figures are stored in any row."""
    return {name for name in names if model.objects.filter(**{f"{name}__isnull": False}).exists()}


def close_with(people, *, known=0, smallest_group=5, choose=None):
    """Everybody answers, the first `known` of them as helpers."""
    round_ = make_open_round(people=people, smallest_group=smallest_group)
    for place, person in enumerate(round_.participants.order_by("id")):
        pick = choose(place) if choose else lambda item: 4
        answer(person, pick, helps_to_run=place < known)
    return close(round_)


@pytest.mark.parametrize(
    ("people", "known", "k", "whole", "detail"),
    [
        # The roster cannot be smaller than k, so k - 1 comes from those who help to run it.
        (5, 1, 5, False, False),
        (5, 0, 5, True, False),
        (6, 1, 5, True, False),
        (7, 0, 5, True, False),
        (8, 0, 5, True, True),
        (8, 1, 5, True, False),
        (9, 1, 5, True, True),
        (9, 0, 9, True, True),
        (9, 1, 9, False, False),
        (12, 2, 10, True, True),
    ],
)
def test_whole_is_shown_by_its_size(content, people, known, k, whole, detail):
    close_with(people, known=known, smallest_group=k)

    result = Result.objects.get()
    assert result.counted == (people if whole else None)
    assert result.invited == (people if whole else None)
    assert StatementFigure.objects.exists() == whole
    assert shown(DimensionFigure, ["mean", "people"]) == ({"mean", "people"} if whole else set())
    if whole:
        assert set(
            StatementFigure.objects.filter(group="whole").values_list("people", flat=True)
        ) == {people}
        assert shown(DimensionFigure, SPREAD_OF_DIMENSION) == (
            set(SPREAD_OF_DIMENSION) if detail else set()
        )
        assert ("counts" in shown(StatementFigure, COUNTS_OF_STATEMENT)) == detail


@pytest.mark.parametrize("people", [5, 6, 7])
def test_under_eight_a_statement_has_three_bands_and_no_more(content, people):
    close_with(people)

    assert shown(StatementFigure, COUNTS_OF_STATEMENT) == SHOWN_FROM_K | SHOWN_FROM_N


def test_a_statement_that_fewer_than_k_answered_is_not_shown(content):
    close_with(
        9,
        choose=lambda place: lambda item: -2 if item.code == "SV1" and place < 5 else 4,
    )

    figure = StatementFigure.objects.get(group="whole", code="SV1")
    assert (figure.people, figure.mean, figure.weak, figure.reading) == (None, None, None, "")
    assert (figure.dont_know, figure.not_applicable) == (5, 0)
    assert StatementFigure.objects.filter(people__isnull=True).count() == 1
    assert DimensionFigure.objects.get(group="whole", code="SV").mean is not None


def test_a_factor_needs_half_of_its_statements_shown(content):
    hidden = ("SV1", "SV2", "SV3", "SV5")

    def choose(place):
        # Two people answer all, and five enough each, so the base is whole but four statements
        # are answered by four people or fewer.
        left = {code for step, code in enumerate(hidden) if (place + step) % 7 in (0, 1, 2)}
        return lambda item: -2 if item.code in left else 4

    close_with(7, choose=choose)

    few = StatementFigure.objects.filter(code__in=hidden)
    assert set(few.values_list("people", flat=True)) == {None}
    figure = DimensionFigure.objects.get(group="whole", code="SV")
    assert (figure.people, figure.mean, figure.reading, figure.is_low) == (None, None, "", None)
    assert DimensionFigure.objects.get(group="whole", code="PC").mean is not None


def test_no_group_figure_is_stored(content):
    close_with(20)

    assert set(StatementFigure.objects.filter(group="whole").values_list("group", flat=True)) == {
        "whole"
    }
    assert set(DimensionFigure.objects.filter(group="whole").values_list("group", flat=True)) == {
        "whole"
    }


def test_a_round_soon_after_another_stores_bands_and_nothing_else(content, now):
    first = make_closed_round(people=9, now=now)

    close_soon = make_closed_round(first.partnership, people=9, now=now)

    result = Result.objects.get(round=close_soon)
    assert (result.is_bands_only, result.counted, result.invited) == (True, 9, 9)
    rows = StatementFigure.objects.filter(group="whole", result=result)
    kept = {
        name for name in COUNTS_OF_STATEMENT if rows.filter(**{f"{name}__isnull": False}).exists()
    }
    assert kept == {"weak", "middle", "strong"}
    assert not rows.exclude(mean=None, reading="", is_low=None).exists()
    scores = DimensionFigure.objects.filter(group="whole", result=result)
    assert not scores.exclude(mean=None, people=None, reading="", is_low=None).exists()
