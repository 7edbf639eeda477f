"""Asks of a finished fact what may tell whether it is right: questions with a fixed set of answers each.

No question asks for a word: what is learned from some articles (:mod:`.confidence`) must hold for others.
"""

from __future__ import annotations

from collections.abc import Mapping

from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import governors
from indiggraph.facts.view import SentenceView
from indiggraph.frames import Frames
from indiggraph.model import Fact, FactType, Money, Quantity, QuantityKind

__all__ = ["QUESTIONS", "clues_of", "kind_of_value", "suits"]

_YES = ("no", "yes")
_SUITS = ("no value", *_YES)
_STEPS = ("no value", "no trigger", "at most 1", "2", "3 or more", "beside it")
_COUNTS = ("1", "2", "3 or more")
_SUM, _PERCENT, _MEASURE, _PEOPLE, _COUNT = "sum", "percent", "measure", "people", "count"

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "the type": tuple(kind.value for kind in FactType),
    "its value is of a kind that the type has": _SUITS,
    "steps up from its value to the trigger": _STEPS,
    "the trigger is told by what stands beside it": _YES,
    "the trigger took another one in": _YES,
    "facts of its sentence": _COUNTS,
    "it is a share": _YES,
}
"""What is asked, with the answers that there are."""

_KINDS: Mapping[str, frozenset[FactType]] = {
    _SUM: frozenset({FactType.SAVING, FactType.INVESTMENT, FactType.AGREEMENT, FactType.TRADE}),
    _PERCENT: frozenset({FactType.CHANGE}),
    _MEASURE: frozenset({FactType.PRODUCTION, FactType.TRADE, FactType.CHANGE, FactType.SAVING}),
    _COUNT: frozenset({FactType.PRODUCTION, FactType.TRADE, FactType.ESTABLISHMENT, FactType.AGREEMENT}),
    _PEOPLE: frozenset(),
}
"""The types whose usual value is of each kind; a number of people or firms mostly says who takes part."""


def clues_of(fact: Fact, draft: Draft, view: SentenceView, frames: Frames, together: int) -> dict[str, str]:
    """Answer every question for a fact; ``together`` is how many facts its sentence states."""
    event = draft.event
    told = event is not None and any(words for _, words in event.trigger.needs)
    return {
        "the type": fact.type.value,
        "its value is of a kind that the type has": _suits(fact, view, frames),
        "steps up from its value to the trigger": _steps(draft, view),
        "the trigger is told by what stands beside it": _YES[told],
        "the trigger took another one in": _YES[bool(draft.absorbed)],
        "facts of its sentence": _COUNTS[min(together, len(_COUNTS)) - 1],
        "it is a share": _YES[fact.part_of is not None],
    }


def suits(fact: Fact, view: SentenceView, frames: Frames) -> bool:
    """Whether a fact has no value, or one of a kind that its type has."""
    value = fact.amount or next(iter(fact.quantities), None)
    return value is None or fact.type in _KINDS[kind_of_value(value, view, frames)]


def _suits(fact: Fact, view: SentenceView, frames: Frames) -> str:
    none = fact.amount is None and not fact.quantities
    return _SUITS[0] if none else _YES[suits(fact, view, frames)]


def kind_of_value(value: Money | Quantity, view: SentenceView, frames: Frames) -> str:
    """Whether a value is a sum, a percentage, a measure, or counts people or other things."""
    if isinstance(value, Money):
        return _SUM
    if value.kind is QuantityKind.PERCENT:
        return _PERCENT
    if value.unit_code is not None:
        return _MEASURE
    root = view.value_roots[value.span]
    head = root if root.pos_ in ("NOUN", "PROPN") else root.head
    counted = head.lemma_.lower() in frames.classes["jobs"] or view.mention_at(root) is not None
    return _PEOPLE if counted else _COUNT


def _steps(draft: Draft, view: SentenceView) -> str:
    """How many governors lead from the first value up to the trigger; a trigger may also stand beside the way up."""
    value = draft.amount or next(iter(draft.quantities), None)
    if value is None:
        return _STEPS[0]
    if draft.event is None:
        return _STEPS[1]
    for steps, governor in enumerate(governors(view.value_roots[value.span])):
        if governor.i == draft.event.token.i:
            return _STEPS[min(max(steps, 1), 3) + 1]
    return _STEPS[-1]
