"""The rule as a whole, against every set of people that linear algebra could single out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from assessments.measures.answers import is_on_scale
from assessments.measures.base import dimension_bases
from assessments.measures.labels import Group, GroupKind, Labels
from assessments.measures.rule import Extent, WholeDecision, decide, decide_contact
from tests.measures.shapes import make_instrument
from tests.measures.span import is_singled_out, singled_out

NONE = frozenset()


def sector(label):
    return Group(GroupKind.SECTOR, label)


def sectors(*labels):
    return Labels.of(list(labels), [None] * len(labels), [None] * len(labels))


def flags(people, *true):
    return np.array([person in true for person in range(people)], dtype=bool)


def decide_all(rows, labels, k=5, known=(), unnamed=(), shape=None):
    answers = np.array(rows, dtype=np.int8)
    people = len(answers)
    shape = shape or make_instrument(dimensions=1, items=3, min_answered=2)
    return decide(shape, answers, labels, flags(people, *known), flags(people, *unnamed), k)


def test_everybody_answering_everything_opens_groups_by_k_and_statements_by_two_k():
    labels = sectors(*["A"] * 10, *["B"] * 5)

    disclosure = decide_all([[4, 4, 4]] * 15, labels)
    ten_each = decide_all([[4, 4, 4]] * 20, sectors(*["A"] * 10, *["B"] * 10))

    assert disclosure.whole == WholeDecision(True, (Extent.DETAIL,) * 3, (Extent.DETAIL,))
    assert disclosure.groups[0].means == {sector("A"), sector("B")}
    assert disclosure.groups[0].statements == NONE  # A's statements would give B's, five people
    assert ten_each.groups[0].statements == {sector("A"), sector("B")}


def test_nothing_is_shown_of_groups_where_the_whole_is_not_shown():
    disclosure = decide_all([[4, 4, 4]] * 6, sectors(*["A"] * 6), known=(0, 1))

    assert disclosure.whole == WholeDecision(False, (Extent.NOTHING,) * 3, (Extent.NOTHING,))
    assert (disclosure.groups[0].means, disclosure.groups[0].statements) == (NONE, NONE)


def test_known_and_unnamed_people_do_not_make_up_the_size_of_a_group():
    labels = sectors(*["A"] * 6, *["B"] * 6)
    rows = [[4, 4, 4]] * 12

    assert decide_all(rows, labels, known=(0, 1)).groups[0].means == NONE
    assert decide_all(rows, labels, unnamed=(0, 1)).groups[0].means == NONE
    assert decide_all(rows, labels, unnamed=(0,)).groups[0].means == {sector("A"), sector("B")}


def test_unnamed_people_count_towards_the_whole():
    disclosure = decide_all([[4, 4, 4]] * 6, sectors(*["A"] * 6), unnamed=range(6))

    assert disclosure.whole.shown is True
    assert disclosure.groups[0].means == NONE


def test_a_statement_that_few_answered_closes_the_groups_of_its_dimension():
    labels = sectors(*["A"] * 6, *["B"] * 6)
    rows = [[4, 4, -2]] * 9 + [[4, 4, 4]] * 3

    disclosure = decide_all(rows, labels)

    assert disclosure.whole.dimensions == (Extent.DETAIL,)
    assert disclosure.groups[0].means == NONE


def test_dimensions_without_a_score_have_no_groups():
    shape = make_instrument(dimensions=1, items=3, min_answered=1, has_score=False)

    disclosure = decide_all([[4, 4, 4]] * 12, sectors(*["A"] * 12), shape=shape)

    assert disclosure.groups == ()
    assert disclosure.whole.dimensions == (Extent.NOTHING,)


def test_a_contact_cell_needs_k_people_of_the_sector_and_k_outside_it():
    labels = sectors(*["A"] * 7, *["B"] * 5, "C")
    answered = np.ones((13, 3), dtype=bool)
    answered[7:12, 1] = False
    answered[12, 2] = False

    cells = decide_contact(labels, answered, flags(13), flags(13), 5)

    assert cells == ({sector("A")}, NONE, {sector("A"), sector("B")})


# ------------------------------------------------------------------ the guarantee


def shown_sums(shape, answers, labels, disclosure):
    """One row for each sum that is shown, one column for each answer on the scale."""
    rows = []
    bases = dimension_bases(shape, answers)
    for base, decision in zip(bases, disclosure.groups, strict=True):
        for place, column in enumerate(base.columns):
            statement = np.zeros(answers.shape, dtype=int)
            statement[base.answered[:, place], column] = 1
            if disclosure.whole.statements[column] > Extent.NOTHING:
                rows.append(statement)
            for group in decision.statements:
                rows.append(statement * labels.members(group)[:, np.newaxis])
        for group in decision.means:
            mean = np.zeros(answers.shape, dtype=int)
            mean[:, list(base.columns)] = base.answered & labels.members(group)[:, np.newaxis]
            rows.append(mean)
    owners = np.repeat(np.arange(len(answers))[:, np.newaxis], answers.shape[1], axis=1)
    on_scale = is_on_scale(answers)
    sums = np.array([row[on_scale] for row in rows]).reshape(len(rows), int(on_scale.sum()))
    return sums, owners[on_scale].tolist()


@st.composite
def populations(draw, items, people, answers):
    number = draw(st.integers(*people))
    where = ["A -", "A a1", "A a2", "B b1", "B -", "- -"]
    labels = [
        [None if word == "-" else word for word in draw(st.sampled_from(where)).split()]
        + [draw(st.sampled_from(["x", "y", None]))]
        for _ in range(number)
    ]
    matrix = draw(hnp.arrays(np.int8, (number, items), elements=st.sampled_from(answers)))
    known = draw(st.lists(st.sampled_from([False] * 6 + [True]), min_size=number, max_size=number))
    return Labels.of(*(list(c) for c in zip(*labels, strict=True))), matrix, np.array(known)


@settings(max_examples=120)
@given(populations(items=3, people=(6, 14), answers=[4] * 5 + [-2]), st.integers(2, 3))
def test_no_combination_of_all_that_is_shown_is_about_fewer_than_k(population, k):
    labels, answers, known = population
    shape = make_instrument(dimensions=1, items=3, min_answered=2)
    unnamed = np.zeros_like(known)

    disclosure = decide(shape, answers, labels, known, unnamed, k)

    sums, owners = shown_sums(shape, answers, labels, disclosure)
    assert singled_out(sums, owners, k, ~known) is None


def test_a_group_mean_of_peoples_own_means_would_give_away_who_left_a_statement_out():
    """Why the published mean of a group is that of its answers."""
    answers = np.array([[4, 4, 4]] * 11 + [[4, 4, -2]], dtype=np.int8)
    labels = sectors(*["A"] * 6, *["B"] * 6)
    shape = make_instrument(dimensions=1, items=3, min_answered=2)
    none = flags(12)
    disclosure = decide(shape, answers, labels, none, none, 5)

    sums, owners = shown_sums(shape, answers, labels, disclosure)
    own_means = sums.copy()
    answered = is_on_scale(answers).sum(axis=1)
    means = sums[3:] * np.array([6 // answered[owner] for owner in owners])
    own_means[3:] = means

    assert disclosure.groups[0].means == {sector("A"), sector("B")}
    assert singled_out(sums, owners, 5, ~none) is None
    assert singled_out(own_means, owners, 5, ~none) == {11}


def test_skipping_by_organisation_cannot_give_away_the_one_who_did_not_skip():
    """Sectors, roles and an organisation that is their crossing; each skips two statements.

    Without the condition on those who answered every statement, the answer of the one person of
    a1 to the first statement would be the mean of a1 minus four statements of sectors and roles.
    """
    cells = {
        ("A", "a1", "x"): [-2, -2, 4, 4, 4, 4],
        ("A", "a2", "y"): [4, 4, -2, -2, 4, 4],
        ("B", "b1", "x"): [4, 4, 4, 4, -2, -2],
        ("B", "b2", "y"): [4, 4, 4, 4, 4, 4],
    }
    people = [cell for cell in cells for _ in range(8)]
    answers = np.array([cells[cell] for cell in people], dtype=np.int8)
    answers[0] = [4, -2, -2, 4, 4, 4]
    labels = Labels.of(*(list(column) for column in zip(*people, strict=True)))
    shape = make_instrument(dimensions=1, items=6, min_answered=4)
    none = flags(len(people))

    disclosure = decide(shape, answers, labels, none, none, 2)

    sums, owners = shown_sums(shape, answers, labels, disclosure)
    assert disclosure.groups[0].means != NONE
    assert singled_out(sums, owners, 2, ~none) is None


def test_a_few_who_answered_everything_do_not_join_what_the_others_leave_apart():
    """The same with one full answerer in each cell: four people, fewer than k, would be told."""
    cells = {
        ("A", "a1", "x"): [-2, -2, 4, 4, 4, 4],
        ("A", "a2", "y"): [4, 4, -2, -2, 4, 4],
        ("B", "b1", "x"): [4, 4, 4, 4, -2, -2],
        ("B", "b2", "y"): [4, 4, 4, 4, 4, 4],
    }
    people = [cell for cell in cells for _ in range(20)]
    answers = np.array([cells[cell] for cell in people], dtype=np.int8)
    answers[[0, 20, 40]] = 4
    labels = Labels.of(*(list(column) for column in zip(*people, strict=True)))
    shape = make_instrument(dimensions=1, items=6, min_answered=4)
    none = flags(len(people))

    disclosure = decide(shape, answers, labels, none, none, 5)

    sums, owners = shown_sums(shape, answers, labels, disclosure)
    assert len(disclosure.groups[0].means) == 8
    assert is_singled_out(sums, owners, {0, 20, 40}) is False
