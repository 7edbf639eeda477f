"""Finds the head of a counted noun phrase by word lists and word shape, without a parser."""

from __future__ import annotations

import re

from indiggraph.values.numerals import GAP
from indiggraph.values.vocabulary import noun_words, number_words

__all__ = ["Head", "counted_head", "is_plural", "last_noun"]

Head = tuple[int, int]
"""Start and end of the head noun."""

_WORD = r"[^\W\d_][^\W_]*(?:[-'’][^\W_]+)*"
"""A word; the name of a model has figures in it ("12 Mi-17 helicopters")."""
_NEXT = re.compile(rf"(?:{GAP}|,{GAP}(?=\S+(?:ed|ing|ic|al|ive)\b))(?P<word>{_WORD})")
_COMPOUND = re.compile(r"-(?P<word>[^\W\d_]+)")
_EXTRA = frozenset(["plus", "odd"])
"""What a hyphen ties to a figure that counts the noun after it ("2,000-plus parts")."""
_LONGEST = 7


def is_plural(word: str) -> bool:
    """Return whether the word looks like a plural noun."""
    folded = word.casefold()
    words = noun_words()
    if folded in words.irregular:
        return True
    return len(folded) > 2 and folded[-1] == "s" and folded[-2] not in "su'’" and folded not in words.singular


def counted_head(text: str, position: int) -> Head | None:
    """Return the head of the noun phrase that a figure ending at ``position`` counts.

    "six regional export training schools in" gives "schools": the last of the first run of plurals before a word
    that ends the phrase.  ``None`` where no plural follows ("Article 44 of").
    """
    phrase = _phrase(text, position)
    last: int | None = None
    for place, (word, _, _) in enumerate(phrase):
        plural = is_plural(word.split("-")[-1])
        if plural:
            last = place
        elif last is not None and not _continues(phrase, last, place):
            break
    return None if last is None else phrase[last][1:]


def last_noun(text: str, position: int) -> Head | None:
    """Return the last word of a short noun phrase in the singular ("one roll-on ferry"), ``None`` for a long one."""
    phrase = _phrase(text, position)
    return phrase[-1][1:] if 0 < len(phrase) <= 3 else None


def _continues(phrase: list[tuple[str, int, int]], last: int, place: int) -> bool:
    """Whether the plural before is an attribute of a later plural ("sports car makers")."""
    if phrase[last][0].casefold() not in noun_words().attributive or phrase[place][0].endswith(("ed", "ing", "ly")):
        return False
    return any(is_plural(word) for word, _, _ in phrase[place + 1 :])


def _phrase(text: str, position: int) -> list[tuple[str, int, int]]:
    """Return the words after the figure up to one that ends the phrase, with their places."""
    stops = noun_words().stops
    found: list[tuple[str, int, int]] = []
    compound = _COMPOUND.match(text, position)
    if compound is not None and not (is_plural(compound["word"]) or compound["word"].casefold() in _EXTRA):
        return []  # "two-wheel cars" counts no cars
    if compound is not None:
        position = compound.end()
    while len(found) < _LONGEST:
        match = _NEXT.match(text, position)
        if match is None or match["word"].casefold() in stops or match["word"].casefold() in number_words().small:
            break
        word = match["word"]
        cut = len(word) - 2 if word[-2:].casefold() in ("'s", "’s") else len(word)
        found.append((word[:cut], match.start("word"), match.start("word") + cut))
        position = match.end()
        if cut < len(word):
            break
    return found
