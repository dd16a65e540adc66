from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.measures.disclosure import (
    Chooser,
    choose,
    is_every_cut_at_least,
    smallest_cut,
)
from assessments.measures.labels import Group, GroupKind, Labels
from tests.measures.span import singled_out


def sector(label):
    return Group(GroupKind.SECTOR, label)


def organisation(label):
    return Group(GroupKind.ORGANISATION, label)


def role(label):
    return Group(GroupKind.ROLE, label)


def make_labels(*people):
    """People as "sector organisation role", with - for none."""
    rows = [[None if word == "-" else word for word in person.split()] for person in people]
    return Labels.of(*(list(column) for column in zip(*rows, strict=True)))


def everyone(labels):
    return np.ones(len(labels.sectors), dtype=bool)


def choose_all(labels, k, counting=None):
    flags = everyone(labels)
    return choose(labels, flags, flags if counting is None else np.array(counting), k)


def show_sums(labels, groups, people):
    """The shown sums of one number a person: the whole and each group."""
    rows = [people, *(people & labels.members(group) for group in groups)]
    return np.array(rows)[:, people].astype(int), np.flatnonzero(people).tolist()


# ------------------------------------------------------------------ the cut


@st.composite
def edge_lists(draw):
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, 4), st.integers(-4, -1)), unique=True, min_size=1, max_size=10
        )
    )
    return {pair: draw(st.integers(0, 6)) for pair in pairs}


def cut_by_trial(edges):
    """The smallest cut of a component, by trying all ways to part its nodes."""
    graph = nx.Graph(list(edges))
    best = None
    for component in nx.connected_components(graph):
        nodes = sorted(component)
        for number in range(1, len(nodes)):
            for side in combinations(nodes, number):
                weight = sum(
                    people
                    for (one, other), people in edges.items()
                    if one in component and (one in side) != (other in side)
                )
                best = weight if best is None else min(best, weight)
    return best


@settings(max_examples=80)
@given(edge_lists())
def test_smallest_cut_is_that_of_trying_all(edges):
    assert smallest_cut(edges) == cut_by_trial(edges)


@settings(max_examples=80)
@given(edge_lists(), st.integers(1, 9))
def test_the_faster_question_has_the_same_answer(edges, k):
    assert is_every_cut_at_least(edges, k) is (cut_by_trial(edges) >= k)


def test_without_edges_there_is_no_cut():
    assert smallest_cut({}) is None
    assert is_every_cut_at_least({}, 5) is True


# ------------------------------------------------------------------ choosing


def test_a_remainder_below_k_takes_the_smallest_group_with_it():
    labels = make_labels(*["A - -"] * 8, *["B - -"] * 6, *["C - -"] * 3)

    assert choose_all(labels, 5) == {sector("A")}


def test_a_remainder_of_k_may_stay():
    labels = make_labels(*["A - -"] * 8, *["B - -"] * 6, *["C - -"] * 5)
    hidden = make_labels(*["A - -"] * 8, *["B - -"] * 6, *["C - -"] * 4, "D - -")

    assert choose_all(labels, 5) == {sector("A"), sector("B"), sector("C")}
    assert choose_all(hidden, 5) == {sector("A"), sector("B")}


def test_an_organisation_one_short_of_its_sector_is_hidden_before_the_sector():
    labels = make_labels(*["A a1 -"] * 6, "A a2 -", *["B b1 -"] * 6)

    assert choose_all(labels, 5) == {sector("A"), sector("B"), organisation("b1")}


def test_a_hidden_sector_may_hold_a_shown_organisation():
    # The whole without sector A would be two people; without organisation a1 it is six.
    labels = make_labels(*["A a1 -"] * 6, *["A a2 -"] * 4, *["- - -"] * 2)

    assert choose_all(labels, 5) == {organisation("a1")}


def test_one_person_where_sector_and_role_cross_hides_one_kind():
    # Sector A without role x would be the one person who is neither B nor x.
    labels = make_labels(*["A - x"] * 7, "A - y", *["B - y"] * 7)

    assert choose_all(labels, 5) == {role("x"), role("y")}


def test_missing_labels_are_a_block_of_their_own():
    labels = make_labels(*["A a1 x"] * 6, *["A - x"] * 5, *["- - -"] * 5)
    too_few = make_labels(*["A a1 x"] * 6, *["A - x"] * 4, *["- - -"] * 5)

    assert choose_all(labels, 5) == {sector("A"), organisation("a1"), role("x")}
    assert choose_all(too_few, 5) == {sector("A"), role("x")}


def test_one_group_that_is_everybody_may_be_shown():
    assert choose_all(make_labels(*["A - -"] * 5), 5) == {sector("A")}


def test_nobody_everybody_known_and_too_few_show_no_group():
    labels = make_labels(*["A a1 x"] * 9)
    nobody = np.zeros(9, dtype=bool)

    assert choose(labels, nobody, everyone(labels), 5) == frozenset()
    assert choose_all(labels, 5, counting=[False] * 9) == frozenset()
    assert choose_all(make_labels(*["A a1 x"] * 4), 5) == frozenset()
    assert choose_all(Labels.of([], [], []), 5) == frozenset()


