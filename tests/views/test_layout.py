"""Places of nodes: the same each time, nothing on top of anything else."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest

from indiggraph.views.layout import place

GRAPHS = {
    "one node": nx.MultiDiGraph([("a", "a")]),
    "a pair": nx.MultiDiGraph([("a", "b")]),
    "a star": nx.MultiDiGraph([("hub", f"leaf {i}") for i in range(40)]),
    "parts": nx.MultiDiGraph([(f"{i}-{j}", f"{i}-{(j + 1) % (i + 2)}") for i in range(9) for j in range(i + 2)]),
    "many": nx.MultiDiGraph([(f"n{i}", f"n{i // 2}") for i in range(1, 400)]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_boxes_do_not_overlap(name: str) -> None:
    graph = GRAPHS[name]
    places = place(graph, dict.fromkeys(graph, (120.0, 50.0)))
    assert set(places) == set(graph)
    for (a, (ax, ay)), (b, (bx, by)) in itertools.combinations(places.items(), 2):
        assert abs(ax - bx) >= 118 or abs(ay - by) >= 48, (a, b)


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    edges = [(f"n{i}", f"n{i * 7 % 31}") for i in range(60)]
    one, other = nx.MultiDiGraph(edges), nx.MultiDiGraph(edges[::-1])
    boxes = dict.fromkeys(one, (90.0, 40.0))
    assert place(one, boxes) == place(other, boxes)


def test_nothing_has_no_places() -> None:
    assert place(nx.MultiDiGraph(), {}) == {}
