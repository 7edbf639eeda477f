"""Tells which way a change goes whose type was found late, by words of rising and falling around its value."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.signs import above, measured
from indiggraph.facts.view import SentenceView
from indiggraph.frames import Frames
from indiggraph.model import Direction, Fact, FactType

__all__ = ["direction_around"]


def direction_around(fact: Fact, draft: Draft, view: SentenceView, frames: Frames) -> Direction | None:
    """Return the direction of the first word that has one: the trigger, the words above the value, those under it."""
    found = (_direction(token, frames) for token in _around(fact, draft, view))
    return next((direction for direction in found if direction is not None), None)


def _around(fact: Fact, draft: Draft, view: SentenceView) -> Iterator[Token]:
    yield draft.anchor if draft.event is None else draft.event.token
    value = fact.amount or next(iter(fact.quantities), None)
    if value is None:
        return
    root = view.value_roots[value.span]
    yield from above(root)
    yield from measured(root)


def _direction(token: Token, frames: Frames) -> Direction | None:
    """The direction of a word that tells a change whatever stands beside it."""
    for frame, trigger in frames.of_lemma(token.lemma_.lower()):
        plain = len(trigger.lemmas) == 1 and not any(words for _, words in trigger.needs)
        if frame.type is FactType.CHANGE and plain and trigger.direction is not None:
            return trigger.direction
    return None
