"""Whether confidence says how often a fact is right: facts in bins of confidence, and the expected calibration error.

The error is the mean distance of a bin's confidence from its share of right facts, weighted by the bins' sizes (Naeini,
Cooper and Hauskrecht, 2015).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Bin", "Judged", "Reliability", "score_reliability"]

_BINS = 10
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact of the graph that counts for or against it, with its confidence, and whether it is right."""

    document: str
    iri: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts of confidence from ``low`` to below ``high``: how many, their mean confidence, the share of right ones."""

    low: float
    high: float
    facts: int
    confidence: float
    right: float

    def to_json(self) -> dict[str, float]:
        """The bin's figures by name."""
        return {
            "low": self.low,
            "high": self.high,
            "facts": self.facts,
            "confidence": self.confidence,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class Reliability:
    """The curve: bins that hold facts, and the expected calibration error (``None`` without facts)."""

    error: float | None
    bins: tuple[Bin, ...]

    def to_json(self) -> dict[str, Any]:
        """The error and the bins."""
        return {"ece": self.error, "bins": [one.to_json() for one in self.bins]}

    def table(self) -> str:
        """The curve as text in columns."""
        lines = [f"{'confidence':16}{'facts':>7}{'mean':>7}{'right':>7}"]
        for one in self.bins:
            lines.append(f"{one.low:.1f} to {one.high:.1f}{'':6}{one.facts:7}{one.confidence:7.3f}{one.right:7.3f}")
        error = "none, there are no facts" if self.error is None else f"{self.error:.3f}"
        return "\n".join([*lines, f"expected calibration error: {error}"]) + "\n"


def score_reliability(facts: Iterable[tuple[float, bool]]) -> Reliability:
    """Score facts, each given by its confidence and whether it is right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in facts:
        place = min(max(int(confidence * _BINS + 1e-9), 0), _BINS - 1)
        bins.setdefault(place, []).append((confidence, right))
    curve = tuple(_bin(place, bins[place]) for place in sorted(bins))
    total = sum(one.facts for one in curve)
    error = sum(one.facts * abs(one.right - one.confidence) for one in curve) / total if total else None
    return Reliability(None if error is None else round(error, _DIGITS), curve)


def _bin(place: int, facts: list[tuple[float, bool]]) -> Bin:
    number = len(facts)
    mean = sum(confidence for confidence, _ in facts) / number
    share = sum(right for _, right in facts) / number
    return Bin(place / _BINS, (place + 1) / _BINS, number, round(mean, _DIGITS), round(share, _DIGITS))
