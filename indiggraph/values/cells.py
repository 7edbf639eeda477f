"""Joins figures that share a mark: ranges ("$1.2-1.4 billion") and lists ("6, 8 and 9 million tons").

A cell is one figure with the currency or unit that stands beside it.  Sums and quantities are joined by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indiggraph.values.arithmetic import multiply
from indiggraph.values.bounds import bound_before, words_before
from indiggraph.values.numerals import GAP, Numeral, last_before
from indiggraph.values.vocabulary import hedge_words, noun_words, time_words

__all__ = ["Cell", "is_label", "is_year_like", "join"]

_CONNECTOR = re.compile(
    rf"(?P<dash>[^\S\n]?[-–—−‒][^\S\n]?)|(?P<to>{GAP}(?:to|through){GAP}|-to-)|(?P<from>{GAP}from{GAP})"
    rf"|(?P<and>,?{GAP}(?:and|or|&){GAP})|(?P<comma>,{GAP})"
)
_CHANGES = {"to": "from", "from": "to"}
"""The word between the two ends of a change, and the word before the first."""
_LONGEST = 24


@dataclass(slots=True)
class Cell:
    """A figure at ``start`` to ``end`` with its mark.

    ``factor`` is the scale in its value, ``key`` the currency or unit, ``None`` where it has none; ``left`` and
    ``right`` tell on which side the mark stands, ``high`` is the upper end where the cell became a range.
    """

    numeral: Numeral
    start: int
    end: int
    value: Decimal
    scaled: bool
    factor: Decimal = Decimal(1)
    key: str | None = None
    left: bool = False
    right: bool = False
    high: Cell | None = None
    given: bool = False
    """Whether the key was taken from a neighbour."""
    partner: Cell | None = None
    """The last figure of a list or a change, whose rate is that of this one too ("from 3 to 5 million tons a year")."""

    @property
    def last(self) -> int:
        """The end of the cell or, in a range, of its upper figure."""
        return self.end if self.high is None else self.high.end


def join(text: str, cells: Sequence[Cell]) -> list[Cell]:
    """Join ranges, and give figures without a mark the mark and the scale that they share with their neighbours."""
    joined: list[Cell] = []
    position = 0
    while position < len(cells):
        low = cells[position]
        high = cells[position + 1] if position + 1 < len(cells) else None
        if high is not None and _is_range(text, low, high):
            _share(low, high)
            low.high = high
            position += 1
        joined.append(low)
        position += 1
    for low, high in zip(reversed(joined[:-1]), reversed(joined[1:]), strict=True):
        if _is_list(text, low, high) or _is_change(text, low, high):
            _share(low, high)
            low.partner = high.partner or high
    return joined


def is_year_like(numeral: Numeral) -> bool:
    """Whether a bare figure could be a year: four digits without separator, 1300 to 2100."""
    return numeral.figures and not numeral.scaled and not numeral.grouped and 1300 <= numeral.value <= 2100


def is_label(text: str, start: int) -> bool:
    """Whether the word before makes the figure a label or a date ("phase 2", "March 19", "Article 44")."""
    before = last_before(text, start)
    words = words_before(text, start, 1) if before.isalpha() or before == "." else []
    if not words:
        return False
    word, place = words[0]
    if not word[0].isalpha() or text[place + len(word) : start].strip():
        return False
    if word in time_words().months or word in time_words().persian_months:
        return word != "may" or text[place].isupper()
    return word.rstrip(".") in noun_words().labels


def _connector(text: str, low: Cell, high: Cell) -> str | None:
    if not 0 < high.start - low.last <= _LONGEST or not text[low.last : high.start].strip():
        return None
    match = _CONNECTOR.fullmatch(text, low.last, high.start)
    if match is None:
        hedge = bound_before(text, high.start)[1]
        match = _CONNECTOR.match(text, low.last, hedge) if hedge > low.last else None
        if match is None or match.end() != hedge:
            return None
    return match.lastgroup


def _is_range(text: str, low: Cell, high: Cell) -> bool:
    """Whether two neighbours are the ends of one range, not two values or a change from one to the other."""
    kind = None if low.key is None and high.key is None else _connector(text, low, high)
    if kind not in ("dash", "to", "and") or not _fits(low, high, kind) or _scaled_value(low, high) >= high.value:
        return False
    start = bound_before(text, low.start)[1]
    before = [word for word, _ in words_before(text, start, 2)]
    if kind == "and":
        return before[-1:] == ["between"]
    if before[-1:] == ["from"] and kind == "to":
        return before[0] in hedge_words().ranges
    return (
        kind == "dash" or before[-1:] == ["between"] or not (low.key and before and before[-1] in hedge_words().changes)
    )


def _fits(low: Cell, high: Cell, kind: str) -> bool:
    """Whether the marks of the two allow a range: the same one, or one mark that stands for both."""
    if low.key is not None and high.key is not None:
        return low.key == high.key and (kind != "dash" or not (low.right and not low.left) or high.left or high.right)
    if low.key is None and high.key is None:
        return False
    if low.key is None:
        return high.right and not low.numeral.attached and not (is_year_like(low.numeral) and high.scaled)
    return low.left and not low.right and (kind == "dash" or (high.scaled and not low.scaled))


def _is_list(text: str, low: Cell, high: Cell) -> bool:
    """Whether the lower neighbour of a list takes the mark or the scale of the next figure."""
    if high.key is None or low.high is not None or _connector(text, low, high) not in ("and", "comma"):
        return False
    if low.key is not None:
        return low.key == high.key and low.left and not low.right and _may_take_scale(low, high)
    if low.numeral.attached or is_year_like(low.numeral) or is_label(text, low.start) or not high.right:
        return False
    return low.numeral.figures == high.numeral.figures


def _is_change(text: str, low: Cell, high: Cell) -> bool:
    """Whether the two are the ends of a change whose mark stands at the second ("from 3 to 5 million tons")."""
    if high.key is None or low.high is not None or high.high is not None:
        return False
    lead = _CHANGES.get(_connector(text, low, high) or "")
    if lead is None or [word for word, _ in words_before(text, bound_before(text, low.start)[1], 1)] != [lead]:
        return False
    if low.key is not None:
        return low.key == high.key and low.left and not low.right and _near(low, high)
    if low.numeral.attached or is_year_like(low.numeral) or not high.right or not low.numeral.figures:
        return False
    return not high.scaled or low.scaled or _near(low, high)


def _near(low: Cell, high: Cell) -> bool:
    """Whether the first figure with the scale of the second is of its size: "from 900 to 1.2 million" is none."""
    return high.value <= multiply(_scaled_value(low, high), Decimal(100)) and _scaled_value(low, high) <= multiply(
        high.value, Decimal(10)
    )


def _share(low: Cell, high: Cell) -> None:
    """Give both ends the mark that only one has, and the lower one the scale of the higher."""
    if _may_take_scale(low, high):
        low.value, low.factor, low.scaled = _scaled_value(low, high), (high.high or high).factor, True
    if low.key is None:
        low.key, low.right, low.given = high.key, high.right, True
    if high.key is None:
        high.key, high.left, high.given = low.key, low.left, True


def _scaled_value(low: Cell, high: Cell) -> Decimal:
    return multiply(low.value, (high.high or high).factor) if _may_take_scale(low, high) else low.value


def _may_take_scale(low: Cell, high: Cell) -> bool:
    end = high.high or high
    if not end.scaled or low.scaled:
        return False
    if low.numeral.grouped and low.value == low.value.to_integral():
        return end.numeral.grouped and low.value < end.numeral.bare  # "30,000-40,000 crore"
    return low.value < 1000