def test_a_known_person_alone_in_a_remainder_is_protected_too():
    labels = make_labels(*["A a1 -"] * 6, "A a2 -", *["B - -"] * 6)
    counting = [True] * 6 + [False] + [True] * 6

    chosen = choose_all(labels, 5, counting)

    assert not {sector("A"), organisation("a1")} <= chosen


def test_only_who_answered_matters():
    labels = make_labels(*["A - -"] * 9, *["B - -"] * 9)
    people = np.array([True] * 9 + [True] * 4 + [False] * 5)

    assert choose(labels, people, everyone(labels), 5) == frozenset()


@st.composite
def partnerships(draw, largest=12):
    people = draw(st.integers(1, largest))
    rows = []
    for _ in range(people):
        where = draw(st.sampled_from(["- -", "A -", "A a1", "A a2", "B -", "B b1", "B b2"]))
        rows.append(f"{where} {draw(st.sampled_from(['x', 'y', 'z', '-']))}")
    counting = draw(st.lists(st.booleans() | st.just(True), min_size=people, max_size=people))
    answered = draw(st.lists(st.booleans() | st.just(True), min_size=people, max_size=people))
    return make_labels(*rows), np.array(counting), np.array(answered)


@settings(max_examples=120)
@given(partnerships(), st.integers(2, 4))
def test_no_combination_of_shown_sums_singles_out_fewer_than_k(partnership, k):
    labels, counting, people = partnership

    groups = choose(labels, people, counting, k)

    sums, owners = show_sums(labels, groups, people)
    if groups:
        assert singled_out(sums, owners, k, counting) is None


@settings(max_examples=80)
@given(partnerships(largest=9), st.integers(2, 3))
def test_the_cut_is_exactly_the_fewest_people_who_can_be_singled_out(partnership, k):
    labels, counting, people = partnership
    shown = [group for place, group in enumerate(labels.groups()) if place % 2 == 0]
    edges = Chooser(labels, counting).edges(people, shown)

    sums, owners = show_sums(labels, shown, people)

    assert is_every_cut_at_least(edges, k) is (singled_out(sums, owners, k, counting) is None)


@settings(max_examples=80)
@given(partnerships(), st.integers(2, 5))
def test_no_further_group_could_be_given_back(partnership, k):
    labels, counting, people = partnership
    chooser = Chooser(labels, counting)

    groups = chooser.choose(people, k)

    large = [
        group
        for group in labels.groups()
        if np.count_nonzero(people & counting & labels.members(group)) >= k
    ]
    for group in set(large) - groups:
        assert not is_every_cut_at_least(chooser.edges(people, {*groups, group}), k)
    assert groups <= set(large)


@settings(max_examples=60)
@given(partnerships(), st.integers(2, 5))
def test_groups_are_hidden_smallest_first_one_by_one(partnership, k):
    labels, counting, people = partnership
    chooser = Chooser(labels, counting)

    def is_safe(groups):
        return is_every_cut_at_least(chooser.edges(people, groups), k)

    sizes = {
        group: np.count_nonzero(people & counting & labels.members(group))
        for group in labels.groups()
    }
    order = sorted((group for group in labels.groups() if sizes[group] >= k), key=sizes.get)
    shown = list(order)
    while shown and not is_safe(shown):
        shown.pop(0)
    for group in reversed(order):
        if group not in shown and is_safe([*shown, group]):
            shown.append(group)

    assert chooser.choose(people, k) == (frozenset(shown) if is_safe([]) else frozenset())


@settings(max_examples=40)
@given(partnerships(), st.randoms())
def test_the_order_of_people_changes_nothing(partnership, random):
    labels, counting, people = partnership
    order = list(range(len(people)))
    random.shuffle(order)
    shuffled = Labels(
        labels.sectors[order],
        labels.organisations[order],
        labels.roles[order],
        labels.sector_names,
        labels.organisation_names,
        labels.role_names,
    )

    assert choose(shuffled, people[order], counting[order], 3) == choose(
        labels, people, counting, 3
    )


def test_large_partnerships_show_most_groups():
    codes = np.arange(600)
    labels = Labels.of(
        [f"sector {code % 12 % 4}" for code in codes],
        [f"organisation {code % 12}" for code in codes],
        [f"role {code // 12 % 5}" for code in codes],
    )

    assert len(choose_all(labels, 5)) == 4 + 12 + 5


# ------------------------------------------------------------------ labels


def test_an_organisation_lies_in_one_sector():
    with pytest.raises(ValueError, match="two sectors"):
        make_labels("A a1 -", "B a1 -")


def test_a_missing_sector_is_that_of_the_organisation():
    labels = make_labels("A a1 -", "- a1 -", "- a2 -")

    assert labels.members(sector("A")).tolist() == [True, True, False]


def test_labels_may_be_numbers():
    labels = Labels.of([2, 1, None], [None, 10, 9], ["x", None, None])

    assert labels.groups() == (sector(1), sector(2), organisation(9), organisation(10), role("x"))
    with pytest.raises(ValueError, match="Each person"):
        Labels.of([1], [], [])
    with pytest.raises(ValueError, match="Labels of 3"):
        labels.check(4)
