"""Two graphs against one gold: figures side by side, and which answers were gained and lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from indiggraph.evaluation.answers import Answer
from indiggraph.evaluation.result import Evaluation
from indiggraph.views.text import printable

__all__ = ["Comparison", "Difference", "compare", "figures_of", "side_by_side"]

_Pair = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that one graph has and the other has not: ``+`` if the new graph is better for it, else ``-``."""

    sign: str
    document: str
    fact: str
    part: str
    what: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures by name, old and new (``None`` where one has none), and the answers that differ."""

    figures: Mapping[str, _Pair]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """All figures, and the answers."""
        return {
            "figures": {name: {"old": old, "new": new} for name, (old, new) in self.figures.items()},
            "differences": [asdict(difference) for difference in self.differences],
        }

    def table(self) -> str:
        """The figures in columns, then the answers, gains before losses, under their documents and facts."""
        gains = sum(difference.sign == "+" for difference in self.differences)
        lines = [f"gains {gains}, losses {len(self.differences) - gains}"]
        for place in dict.fromkeys((d.document, d.fact) for d in self.differences):
            lines.append(printable(" ".join(filter(None, place))))
            here = (d for d in self.differences if (d.document, d.fact) == place)
            lines += ["  " + printable(f"{d.sign} {d.part.replace('_', ' ')}: {d.what}") for d in here]
        return side_by_side(self.figures) + "\n".join(lines) + "\n"


def side_by_side(figures: Mapping[str, _Pair]) -> str:
    """The figures in columns, those that are the same left out."""
    lines = [f"{'':24}{'old':>8}{'new':>8}{'change':>9}"]
    for name, (old, new) in figures.items():
        if old != new:
            change = f"{new - old:+9.3f}" if old is not None and new is not None else ""
            lines.append(f"{name:24}{_cell(old)}{_cell(new)}{change}")
    return "\n".join(lines if len(lines) > 1 else ["no figure has changed"]) + "\n"


def _cell(score: float | None) -> str:
    return f"{'none' if score is None else f'{score:.3f}':>8}"


def figures_of(evaluation: Evaluation) -> dict[str, float]:
    """The F1 of each part and slot, the shares of sums that are found and linked, and the F1 of identity, by name."""
    found = {name.replace("_", " "): part.f1 for name, part in evaluation.parts.items()}
    sums = evaluation.sums
    if sums.total:
        found |= {"sums found": sums.found / sums.total, "sums linked": sums.linked / sums.total}
    found |= {f"slot {slot}": part.f1 for slot, part in evaluation.by_slot.items()}
    if evaluation.identity is not None:
        found["identity"] = evaluation.identity.f1
    return {name: round(score, 4) for name, score in found.items()}


def compare(old: Evaluation, new: Evaluation) -> Comparison:
    """Compare two evaluations with the same gold."""
    before, after = ({**figures_of(one), **_by_type(one)} for one in (old, new))
    figures = {name: (before.get(name), after.get(name)) for name in dict.fromkeys([*after, *before])}
    return Comparison(figures, tuple(sorted(_differences(old, new), key=_order)))


def _by_type(evaluation: Evaluation) -> dict[str, float]:
    return {f"{kind} {part}": one.f1 for kind, parts in evaluation.by_type.items() for part, one in parts.items()}


def _differences(old: Evaluation, new: Evaluation) -> Iterator[Difference]:
    """Right answers that came or went, and spare ones that went or came."""
    for verdict, came, gone in (("right", "+", "-"), ("spare", "-", "+")):
        before, after = (Counter(_place(a) for a in one.answers if a.verdict == verdict) for one in (old, new))
        label = {
            ("right", "+"): "found",
            ("right", "-"): "lost",
            ("spare", "+"): "no longer spare",
            ("spare", "-"): "spare",
        }
        for sign, places in ((came, after - before), (gone, before - after)):
            for document, fact, part, what in places.elements():
                yield Difference(sign, document, fact, part, f"{label[verdict, sign]} {what}")


def _place(answer: Answer) -> tuple[str, str, str, str]:
    """Where an answer stands and what it is; IRIs of facts play no part, as they change with what is read."""
    what = answer.gold if answer.verdict == "right" else answer.found or answer.gold
    return answer.document, answer.fact, answer.part, "" if answer.part == "partOf" else what


def _order(difference: Difference) -> tuple[str, str, str, str, str]:
    return difference.document, difference.fact, difference.sign, difference.part, difference.what
