"""Reads the rate after a sum or a quantity: "a ton", "per square meter", "annually"."""

from __future__ import annotations

import re
from functools import cache

from indiggraph.values.cells import Cell
from indiggraph.values.numerals import GAP, pattern_of
from indiggraph.values.vocabulary import noun_words, unit_words

__all__ = ["rate_after", "rate_of"]

_WORD = r"[^\W\d_]+"


@cache
def _rate() -> re.Pattern[str]:
    units = unit_words()
    singular = [word for word in units.words if not word.endswith("s") and f"{word}s" in units.words]
    priced = pattern_of({*singular, *units.priced, *units.rates})
    adverbs, stops = pattern_of(units.rate_adverbs), pattern_of(noun_words().stops)
    return re.compile(
        rf"(?:{GAP}an?{GAP}|-an?-|{GAP}per{GAP}|-per-|/)(?P<known>{priced})(?![\w-])(?!{GAP}(?:ago|earlier|later|before)\b)"
        rf"|{GAP}(?:per|for{GAP}(?:each|every)|each|every){GAP}(?P<any>(?:(?:square|cubic|metric|short){GAP})?(?!(?:{stops})\b){_WORD})(?![\w-])"
        rf"|{GAP}(?:on{GAP}an{GAP})?(?P<adverb>{adverbs})(?![\w-])",
        re.IGNORECASE,
    )


def rate_of(text: str, cell: Cell) -> str | None:
    """Return the rate behind a figure, or behind the last of the list to which it belongs."""
    return rate_after(text, (cell.partner or cell).last)


def rate_after(text: str, end: int) -> str | None:
    """Return the unit of the rate right after ``end`` ("ton", "year"), ``None`` where there is none."""
    match = _rate().match(text, end)
    if match is None:
        return None
    if match["adverb"]:
        return unit_words().rate_adverbs[match["adverb"].casefold()]
    word = " ".join((match["known"] or match["any"]).casefold().split())
    return unit_words().rates.get(word, word)
