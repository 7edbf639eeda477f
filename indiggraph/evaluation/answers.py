"""Answers, one by one: right, spare or missed, each with its document, its fact and its slot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from indiggraph.evaluation.gold import ENTITY_SLOTS
from indiggraph.evaluation.tally import Figures, Tally

__all__ = ["PARTS", "SLOTS", "Answer", "figures", "figures_by", "in_slots"]

PARTS = ("entities", "entities_typed", "tenures", "facts")
"""What is counted beside slots."""
SLOTS = tuple(
    sorted(
        {
            *ENTITY_SLOTS,
            "amount",
            "direction",
            "equivalent",
            "former",
            "modality",
            "partOf",
            "quantity",
            "sector",
            "theme",
        }
        | {"time", "type"}
    )
)
"""All slots, the time of a post being over among them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``part`` is what is counted or a slot, ``gold`` and ``found`` what is annotated and what is there.

    ``fact`` names the fact: by the key of the annotation and its cue, else by what the graph says; ``type`` is its
    class in the gold format.  A slot of a fact that was missed altogether is missed, too: ``alone`` is then false.
    """

    document: str
    part: str
    verdict: Literal["right", "spare", "missed"]
    gold: str = ""
    found: str = ""
    fact: str = ""
    type: str = ""
    alone: bool = True


def figures(answers: Iterable[Answer]) -> Figures:
    """Precision, recall and F1 of answers."""
    tally = Tally()
    for answer in answers:
        setattr(tally, answer.verdict, getattr(tally, answer.verdict) + 1)
    return tally.figures()


def figures_by(answers: Iterable[Answer], key: Literal["part", "type", "document"]) -> Mapping[str, Figures]:
    """The figures of each part, type or document that the answers have, by name."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(getattr(answer, key), []).append(answer)
    return {name: figures(groups[name]) for name in sorted(groups)}


def in_slots(answers: Iterable[Answer]) -> list[Answer]:
    """The answers that are slots."""
    return [answer for answer in answers if answer.part not in PARTS]
