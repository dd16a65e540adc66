"""The stored figures of a round equal a slow, independent computation from its answers."""

import json
from decimal import Decimal

import pytest

from assessments.models.results import DimensionFigure, Result, StatementFigure
from assessments.models.rounds import RoundItem
from tests.factories import make_open_round
from tests.measures import naive
from tests.services.closing.rounds import answer_at_random, close, make_answered_round


def matrix_of(round_, answered, instrument="five_factors"):
    """Rows of answers by person, columns in the order of the items; -1 for what was left out."""
    items = list(
        RoundItem.objects.filter(
            round=round_, instrument__edition__instrument__code=instrument
        ).order_by("order")
    )
    rows = [[person.values.get(item.code, -1) for item in items] for person in answered]
    return items, naive.turned_rows(rows, [item.statement.reverse for item in items])


def expected_statements(items, rows, known, k, minimum):
    figures = {}
    for column, item in enumerate(items):
        own = [place for place, one in enumerate(items) if one.dimension_id == item.dimension_id]
        base = [person for person, row in enumerate(rows) if naive.in_base(row, own, minimum)]
        figures[item.code] = naive.statement(rows, column, base, known, k)
    return figures


def stored_statement(figure):
    """The stored row in the words of `naive`, without what is not shown."""
    found = {
        "answered": figure.people,
        "mean": figure.mean,
        "bands": None if figure.weak is None else (figure.weak, figure.middle, figure.strong),
        "counts": figure.counts and tuple(figure.counts),
        "median": figure.median,
        "sd": figure.standard_deviation,
        "ad": figure.average_deviation,
    }
    return {
        name: float(value) if isinstance(value, Decimal) else value
        for name, value in found.items()
        if value is not None
    }


@pytest.mark.parametrize(("people", "seed"), [(5, 11), (7, 12), (8, 13), (12, 14), (20, 15)])
def test_statement_figures_equal_a_naive_computation(content, people, seed):
    round_, answered = make_answered_round(people, seed=seed)
    items, rows = matrix_of(round_, answered)

    close(round_)

    counted = [row for row in rows if any(naive.in_base(row, own, 4) for own in factors(items))]
    stored = {
        figure.code: stored_statement(figure)
        for figure in StatementFigure.objects.filter(group="whole")
    }
    expected = expected_statements(items, counted, [False] * len(counted), 5, 4)
    if len(counted) < 5:
        expected = {}
    assert stored == expected
    assert len(counted) >= 5 or Result.objects.get().counted is None


@pytest.mark.parametrize(("people", "seed"), [(7, 21), (12, 22), (20, 23)])
def test_dimension_figures_equal_a_naive_computation(content, people, seed):
    round_, answered = make_answered_round(people, seed=seed)
    items, rows = matrix_of(round_, answered)

    close(round_)

    known = [False] * len(rows)
    for columns in factors(items):
        code = items[columns[0]].dimension.code
        expected = naive.dimension(rows, columns, 4, known, 5)
        figure = DimensionFigure.objects.get(group="whole", code=code)
        assert figure.people == expected.get("answered")
        assert as_number(figure.mean) == expected.get("mean")
        assert as_number(figure.median) == expected.get("median")
        assert (figure.bins and tuple(figure.bins)) == expected.get("bins")


def test_dont_know_and_not_applicable_are_counted_over_all_who_count(content):
    round_, answered = make_answered_round(14, seed=31)
    items, rows = matrix_of(round_, answered)

    close(round_)

    counted = [row for row in rows if any(naive.in_base(row, own, 4) for own in factors(items))]
    stored = {
        figure.code: (figure.dont_know, figure.not_applicable)
        for figure in StatementFigure.objects.filter(group="whole")
    }
    assert stored == {
        item.code: (
            sum(row[column] == -2 for row in counted),
            sum(row[column] == -3 for row in counted),
        )
        for column, item in enumerate(items)
    }


def test_known_people_stay_in_the_figures_and_leave_the_sizes(content):
    round_ = make_open_round(people=6)
    people = list(round_.participants.order_by("id"))
    answered = [
        answer_at_random(person, 40 + place, helps_to_run=place < 2)
        for place, person in enumerate(people)
    ]
    _items, rows = matrix_of(round_, answered)

    close(round_)

    # Four are left to count: fewer than five.
    assert Result.objects.get().counted is None
    assert not StatementFigure.objects.exists()
    assert len(rows) == 6


def test_known_people_are_in_the_mean(content):
    round_ = make_open_round(people=7)
    people = list(round_.participants.order_by("id"))
    answered = [
        answer_at_random(person, 50 + place, helps_to_run=place == 0)
        for place, person in enumerate(people)
    ]
    items, rows = matrix_of(round_, answered)
    known = [person.is_known for person in answered]

    close(round_)

    stored = {
        figure.code: stored_statement(figure)
        for figure in StatementFigure.objects.filter(group="whole")
    }
    assert stored == expected_statements(items, rows, known, 5, 4)


def test_every_stored_number_is_rounded(content):
    round_, _ = make_answered_round(13, seed=61)

    close(round_)

    for model in (StatementFigure, DimensionFigure):
        for row in model.objects.values():
            for value in row.values():
                if isinstance(value, Decimal):
                    assert -value.as_tuple().exponent <= 2
                    assert not (value == 0 and value.is_signed())
                assert not isinstance(value, float)
            assert "." not in json.dumps([row.get("counts"), row.get("bins")])


def factors(items):
    """The columns of each factor."""
    codes = dict.fromkeys(item.dimension_id for item in items)
    return [
        [place for place, item in enumerate(items) if item.dimension_id == code] for code in codes
    ]


def as_number(value):
    return None if value is None else float(value)
