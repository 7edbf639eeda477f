"""A network -> a place for each node, computed once so that a page opens at once and looks the same each time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import igraph
import networkx as nx
import numpy as np
import numpy.typing as npt

__all__ = ["place"]

Points = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

_EDGE = 170.0  # pixels between neighbours: room for a label of some 20 characters
_GAP = 80.0  # pixels between parts that do not hang together
_EXACT = 300  # nodes up to which Kamada-Kawai's all-pairs distances are affordable
_ROUNDS = 300
_WORK = 100_000  # boxes moved in all; a large network is seen from afar first and need not be without overlaps
_SHAPE = 1.45  # width by height of the room that a wide screen leaves for the network
_SEED = 20
_TOUCHING = 0.5  # pixels of overlap that nobody sees


@dataclass(slots=True)
class _Part:
    """Nodes that hang together, their boxes (width, height) and the boxes' centres."""

    nodes: list[str]
    boxes: Points
    centres: Points

    def move_to(self, x: float, y: float) -> None:
        """Put the upper left corner of the whole at a point."""
        self.centres += np.array([x, y]) - (self.centres - self.boxes / 2).min(0)

    @property
    def size(self) -> tuple[float, float]:
        width, height = (self.centres + self.boxes / 2).max(0) - (self.centres - self.boxes / 2).min(0)
        return float(width), float(height)


def place(graph: nx.MultiDiGraph, boxes: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Return the centre of each node in pixels; ``boxes`` are the widths and heights that must not overlap.

    Each connected part is laid out by itself (Kamada-Kawai, or Fruchterman-Reingold if large), spread until its boxes
    hardly overlap, and the parts are set in rows, the largest first.
    """
    parts = sorted((sorted(part) for part in nx.weakly_connected_components(graph)), key=lambda p: (-len(p), p))
    laid = [_lay_out(graph, nodes, np.array([boxes[node] for node in nodes], dtype=np.float64)) for nodes in parts]
    _set_in_rows(laid)
    return {node: (round(x), round(y)) for part in laid for node, (x, y) in zip(part.nodes, part.centres, strict=True)}


def _lay_out(graph: nx.MultiDiGraph, nodes: list[str], boxes: Points) -> _Part:
    number = {node: i for i, node in enumerate(nodes)}
    edges = sorted({(number[a], number[b]) for a, b in graph.subgraph(nodes).edges() if a != b})
    igraph.set_random_number_generator(random.Random(_SEED))
    drawn = igraph.Graph(n=len(nodes), edges=edges)
    circle = drawn.layout_circle()
    laid = drawn.layout_kamada_kawai(seed=circle) if len(nodes) <= _EXACT else drawn.layout_fruchterman_reingold()
    centres = np.array(laid.coords, dtype=np.float64).reshape(len(nodes), 2)
    if edges:
        ends = np.array(edges)
        lengths = np.hypot(*(centres[ends[:, 0]] - centres[ends[:, 1]]).T)
        centres *= _EDGE / max(float(np.median(lengths)), 1e-9)
        centres = _lay_flat(centres)
    return _Part(nodes, boxes, _spread(centres, boxes))


def _lay_flat(centres: Points) -> Points:
    """Turn points so that their long side lies flat, as a screen does."""
    centres = centres - centres.mean(0)
    _, axes = np.linalg.eigh(centres.T @ centres)
    long = axes[:, 1] * (1.0 if axes[0, 1] >= 0 else -1.0)
    turn = np.array([[long[0], -long[1]], [long[1], long[0]]])
    flat: Points = centres @ turn
    return flat


def _spread(centres: Points, boxes: Points) -> Points:
    """Push overlapping boxes apart, each pair along the axis on which it overlaps least, until none is left."""
    centres = centres * max(1.0, _crowding(centres, boxes))
    for _ in range(min(_ROUNDS, _WORK // len(boxes) + 1)):
        left, right = _overlapping(centres, boxes)
        if not len(left):
            break
        apart = centres[right] - centres[left]
        overlap = (boxes[left] + boxes[right]) / 2 - np.abs(apart)
        axis = overlap.argmin(1)
        rows = np.arange(len(axis))
        step = np.zeros_like(apart)
        step[rows, axis] = np.where(apart[rows, axis] < 0, -1.0, 1.0) * overlap[rows, axis] / 2
        np.add.at(centres, left, -step)
        np.add.at(centres, right, step)
    return centres


def _crowding(centres: Points, boxes: Points) -> float:
    """By how much a drawing must grow for its boxes to have room."""
    width, height = np.maximum(np.ptp(centres, axis=0), boxes.max(0))
    return float(np.sqrt(boxes.prod(1).sum() / (width * height)))


def _overlapping(centres: Points, boxes: Points) -> tuple[Indices, Indices]:
    """Pairs of boxes that overlap, found by a sweep from left to right."""
    starts = centres[:, 0] - boxes[:, 0] / 2
    order = np.argsort(starts, kind="stable")
    ends = np.searchsorted(starts[order], (starts + boxes[:, 0] - _TOUCHING)[order])
    following = np.maximum(ends - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), following)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(following) - following, following)
    heights, levels = boxes[order, 1] / 2, centres[order, 1]
    hit = heights[first] + heights[second] - np.abs(levels[second] - levels[first]) > _TOUCHING
    return order[first[hit]], order[second[hit]]


def _set_in_rows(parts: Sequence[_Part]) -> None:
    """Set parts in rows, as a typesetter sets words, in the measure that comes closest to the shape of a screen."""
    sizes = [part.size for part in parts]
    widths = np.cumsum([width + _GAP for width, _ in sizes]).tolist()
    widest = max((width + _GAP for width, _ in sizes), default=0.0)
    measures = sorted({max(width, widest) for width in widths})
    best = min(measures, key=lambda measure: _misfit(_corners(sizes, measure), sizes), default=0.0)
    for part, (x, y) in zip(parts, _corners(sizes, best), strict=True):
        part.move_to(x, y)


def _corners(sizes: Sequence[tuple[float, float]], measure: float) -> list[tuple[float, float]]:
    """Upper left corners of boxes that are set in rows no wider than ``measure``."""
    corners = []
    x = y = row = 0.0
    for width, height in sizes:
        if x and x + width > measure:
            x, y, row = 0.0, y + row + _GAP, 0.0
        corners.append((x, y))
        x, row = x + width + _GAP, max(row, height)
    return corners


def _misfit(corners: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]]) -> float:
    """How small a screen of the usual shape shows the whole."""
    placed = list(zip(corners, sizes, strict=True))
    width = max(x + width for (x, _), (width, _) in placed)
    height = max(y + height for (_, y), (_, height) in placed)
    return max(width / _SHAPE, height)
