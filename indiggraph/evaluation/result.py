"""An evaluation: all answers, and the figures over them by part, slot, type of fact and document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from indiggraph.evaluation.answers import PARTS, SLOTS, Answer, figures, figures_by, in_slots
from indiggraph.evaluation.grounding import Grounding
from indiggraph.evaluation.identity import Identity
from indiggraph.evaluation.reliability import Judged, Reliability, score_reliability
from indiggraph.evaluation.tally import Figures

__all__ = ["Evaluation", "Sums"]


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of the gold: how many there are, are found, and are found with every slot that links them right."""

    total: int
    found: int
    linked: int

    def to_json(self) -> dict[str, Any]:
        """The total, and the shares (``None`` where there are no sums)."""
        shares = {"found": self.found, "fully_linked": self.linked}
        return {"total": self.total} | {
            name: round(number / self.total, 4) if self.total else None for name, number in shares.items()
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All answers with the figures over them; ``absent`` are the ids of gold documents that the graph lacks.

    ``judged`` are the facts that are right or wrong, without those that may as well be left out.
    """

    documents: tuple[str, ...]
    absent: tuple[str, ...]
    answers: tuple[Answer, ...]
    sums: Sums
    judged: tuple[Judged, ...]
    grounding: Grounding | None = None
    identity: Identity | None = None

    @property
    def entities(self) -> Figures:
        """Things, whatever their class."""
        return self._of_part("entities")

    @property
    def entities_typed(self) -> Figures:
        """Things with their class."""
        return self._of_part("entities_typed")

    @property
    def tenures(self) -> Figures:
        """Posts."""
        return self._of_part("tenures")

    @property
    def facts(self) -> Figures:
        """Facts of an accepted type, whatever their slots."""
        return self._of_part("facts")

    @property
    def slots(self) -> Figures:
        """All slots."""
        return figures(in_slots(self.answers))

    @property
    def reliability(self) -> Reliability:
        """How often facts are right, by their confidence."""
        return score_reliability((fact.confidence, fact.right) for fact in self.judged)

    @property
    def parts(self) -> Mapping[str, Figures]:
        """The figures over all documents, by name."""
        return {part: self._of_part(part) for part in PARTS} | {"slots": self.slots}

    @property
    def by_slot(self) -> Mapping[str, Figures]:
        """The figures of each slot, also of those that hold nothing."""
        return {slot: figures(()) for slot in SLOTS} | dict(figures_by(in_slots(self.answers), "part"))

    @property
    def by_type(self) -> Mapping[str, Mapping[str, Figures]]:
        """Facts and slots by the type of fact: the annotated one, of spare facts the one that was found."""
        return self._grouped("type")

    @property
    def by_document(self) -> Mapping[str, Mapping[str, Figures]]:
        """All parts by document."""
        return self._grouped("document")

    def _of_part(self, part: str) -> Figures:
        return figures(answer for answer in self.answers if answer.part == part)

    def _grouped(self, key: Literal["type", "document"]) -> dict[str, Mapping[str, Figures]]:
        groups: dict[str, list[Answer]] = {name: [] for name in (self.documents if key == "document" else ())}
        for answer in self.answers:
            name = getattr(answer, key)
            if name:
                groups.setdefault(name, []).append(answer)
        return {name: _parts_of(groups[name]) for name in sorted(groups)}

    def to_json(self) -> dict[str, Any]:
        """All figures as what JSON can hold."""
        return {
            "documents": len(self.documents),
            "absent": len(self.absent),
            **{name: part.to_json() for name, part in self.parts.items()},
            "sums": self.sums.to_json(),
            "by_slot": {slot: part.to_json() for slot, part in self.by_slot.items()},
            "by_type": _nested(self.by_type),
            "by_document": _nested(self.by_document),
            "reliability": self.reliability.to_json(),
            **({"grounding": self.grounding.to_json()} if self.grounding is not None else {}),
            **(self.identity.to_json() if self.identity is not None else {}),
        }


def _parts_of(answers: list[Answer]) -> dict[str, Figures]:
    parts = dict(figures_by([answer for answer in answers if answer.part in PARTS], "part"))
    return parts | {"slots": figures(in_slots(answers))}


def _nested(groups: Mapping[str, Mapping[str, Figures]]) -> dict[str, dict[str, Any]]:
    return {name: {part: one.to_json() for part, one in parts.items()} for name, parts in groups.items()}
