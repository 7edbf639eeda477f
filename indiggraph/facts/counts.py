"""Tells which counts of one event are one fact's: rows of goods, and where they stand or how large they are together.

"*1,400 coaches* and *760 engines* were ordered" is one order; "runs *312 compressors* at *88 stations*" one fleet.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from indiggraph.facts.view import SentenceView
from indiggraph.model import Quantity

__all__ = ["grouped"]

_LINKS = frozenset({",", "and", "plus", "&", "some", "about", "around", "nearly", "over"})
_SIZING = frozenset({"at", "with"})
"""Prepositions before a count that says where the counted are, or how large."""


def grouped(counts: Iterable[Quantity], view: SentenceView) -> list[tuple[Quantity, ...]]:
    """Return the counts in their order, those together that tell one fact."""
    groups: list[tuple[Quantity, ...]] = []
    for count in counts:
        if groups and _is_counted(groups[-1][0]) and _belongs(groups[-1], count, view):
            groups[-1] = (*groups[-1], count)
        else:
            groups.append((count,))
    return groups


def _is_counted(count: Quantity) -> bool:
    """Whether things are counted, not material measured, of which each is told for itself."""
    return count.unit_code is None and count.unit is not None and count.value is not None


def _belongs(group: tuple[Quantity, ...], count: Quantity, view: SentenceView) -> bool:
    if any((one.unit or "").lower() == (count.unit or "").lower() for one in group):
        return False
    between = _between(group[-1], count, view)
    words = [token.lower_ for token in between]
    if _is_counted(count) and words and all(word in _LINKS for word in words):
        return True
    led = next((word for word in words if word != ","), "")
    return led in _SIZING and len(group) == 1 and not any(token.pos_ in ("VERB", "AUX") for token in between)


def _between(left: Quantity, right: Quantity, view: SentenceView) -> list[Token]:
    return [token for token in view.sentence if left.span.end <= token.idx < right.span.start]
