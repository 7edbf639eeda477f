"""Weighs the clues of a fact into its confidence: the share of facts with such clues that are right.

A logistic regression whose weights are data (``data/facts/confidence.yaml``), learned from the annotated articles by
``python -m training.confidence``; the file says from how many facts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from indiggraph.errors import ResourceError
from indiggraph.facts.clues import QUESTIONS
from indiggraph.resources import data_path, load_yaml

__all__ = ["Confidence", "load_confidence"]

_CENT = Decimal("0.01")
_LEAST, _MOST = Decimal("0.01"), Decimal("0.99")
_TOLD = 0.1
"""Weights below it are not told as reasons: they move a confidence by two hundredths at most."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """A base and a weight for each answer to each question, in log odds."""

    base: float
    weights: Mapping[str, Mapping[str, float]]

    def of(self, clues: Mapping[str, str]) -> Decimal:
        """Return the confidence of a fact with these clues."""
        odds = self.base + sum(self.weights[question][answer] for question, answer in clues.items())
        share = Decimal(1 / (1 + math.exp(-odds))).quantize(_CENT)
        return min(max(share, _LEAST), _MOST)

    def why(self, clues: Mapping[str, str]) -> str:
        """Return the clues that weigh something, the heaviest first, with their weights."""
        weighed = [(self.weights[question][answer], question, answer) for question, answer in clues.items()]
        heavy = [entry for entry in weighed if abs(entry[0]) >= _TOLD]
        heavy.sort(key=lambda entry: (-abs(entry[0]), entry))
        told = [f"{question}: {answer} ({weight:+.2f})" for weight, question, answer in heavy]
        return f"log odds {self.base:.2f}" + "".join(f"; {clue}" for clue in told)


@lru_cache
def load_confidence() -> Confidence:
    """Return the packaged weights.

    Raises:
        ResourceError: they are not those of exactly the questions and answers that there are.
    """
    return read_confidence(data_path("facts", "confidence.yaml"))


def read_confidence(path: Path) -> Confidence:
    """Read weights.

    Raises:
        ResourceError: the file is not YAML, or its weights are not those of the questions and answers that there are.
    """
    data = load_yaml(path)
    found = {question: tuple(answers) for question, answers in data["weights"].items()}
    if found != dict(QUESTIONS):
        raise ResourceError(str(path), "does not fit the questions asked: run python -m training.confidence")
    return Confidence(data["base"], data["weights"])
