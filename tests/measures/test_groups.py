import numpy as np
import pytest

from assessments.measures.groups import (
    ContactCell,
    GroupFigures,
    GroupMean,
    GroupStatement,
    Limit,
    publish_contact,
    publish_groups,
)
from assessments.measures.labels import Group, GroupKind, Labels
from tests.measures.shapes import make_instrument

A, B = Group(GroupKind.SECTOR, "A"), Group(GroupKind.SECTOR, "B")
SHAPE = make_instrument(dimensions=1, items=3, min_answered=2)


def sectors(*labels):
    return Labels.of(list(labels), [None] * len(labels), [None] * len(labels))


def publish(rows, labels, known=(), unnamed=(), shape=SHAPE, **options):
    people = range(len(rows))
    return publish_groups(
        shape,
        np.array(rows, dtype=np.int8),
        labels,
        [person in known for person in people],
        [person in unnamed for person in people],
        **options,
    )


def test_a_small_group_shows_its_people_and_mean_and_nothing_else():
    rows = [[2, 2, 3]] * 5 + [[4, 4, 4]] * 6

    assert publish(rows, sectors(*["A"] * 5, *["B"] * 6)) == (
        GroupFigures(A, "A", shown=True, people=5, mean=GroupMean(2.3)),
        GroupFigures(B, "A", shown=True, people=6, mean=GroupMean(4.0)),
    )


def test_a_group_of_twice_k_shows_its_statements_and_whether_views_differ():
    rows = [[1, 2, 3]] * 5 + [[5, 5, 4]] * 5 + [[4, 4, 4]] * 10

    first, second = publish(rows, sectors(*["A"] * 10, *["B"] * 10))

    assert first == GroupFigures(
        A,
        "A",
        shown=True,
        statements_shown=True,
        people=10,
        mean=GroupMean(3.3),
        statements=(
            GroupStatement("A1", GroupMean(3.0)),
            GroupStatement("A2", GroupMean(3.5)),
            GroupStatement("A3", GroupMean(3.5)),
        ),
        views_differ=True,
    )
    assert second.views_differ is False


def test_hidden_groups_are_named_and_empty():
    rows = [[4, 4, 4]] * 13

    assert publish(rows, sectors(*["A"] * 9, *["B"] * 4)) == (
        GroupFigures(A, "A"),
        GroupFigures(B, "A"),
    )


def test_known_and_unnamed_people_stay_in_the_figures_of_their_group():
    rows = [[1, 1, 1], [2, 2, 2]] + [[4, 4, 4]] * 5 + [[3, 3, 3]] * 6

    first, _ = publish(rows, sectors(*["A"] * 7, *["B"] * 6), known={0}, unnamed={1})

    assert (first.people, first.mean) == (7, GroupMean(3.3))


def test_a_mean_is_that_of_all_answers_of_the_base():
    # Own means 4.0 (five people) and 1.5 (one, of two answers): answers 62 / 17.
    # The last person answered one statement only and is not in the base.
    rows = [[4, 4, 4]] * 5 + [[1, 2, -2]] + [[3, 3, 3]] * 6 + [[1, -2, -2]]

    first, _ = publish(rows, sectors(*["A"] * 6, *["B"] * 6, "A"))

    assert (first.people, first.mean) == (6, GroupMean(3.7))


def test_means_near_the_ends_are_told_only_as_beyond_them():
    labels = sectors(*["A"] * 5, *["B"] * 5)
    low, high = publish([[1, 1, 2]] * 5 + [[5, 5, 4]] * 5, labels)
    inside, at = publish([[1, 2, 2]] * 5 + [[5, 4, 5]] * 3 + [[4, 4, 5]] * 2, labels)

    assert low.mean == GroupMean(1.5, Limit.OR_BELOW)
    assert high.mean == GroupMean(4.5, Limit.OR_ABOVE)
    assert inside.mean == GroupMean(1.7)
    assert at.mean == GroupMean(4.5)


def test_reversed_statements_are_turned_round_in_groups_too():
    shape = make_instrument(dimensions=1, items=3, min_answered=2, reverse=("A3",))

    first, _ = publish([[2, 2, 4]] * 10, sectors(*["A"] * 5, *["B"] * 5), shape=shape)

    assert first.mean == GroupMean(2.0)


def test_soon_after_another_round_and_below_k_no_group_is_shown():
    rows = [[4, 4, 4]] * 10
    labels = sectors(*["A"] * 5, *["B"] * 5)

    assert publish(rows, labels, bands_only=True) == (GroupFigures(A, "A"), GroupFigures(B, "A"))
    assert publish(rows, labels, k=6) == (GroupFigures(A, "A"), GroupFigures(B, "A"))
    with pytest.raises(ValueError, match="never below 5"):
        publish(rows, labels, k=4)
    with pytest.raises(ValueError, match="Labels of 10"):
        publish(rows[:9], labels)


def test_only_dimensions_with_a_score_have_groups_and_all_their_groups_are_listed():
    labels = Labels.of(["A"] * 6, ["a1"] * 6, ["x"] * 6)
    scored = make_instrument(dimensions=2, items=3)

    figures = publish([[4] * 6] * 6, labels, shape=scored)

    assert [(figure.dimension, figure.group.kind.value) for figure in figures] == [
        (dimension, kind) for dimension in "AB" for kind in ("sector", "organisation", "role")
    ]
    no_score = make_instrument(dimensions=1, items=3, has_score=False)
    assert publish([[4] * 3] * 6, labels, shape=no_score) == ()


def test_contact_is_told_by_the_nearest_word_in_cells_that_the_rule_allows():
    rows = [[1, 2]] * 3 + [[2, -3]] * 3 + [[4, 4]] * 3 + [[5, 4]] * 2
    none = [False] * 11

    cells = publish_contact(("to A", "to B"), rows, sectors(*["A"] * 6, *["B"] * 5), none, none)

    assert cells == (
        ContactCell(A, "to A", shown=True, point=1),  # 1.5: the weaker of two
        ContactCell(A, "to B"),
        ContactCell(B, "to A", shown=True, point=4),
        ContactCell(B, "to B"),
    )
