"""Notes what stands around a finished fact, for a second look at its type (:mod:`.kinds`): names of signs, true or not.

Unlike the clues of a fact's confidence, signs name words: which word governs a value tells what is measured by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.clues import clues_of, kind_of_value
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.frames import Frames
from indiggraph.model import Fact, Money

__all__ = ["above", "measured", "signs_of"]

_TELLING = frozenset({"NOUN", "VERB", "ADJ"})
_MEASURING = frozenset({"nmod", "compound", "amod", "nsubj"})
_ABOVE = 3
"""How many words above a value are looked at."""


def signs_of(fact: Fact, draft: Draft, view: SentenceView, frames: Frames, together: int) -> tuple[str, ...]:
    """The signs of a fact, sorted; ``together`` is how many facts its sentence states."""
    clues = clues_of(fact, draft, view, frames, together)
    signs = {f"{question}: {answer}" for question, answer in clues.items()}
    signs.add(f"modality: {fact.modality}")
    signs.update(f"absorbed: {event.frame.name}" for event in draft.absorbed)
    signs.update(_of_event(draft))
    signs.update(_of_value(fact, view, frames))
    signs.update(f"sentence: {token.lemma_.lower()}" for token in view.sentence if token.pos_ in _TELLING)
    return tuple(sorted(signs))


def _of_event(draft: Draft) -> Iterator[str]:
    event = draft.event
    if event is None:
        yield "frame: none"
    else:
        yield f"frame: {event.frame.name}"
        yield f"trigger: {event.token.lemma_.lower()}"
        yield f"trigger is a {event.token.pos_}"
        yield f"strength: {event.strength}"
    if draft.level:
        yield "a level"
    anchor = draft.anchor if event is None else event.token
    for child in anchor.children:
        if child.pos_ in _TELLING or child.pos_ == "PROPN":
            yield f"{base(child)} of the trigger: {child.lemma_.lower()}"


def _of_value(fact: Fact, view: SentenceView, frames: Frames) -> Iterator[str]:
    value = fact.amount or next(iter(fact.quantities), None)
    if value is None:
        return
    root = view.value_roots[value.span]
    unit = "sum" if isinstance(value, Money) else (value.unit or "").lower().rpartition(" ")[2]
    yield f"kind of value: {kind_of_value(value, view, frames)}"
    yield f"unit: {unit}"
    yield f"value is {base(root)}"
    yield f"before the value: {_case(root)}"
    if value.per is not None:
        yield f"per: {value.per}"
    for steps, token in enumerate(above(root), start=1):
        yield f"{steps} above the value: {token.lemma_.lower()}"
    yield from (f"under the value: {child.lemma_.lower()}" for child in measured(root))


def above(value: Token) -> Iterator[Token]:
    """The words that govern a value, the nearest first."""
    return islice(governors(value), 1, 1 + _ABOVE)


def measured(value: Token) -> Iterator[Token]:
    """The words under a value that say what it measures."""
    return (child for child in value.children if base(child) in _MEASURING)


def _case(token: Token) -> str:
    """The preposition of a noun, or of the one that it is coordinated with."""
    for governor in governors(token):
        found = next((c.lower_ for c in governor.children if c.dep_ == "case" and c.i < governor.i), None)
        if found is not None:
            return found
        if base(governor) not in ("conj", "appos", "flat", "compound"):
            break
    return "none"
