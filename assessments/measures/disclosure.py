"""Which groups may be shown, so that no sum over fewer than k people can be worked out.

Let the *blocks* of the sector-organisation hierarchy be the shown organisations and, at each
level, what is left when shown parts are subtracted; likewise for roles. The sums of all blocks and
the sums of all shown groups (with the whole) are linear combinations of each other. A combination
gives each person the sum of two numbers, that of the block and that of the role; with blocks and
roles as nodes and people as edges, it leaves out exactly the people between nodes whose numbers
cancel. So the fewest people that any combination can single out is the smallest cut of a connected
component of this graph. Only who answered is looked at here, never what.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush
from typing import TypeAlias

import networkx as nx
import numpy as np

from assessments.measures.answers import Flags
from assessments.measures.labels import Codes, Group, Labels

Edges: TypeAlias = Mapping[tuple[int, int], int]
Neighbours: TypeAlias = dict[int, dict[int, int]]


def smallest_cut(edges: Edges) -> int | None:
    """The smallest weighted cut of any connected component; ``None`` without edges.

    ``edges`` maps a pair of nodes to the number of people between them that count towards the
    smallest group. 0 is an edge all the same: somebody is there (a known or unnamed person),
    whom nobody hides. Source: Stoer & Wagner (1997), Journal of the ACM 44(4).
    """
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in edges.items())
    cuts = [
        int(nx.stoer_wagner(graph.subgraph(component))[0])
        for component in nx.connected_components(graph)
    ]
    return min(cuts) if cuts else None


def is_every_cut_at_least(edges: Edges, k: int) -> bool:
    """Whether ``smallest_cut(edges)`` is k or more, found faster; True without edges.

    Nodes that no cut below k can part are made one, again and again, until one node is left of
    each component, or a node has fewer than k people at its edges, which is such a cut.
    """
    graph = _neighbours(edges)
    while graph:
        if any(sum(near.values()) < k for near in graph.values()):
            return False
        graph = _draw_together(graph, _inseparable(graph, k))
    return True


def _neighbours(edges: Edges) -> Neighbours:
    graph: Neighbours = {}
    for (one, other), weight in edges.items():
        graph.setdefault(one, {})[other] = weight
        graph.setdefault(other, {})[one] = weight
    return graph


def _inseparable(graph: Neighbours, k: int) -> list[tuple[int, int]]:
    """Pairs of neighbours that no cut below k can part, at least one pair in each component.

    Nodes are visited by maximum adjacency; a node that is reached with r people joining it to
    those before stays with the last of them in every cut below r. Source: Nagamochi & Ibaraki
    (1992), SIAM Journal on Discrete Mathematics 5(1).
    """
    pairs: list[tuple[int, int]] = []
    reached = dict.fromkeys(graph, 0)
    waiting = [(0, node) for node in graph]
    left = set(graph)
    while left:
        _, node = heappop(waiting)
        if node not in left:
            continue
        left.remove(node)
        for other, weight in graph[node].items():
            if other in left:
                reached[other] += weight
                heappush(waiting, (-reached[other], other))
                if reached[other] >= k:
                    pairs.append((node, other))
    return pairs


def _draw_together(graph: Neighbours, pairs: list[tuple[int, int]]) -> Neighbours:
    """The graph with each pair made one node; a node without neighbours is left out."""
    joined = nx.utils.UnionFind(graph)
    for one, other in pairs:
        joined.union(one, other)
    merged: Neighbours = {}
    for node, near in graph.items():
        for other, weight in near.items():
            if joined[node] != joined[other]:
                row = merged.setdefault(joined[node], {})
                row[joined[other]] = row.get(joined[other], 0) + weight
    return merged


class Chooser:
    """Chooses the groups to show for one population, once for each pattern of answering."""

    def __init__(self, labels: Labels, counting: Flags, everyone: Flags | None = None) -> None:
        """``counting`` has shape (people,): who counts towards the smallest *group*, that is
        everyone but the known and the unnamed. ``everyone`` are all who count in the round:
        somebody of them outside a figure's base is a group of nobody, which a number of people
        must not reveal either. Without it only the base is looked at.
        """
        self.labels = labels
        self.counting = counting
        self._everyone = everyone
        self._groups = labels.groups()
        triples = np.stack([labels.sectors, labels.organisations, labels.roles], axis=1)
        cells, places = np.unique(triples.reshape(-1, 3), axis=0, return_inverse=True)
        self._cells = cells
        self._cell_of = places.reshape(-1)
        self._seen: dict[tuple[bytes, bytes, int], frozenset[Group]] = {}

    def choose(self, people: Flags, k: int) -> frozenset[Group]:
        """The groups that may be shown beside the whole when ``people`` are the base of a figure.

        Starts from the groups with k people or more, hides those with the fewest people first
        until every cut is at least k, then gives back those with the most people first, each that
        keeps it so. Ties follow the order of ``Labels.groups``. ``people`` has shape (people,).
        Hiding only ever makes cuts larger, so any part of the answer may be shown too.
        """
        present, weights = self._count(people)
        if self._everyone is not None:
            present = self._count(people | self._everyone)[0]
        key = (present.tobytes(), weights.tobytes(), k)
        if key not in self._seen:
            self._seen[key] = self._choose(present, weights, k)
        return self._seen[key]

    def edges(self, people: Flags, groups: Iterable[Group]) -> dict[tuple[int, int], int]:
        """The graph of blocks and roles when ``groups`` are shown beside the whole.

        A node is a number, not negative for a block, negative for a role; the weight of an edge
        is the number of people of the base between them who count.
        """
        wanted = set(groups)
        shown = np.array([group in wanted for group in self._groups], dtype=bool)
        return self._edges(shown, *self._count(people))

    def _count(self, people: Flags) -> tuple[Codes, Codes]:
        """For each cell of sector, organisation and role: people there, and those who count."""
        size = len(self._cells)
        present = np.bincount(self._cell_of[people], minlength=size)
        return present, np.bincount(self._cell_of[people & self.counting], minlength=size)

    def _edges(self, shown: Flags, present: Codes, weights: Codes) -> dict[tuple[int, int], int]:
        sectors, organisations, roles = self._cells.T
        first = 1 + len(self.labels.sector_names)
        last = first + len(self.labels.organisation_names)
        is_shown_sector = np.concatenate([[False], shown[: first - 1]])
        is_shown_organisation = np.concatenate([[False], shown[first - 1 : last - 1]])
        is_shown_role = np.concatenate([[False], shown[last - 1 :]])
        blocks = np.where(
            is_shown_organisation[organisations],
            first + organisations,
            np.where(is_shown_sector[sectors], sectors, 0),
        )
        nodes = np.where(is_shown_role[roles], roles, 0)
        edges: dict[tuple[int, int], int] = defaultdict(int)
        here = present > 0
        for block, role, weight in zip(
            blocks[here].tolist(), nodes[here].tolist(), weights[here].tolist(), strict=True
        ):
            edges[block, -1 - role] += weight
        return edges

    def _choose(self, present: Codes, weights: Codes, k: int) -> frozenset[Group]:
        def is_safe(shown: Flags) -> bool:
            return is_every_cut_at_least(self._edges(shown, present, weights), k)

        sizes = self._sizes(weights)
        smallest_first = [
            place for place in np.argsort(sizes, kind="stable").tolist() if sizes[place] >= k
        ]
        shown = np.zeros(len(sizes), dtype=bool)
        if not is_safe(shown):
            return frozenset()
        hidden = _fewest_to_hide(smallest_first, shown, is_safe)
        shown[smallest_first[hidden:]] = True
        for place in reversed(smallest_first[:hidden]):
            shown[place] = True
            shown[place] = is_safe(shown)
        return frozenset(group for group, flag in zip(self._groups, shown, strict=True) if flag)

    def _sizes(self, weights: Codes) -> Codes:
        """People of each group who count, in the order of ``Labels.groups``."""
        names = (
            self.labels.sector_names,
            self.labels.organisation_names,
            self.labels.role_names,
        )
        return np.concatenate(
            [
                np.bincount(codes, weights=weights, minlength=len(labels) + 1)[1:]
                for codes, labels in zip(self._cells.T, names, strict=True)
            ]
        ).astype(np.intp)


def choose(labels: Labels, people: Flags, counting: Flags, k: int) -> frozenset[Group]:
    """``Chooser.choose`` for a single base."""
    return Chooser(labels, counting).choose(people, k)


def _fewest_to_hide(
    smallest_first: list[int], none_shown: Flags, is_safe: Callable[[Flags], bool]
) -> int:
    """How many groups, smallest first, are hidden before every cut is large enough.

    By halving: hiding one group more never makes a cut smaller.
    """
    low, high = 0, len(smallest_first)
    while low < high:
        middle = (low + high) // 2
        shown = none_shown.copy()
        shown[smallest_first[middle:]] = True
        if is_safe(shown):
            high = middle
        else:
            low = middle + 1
    return low
