"""Hangs each sum that explains the one before it ("65 trillion rials ($710 million)") on that sum."""

from __future__ import annotations

import re
from dataclasses import replace

from indiggraph.model import Bound, Money
from indiggraph.values.bounds import bound_before

__all__ = ["with_equivalents"]

_SAME = (
    r"(?:equal(?:ing|s)?(?:\s+to)?|equivalent(?:\s+to|\s+of)?|the\s+equivalent\s+of|which\s+is|i\.e\.|that\s+is|or|worth|valued\s+at|"
    r"amounting\s+to|totaling|totalling|approximately\s+equal\s+to|=|/|at)"
)
_OPENING = re.compile(
    rf"\s{{0,2}}[(\[]\s?(?:{_SAME}\s+)?(?:some\s+)?|,?\s{{1,2}}(?:or|equal\s+to|equivalent\s+to|the\s+equivalent\s+of|which\s+is\s+equal\s+to|i\.e\.,?)\s+|\s?=\s?"
)
_HEDGED = re.compile(r"(?:,|\s?[-–—])\s{1,2}(?:that\s+is\s+)?")
"""What stands before a hedged sum in another currency that repeats the one before (", about $3 million")."""
_REST = re.compile(r"\s?[,.;:)–—]|\s?\Z|\s+at\s+the\b")
"""What follows it: it is no part ("well over €400m of it")."""
_FURTHER = re.compile(r"\s?(?:[;,/]|,?\s(?:or|and))\s{1,2}")
_GAP_LIMIT = 60


def with_equivalents(text: str, sums: list[Money]) -> list[Money]:
    """Hang each sum that explains the one before it ("65 trillion rials ($710 million)") on that sum."""
    kept: list[Money] = []
    for money in sums:
        if kept and _explains(text, kept[-1], money):
            kept[-1] = replace(kept[-1], equivalents=(*kept[-1].equivalents, money))
        else:
            kept.append(money)
    return kept


def _explains(text: str, main: Money, money: Money) -> bool:
    if main.currency == money.currency or any(money.currency == same.currency for same in main.equivalents):
        return False
    start = bound_before(text, money.span.start)[1]
    if main.equivalents:
        last = main.equivalents[-1].span.end
        return _is_open(text, main) and start - last <= 8 and _FURTHER.fullmatch(text, last, start) is not None
    end = main.span.end
    if not 0 < start - end <= _GAP_LIMIT:
        return False
    after = _after_rate(text, main)
    hedged = money.bound in (Bound.ABOUT, Bound.UPPER) and _REST.match(text, money.span.end) is not None
    if hedged and any(_HEDGED.fullmatch(text, place, start) for place in (end, after)):
        return True
    openings = (_OPENING.match(text, place) for place in (end, after))
    return any(match is not None and match.end() in (start, money.span.start) for match in openings)


def _after_rate(text: str, main: Money) -> int:
    """Return the place after "a ton", "per car" behind the sum."""
    if main.per is None:
        return main.span.end
    match = re.compile(r"\s?/?(?:[\w]+\s){0,2}[\w-]+").match(text, main.span.end)
    return main.span.end if match is None else match.end()


def _is_open(text: str, main: Money) -> bool:
    """Whether the first equivalent stands in a bracket that is still open."""
    between = text[main.span.end : main.equivalents[0].span.start]
    return "(" in between or "[" in between
