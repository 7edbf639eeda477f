"""Counts of right, spare and missed answers, with precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Figures", "Tally"]

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 (rounded to four digits), with the counts they come from."""

    precision: float
    recall: float
    f1: float
    right: int
    spare: int
    missed: int

    def to_json(self) -> dict[str, float]:
        """The figures under their usual short names."""
        return {
            "P": self.precision,
            "R": self.recall,
            "F1": self.f1,
            "tp": self.right,
            "fp": self.spare,
            "fn": self.missed,
        }


@dataclass(slots=True)
class Tally:
    """Counts being taken."""

    right: int = 0
    spare: int = 0
    missed: int = 0

    def add(self, right: int = 0, *, spare: int = 0, missed: int = 0) -> None:
        """Count answers."""
        self.right += right
        self.spare += spare
        self.missed += missed

    def hit(self, found: bool) -> None:
        """Count one wanted answer as found or missed."""
        self.add(int(found), missed=int(not found))

    @classmethod
    def total(cls, tallies: Iterable[Tally]) -> Tally:
        """The sum of several."""
        whole = cls()
        for tally in tallies:
            whole.add(tally.right, spare=tally.spare, missed=tally.missed)
        return whole

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall, F1; 0 where there is nothing to divide by."""
        precision = _share(self.right, self.right + self.spare)
        recall = _share(self.right, self.right + self.missed)
        return precision, recall, _share(2 * precision * recall, precision + recall)

    def figures(self) -> Figures:
        """The scores, rounded, with the counts."""
        precision, recall, f1 = (round(score, _DIGITS) for score in self.scores)
        return Figures(precision, recall, f1, self.right, self.spare, self.missed)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
