"""Identity across documents: B³ (Bagga and Baldwin, 1998) over annotated names, and like names that must stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from indiggraph.errors import ResourceError
from indiggraph.evaluation.gold import read_json
from indiggraph.evaluation.predicted import Predicted
from indiggraph.evaluation.words import norm

__all__ = ["Identity", "score_identity"]

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """B³ precision, recall, F1 over ``mentions`` names, ``missing`` of them not in the graph; pairs kept apart."""

    precision: float
    recall: float
    f1: float
    mentions: int
    missing: int
    pairs: int
    apart: int

    def to_json(self) -> dict[str, Any]:
        """The figures as two objects."""
        scores = {"P": self.precision, "R": self.recall, "F1": self.f1}
        return {
            "identity_b3": {**scores, "mentions": self.mentions, "missing": self.missing},
            "false_friends_apart": {"pairs": self.pairs, "kept_apart": self.apart},
        }


def score_identity(path: Path, documents: Iterable[str], graph: Predicted) -> Identity:
    """Score the annotated names of these documents; a name that the graph lacks counts as a miss.

    Raises:
        ResourceError: the file is not JSON of the format.
    """
    data = read_json(path)
    try:
        items = _items(data["entities"], frozenset(documents), graph)
        friends = [entry["keys"] if isinstance(entry, dict) else entry for entry in data.get("false_friends") or ()]
    except (KeyError, TypeError, AttributeError) as error:
        raise ResourceError(str(path), f"is no annotation of identity: {error!r}") from error
    precision, recall = _b_cubed(items)
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    pairs, apart = _apart(items, friends)
    missing = sum(thing is None for _, thing in items)
    p, r, f = (round(value, _DIGITS) for value in (precision, recall, f1))
    return Identity(p, r, f, len(items), missing, pairs, apart)


def _items(
    entities: Iterable[Mapping[str, Any]], documents: frozenset[str], graph: Predicted
) -> list[tuple[str, str | None]]:
    """The annotated names as (cluster, thing of the graph)."""
    return [
        (entity["key"], _thing(graph, mention["doc"], mention["name"], entity["type"]))
        for entity in entities
        for mention in entity["mentions"]
        if not mention.get("generic") and mention["doc"] in documents
    ]


def _thing(graph: Predicted, document: str, name: str, kind: str) -> str | None:
    called = (
        thing
        for thing, surfaces in sorted(graph.mentions[document].items())
        if norm(name) in {norm(surface) for surface in surfaces} and kind in graph.types.get(thing, ())
    )
    return next(called, None)


def _b_cubed(items: Sequence[tuple[str, str | None]]) -> tuple[float, float]:
    both = Counter(items)
    things = Counter(thing for _, thing in items)
    keys = Counter(key for key, _ in items)
    found = [(number, key, thing) for (key, thing), number in sorted(both.items(), key=str) if thing is not None]
    total = len(items) or 1
    precision = sum(number * number / things[thing] for number, _, thing in found) / total
    recall = sum(number * number / keys[key] for number, key, _ in found) / total
    return precision, recall


def _apart(items: Iterable[tuple[str, str | None]], friends: Iterable[Sequence[str]]) -> tuple[int, int]:
    """How many pairs of like names are annotated here, and how many are two things in the graph."""
    things: dict[str, set[str]] = defaultdict(set)
    present: set[str] = set()
    for key, thing in items:
        present.add(key)
        if thing is not None:
            things[key].add(thing)
    pairs = [(a, b) for group in friends for a, b in combinations(group, 2) if a in present and b in present]
    apart = [bool(things[a]) and bool(things[b]) and not things[a] & things[b] for a, b in pairs]
    return len(pairs), sum(apart)
