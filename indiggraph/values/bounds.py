"""Reads the hedges around a figure: "over", "up to", "some", "or more"."""

from __future__ import annotations

import re
from functools import cache

from indiggraph.model import Bound
from indiggraph.values.numerals import first_after, last_before, pattern_of
from indiggraph.values.vocabulary import hedge_words

__all__ = ["bound_after", "bound_before", "words_before"]

_REACH = 48
_BACKWARD = re.compile(r"\.?[^\W\d_]+|\d+|=?[<>]|[^\w\s]")
"""A word (with its dot), a figure or a sign, read from right to left."""


def words_before(text: str, start: int, count: int) -> list[tuple[str, int]]:
    """Return up to ``count`` words, figures or signs before ``start``, nearest last, lower case, with their places."""
    found: list[tuple[str, int]] = []
    for match in _BACKWARD.finditer(text[max(0, start - _REACH) : start][::-1]):
        found.append((match[0][::-1].casefold(), start - match.end()))
        if len(found) == count:
            break
    return found[::-1]


def bound_before(text: str, start: int) -> tuple[Bound | None, int]:
    """Return the bound that a hedge right before ``start`` sets, and where the hedge begins (``start`` if none)."""
    if not start or last_before(text, start).isdecimal():
        return None, start
    nearest = words_before(text, start, 1)
    if not nearest or nearest[0][0] not in _last_words():
        return None, start
    before = hedge_words().before
    words = words_before(text, start, 4)
    for first in range(len(words)):
        phrase = " ".join(word for word, _ in words[first:])
        if phrase in before:
            bound = before[phrase]
            return bound, start if bound is None else words[first][1]
    return None, start


def bound_after(text: str, end: int) -> Bound | None:
    """Return the bound that a hedge right after ``end`` sets ("or more", "or so")."""
    follows = first_after(text, end)
    if follows == "-":
        follows = text[end + 1 : end + 2]
    match = _after().match(text, end) if follows.isalpha() or follows == "+" else None
    return None if match is None else hedge_words().after[" ".join(match[match.lastindex or 0].casefold().split())]


@cache
def _last_words() -> frozenset[str]:
    """Return the words in which a hedge ends: most words before figures are passed by with one look-up."""
    return frozenset(phrase.split()[-1] for phrase in hedge_words().before)


@cache
def _after() -> re.Pattern[str]:
    words = pattern_of(word for word in hedge_words().after if word[0].isalpha())
    return re.compile(rf"[^\S\n]?(\+)(?![\w])|[\s-]{{1,2}}({words})\b", re.IGNORECASE)
