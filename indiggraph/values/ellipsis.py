"""Finds what a bare figure counts when the sentence has told it before.

"5,270 hand looms, against 4,910 a year before"; "9 ferries for the former and 4 for the latter"; "41 and 19
respectively"; "nine of which"; "the number of shops stood at 2,750".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indiggraph.values.bounds import bound_before, words_before
from indiggraph.values.cells import Cell, is_label, is_year_like
from indiggraph.values.nouns import counted_head
from indiggraph.values.numerals import GAP
from indiggraph.values.vocabulary import hedge_words

__all__ = ["unit_before"]

_REACH = 240
_CELLS = 12
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z])|\n\s*\n")
_OF_WHICH = re.compile(rf"{GAP}of{GAP}(?:which|whom|them)\b", re.IGNORECASE)
_RESPECTIVELY = re.compile(rf",?(?:{GAP}and{GAP}[\d.,]+)?,?{GAP}respectively\b", re.IGNORECASE)
_ONLY = frozenset(["just", "only", "merely", "mere", "a", "barely"])
_OF_THE = re.compile(rf"\b(?:Of|[Oo]f{GAP}(?:the|its|their|these|those|all)){GAP}\Z")
_NUMBER_OF = re.compile(rf"\b(?:number|tally|count|total){GAP}of\b(?!{GAP}which)", re.IGNORECASE)
_NUMBER_OF_WHICH = re.compile(rf"([^\W\d_]+),?{GAP}the{GAP}number{GAP}of{GAP}which\b", re.IGNORECASE)
_WORD_AFTER = re.compile(rf"{GAP}([^\W\d_]+)")


def unit_before(text: str, cells: Sequence[Cell], place: int) -> Cell | str | None:
    """Return the figure whose unit the bare one at ``place`` shares, or the noun that it counts, if any is told."""
    cell = cells[place]
    if (
        cell.numeral.attached
        or is_year_like(cell.numeral)
        or is_label(text, cell.start)
        or text[cell.end : cell.end + 1].isalpha()
    ):
        return None
    lead = _lead(text, cell)
    is_total = bool(lead) and lead[-1] in hedge_words().totals
    continues = _continues(text, cell, lead)
    if not is_total and not continues and lead[-1:] != [","]:
        return None
    start = _sentence_start(text, cell.start)
    noun = _number_of(text, start, cell) if is_total else None
    if noun is not None:
        return noun
    before = _last_counted(cells, start, place)
    return before if before is not None and (continues or _is_part(text, before, cell)) else None


def _lead(text: str, cell: Cell) -> list[str]:
    """Return the two words before the figure, hedges and "just" left out."""
    words = [word for word, _ in words_before(text, bound_before(text, cell.start)[1], 4)]
    while words and words[-1] in _ONLY:
        words.pop()
    return words[-2:]


def _is_part(text: str, before: Cell, cell: Cell) -> bool:
    """Whether the figure divides the one before it ("Of the 310 looms, 75 are idle")."""
    return text[before.last : bound_before(text, cell.start)[1]].strip() == "," and (
        _OF_THE.search(text, max(0, before.start - 20), bound_before(text, before.start)[1]) is not None
    )


def _sentence_start(text: str, place: int) -> int:
    low = max(0, place - _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, place + 1)]
    return ends[-1] if ends else low


def _last_counted(cells: Sequence[Cell], start: int, place: int) -> Cell | None:
    """Return the last figure of the sentence before the cell that counts or measures something."""
    for other in reversed(cells[max(0, place - _CELLS) : place]):
        if other.start < start:
            return None
        if other.key is not None and not other.key.startswith("percent:"):
            return other
    return None


def _continues(text: str, cell: Cell, lead: Sequence[str]) -> bool:
    """Whether the words around the figure, ``lead`` those before it, tie it to the one before."""
    if _OF_WHICH.match(text, cell.end) or _RESPECTIVELY.match(text, cell.end):
        return True
    words = hedge_words()
    if not lead:
        return False
    if lead[-1] in words.compares or " ".join(lead) in words.compares:
        return True
    after = _WORD_AFTER.match(text, cell.end)
    follows = after is not None and after[1].casefold() in words.prepositions
    return follows and (lead[-1] in words.continues or " ".join(lead) in words.continues)


def _number_of(text: str, start: int, cell: Cell) -> str | None:
    """Return the noun of "the number of shops ... at 2,750", or of "schools, the number of which ... to 840"."""
    relative = _NUMBER_OF_WHICH.search(text, start, cell.start)
    if relative is not None:
        return relative[1]
    match = _NUMBER_OF.search(text, start, cell.start)
    head = None if match is None else counted_head(text, match.end())
    return None if head is None or head[1] > cell.start else text[head[0] : head[1]]
