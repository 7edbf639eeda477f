"""Finds fractions and multiples in words ("a third", "three quarters", "one in five", "twofold") with their value."""

from __future__ import annotations

import re
from decimal import Decimal

from indiggraph.values.arithmetic import divide, multiply
from indiggraph.values.numeral_grammar import numeral_grammar
from indiggraph.values.numerals import Numeral
from indiggraph.values.vocabulary import number_words

__all__ = ["find_fractions"]


def find_fractions(text: str) -> list[Numeral]:
    """Return the fractions and multiples in words: "a third of", "three quarters", "one in five", "twofold"."""
    grammar = numeral_grammar()
    return [
        numeral
        for match in grammar.fraction.finditer(text)
        if (numeral := _fraction(match)) is not None
        and (match["of"] or not grammar.number_before.search(text, max(0, match.start() - 16), match.start()))
    ]


def _fraction(match: re.Match[str]) -> Numeral | None:
    value = _fraction_value(match)
    if value is None:
        return None
    end = match.start("of") if match["of"] else match.end()
    return Numeral(match.start(), end, value, value, Decimal(1), figures=False, fraction=True)


def _fraction_value(match: re.Match[str]) -> Decimal | None:
    words, values = number_words(), numeral_grammar().values
    if match["multiple"]:
        return Decimal(match["fold"]) if match["fold"] else words.multiples[match["multiple"].casefold()]
    if match["half"]:
        return Decimal("0.5")
    if match["some"]:
        low, high = (_count(match[name]) for name in ("some", "all"))
        return divide(low, high) if low < high else None
    top = match["top"].casefold()
    return divide(Decimal(1) if top in ("a", "an") else values[top], words.fractions[match["bottom"].casefold()])


def _count(word: str) -> Decimal:
    folded = word.casefold()
    if folded.isdecimal():
        return Decimal(folded)
    top, _, scale = folded.rstrip("s").partition(" ") if folded.endswith(_HUNDREDS) else (folded, "", "")
    count = Decimal(1) if top == "a" else numeral_grammar().values[top]
    return multiply(count, numeral_grammar().scales[scale.strip()]) if scale else count


_HUNDREDS = ("hundred", "thousand", "million", "hundreds", "thousands", "millions")
