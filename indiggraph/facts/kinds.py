"""Looks a second time at the type of a finished fact, by all signs around it at once.

A frame decides by its trigger; what else stands there (the unit, the words above the value, the rest of the sentence)
may say more: "the firm's *losses* stand at $3 million".  A multinomial logistic regression, the frame's type being one
of its signs; its weights are data (``data/facts/kinds.json``), learned from the annotated articles by
``python -m training.kinds``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indiggraph.errors import ResourceError
from indiggraph.model import FactType
from indiggraph.resources import data_path

__all__ = ["LEARNED", "Kinds", "load_kinds"]

LEARNED = tuple(kind for kind in FactType if kind is not FactType.OCCURRENCE)
"""The types between which signs decide, in the order of the weights; an event that is held has a name or a verb."""
_HUNDREDTH = 0.01
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Kinds:
    """A base and the weights of each sign for each type, in hundredths of log odds."""

    base: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]

    def of(self, kind: FactType, signs: Iterable[str]) -> FactType:
        """Return the likeliest type of a fact that its frame gave a type; an event that is held stays one."""
        if kind not in LEARNED:
            return kind
        odds = list(self.base)
        for sign in signs:
            for at, weight in enumerate(self.weights.get(sign, ())):
                odds[at] += weight
        best = max(odds)
        return kind if odds[LEARNED.index(kind)] == best else LEARNED[odds.index(best)]

    def why(self, kind: FactType, instead: FactType, signs: Iterable[str]) -> str:
        """Return the signs that speak most for one type instead of another, with their weights."""
        left, right = LEARNED.index(kind), LEARNED.index(instead)
        weighed = [
            (self.weights[sign][right] - self.weights[sign][left], sign) for sign in signs if sign in self.weights
        ]
        heavy = sorted((entry for entry in weighed if entry[0] > 0), key=lambda entry: (-entry[0], entry[1]))
        return "; ".join(f"{sign} ({weight * _HUNDREDTH:+.2f})" for weight, sign in heavy[:_REASONS])


@lru_cache
def load_kinds() -> Kinds:
    """Return the packaged weights.

    Raises:
        ResourceError: they are damaged, or of other types than those between which signs decide.
    """
    return read_kinds(data_path("facts", "kinds.json"))


def read_kinds(path: Path) -> Kinds:
    """Read weights.

    Raises:
        ResourceError: the file is damaged, or its weights are of other types than those between which signs decide.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        types, base, weights = data["types"], tuple(data["base"]), data["weights"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ResourceError(str(path), f"is damaged: {error}") from error
    found = {sign: tuple(row) for sign, row in weights.items()}
    if types != list(LEARNED) or {len(row) for row in (base, *found.values())} != {len(LEARNED)}:
        raise ResourceError(str(path), "does not fit the types: run python -m training.kinds")
    return Kinds(base, found)
