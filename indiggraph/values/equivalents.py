"""Hangs each sum that explains the one before it ("65 trillion rials ($710 million)") on that sum."""

from __future__ import annotations

import re
from dataclasses import replace

from indiggraph.model import Money
from indiggraph.values.bounds import bound_before

__all__ = ["with_equivalents"]

_SAME = (
    r"(?:equal(?:ing|s)?(?:\s+to)?|equivalent(?:\s+to|\s+of)?|the\s+equivalent\s+of|which\s+is|i\.e\.|that\s+is|or|worth|valued\s+at|"
    r"amounting\s+to|totaling|totalling|approximately\s+equal\s+to|=|/|at)"
)
_OPENING = re.compile(
    rf"\s{{0,2}}[(\[]\s?(?:{_SAME}\s+)?(?:some\s+)?|,?\s{{1,2}}(?:or|equal\s+to|equivalent\s+to|the\s+equivalent\s+of|which\s+is\s+equal\s+to|i\.e\.,?)\s+|\s?=\s?"
)
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
    match = _OPENING.match(text, end) or _OPENING.match(text, _after_rate(text, main))
    return match is not None and match.end() == start


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
