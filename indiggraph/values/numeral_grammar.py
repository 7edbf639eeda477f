"""The patterns of numerals: figures, number words, scales, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from indiggraph.values.vocabulary import number_words

__all__ = ["GAP", "Grammar", "first_after", "last_before", "numeral_grammar", "pattern_of"]

GAP = r"(?:[^\S\n]{1,2}\n?|\n)[^\S\n]?"
"""White space inside an expression: it may wrap a line, but not a paragraph."""


def pattern_of(words: Iterable[str]) -> str:
    """Return a regular expression for the words, longest first, that takes any white space between their parts."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(GAP.join(re.escape(part) for part in word.split()) for word in ordered)


def first_after(text: str, position: int) -> str:
    """Return the first character after the place, past the white space of one :data:`GAP`; "" where there is none.

    It spares most patterns: a figure before another figure or a full stop has neither scale nor unit.
    """
    return text[position : position + _WIDEST_GAP + 1].lstrip()[:1]


def last_before(text: str, start: int) -> str:
    """Return the last character before the place, past the white space of one :data:`GAP`; "" where there is none."""
    return text[max(0, start - _WIDEST_GAP - 1) : start].rstrip()[-1:]


_WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns of numerals, and the values of number words."""

    start: re.Pattern[str]
    word: re.Pattern[str]
    scale: re.Pattern[str]
    letter: re.Pattern[str]
    half: re.Pattern[str]
    point: re.Pattern[str]
    parts: re.Pattern[str]
    lower: re.Pattern[str]
    number_before: re.Pattern[str]
    fraction: re.Pattern[str]
    values: Mapping[str, Decimal]
    scales: Mapping[str, Decimal]
    tens: frozenset[str]


_FIGURES = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3}){0,3} 000(?![.,]?\d)"
    r"|(?<=[R$€£])\d{1,3}(?: \d{3})+(?![.,]?\d)"
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}|\d{1,3},\d{1,2}(?![,.]?\d)"
    r"|\d+(?:\.\d+)?|(?<!\w)\.\d+"
)


@cache
def numeral_grammar() -> Grammar:
    """Return the patterns, compiled once."""
    words = number_words()
    small = pattern_of([*words.small, *words.tens])
    scales = pattern_of(words.scales)
    signs = "".join(words.signs)
    start = (
        rf"(?:(?P<minus>(?<![^\s(:=])[-−]|(?<![\w-])(?:minus|negative){GAP})(?=[\d.]|{small}))?(?:(?P<figures>(?<![0-9])(?<![0-9][.,])(?:{_FIGURES})(?![0-9])(?!(?:st|nd|rd|th)\b))(?P<sign>[{signs}])?"
        rf"|(?P<only>[{signs}])"
        rf"|(?<![\w-])(?:(?P<half>(?:an?{GAP})?(?:half|quarter)|three[ -]quarters|two[ -]thirds|one[ -]half"
        rf"|a{GAP}third)(?:(?:{GAP}of)?(?:{GAP}|-)an?\b)?(?=(?:{GAP}|-)(?:{scales})\b)"
        rf"|(?P<article>an?)(?=(?:{GAP}|-)(?:{scales})\b)"
        rf"|(?P<word>{small})(?![^\W_])|(?P<lone>hundred|thousand|lakh|crore)(?={GAP}(?:{scales}|(?:lakh|crore)s?)\b)))"
    )
    glued = pattern_of(word for word, value in words.scales.items() if value >= 100000 and len(word) > 4)
    parts = pattern_of(word for word in words.fractions if word.endswith("s"))
    halves = "half|(?:one|a)[ -]half|a[ -]quarter|(?:one|a)[ -]third|one[ -]quarter"
    halves += rf"|(?:{pattern_of(words.small)})[ -](?:{parts})"
    numerators = "an?|" + small
    fractions = pattern_of(words.fractions)
    lesser = r"one|two|three|four|five|six|seven|eight|nine|[1-9]"
    greater = (
        rf"(?:a|two|three|four|five|six|seven|eight|nine|ten){GAP}(?:hundred|thousand|million)s?"
        r"|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|[1-9][0-9]{0,2}"
    )
    return Grammar(
        start=re.compile(start, re.IGNORECASE),
        word=re.compile(
            rf"(?:(?P<join>-|{GAP}and{GAP}|{GAP})(?P<word>{small}|{scales})|(?<=\d)(?P<glued>{glued}))(?![^\W_])",
            re.IGNORECASE,
        ),
        scale=re.compile(
            rf"(?:-|{GAP})?(?P<scale>{pattern_of(words.abbreviations)})(?![^\W_])(?:\.(?={GAP}(?:[a-z€$£]|[A-Z]{{3}}\b)))?"
        ),
        letter=re.compile(rf"(?P<gap>-|[^\S\n])?(?P<letter>{pattern_of(words.letters)})(?![^\W_])"),
        half=re.compile(
            rf"{GAP}and{GAP}(?P<part>{halves})(?![\w-])(?!{GAP}(?:of|ago|later|earlier)\b)"
            rf"(?P<scaled>(?={GAP}(?:{scales})(?![^\W_])))?",
            re.IGNORECASE,
        ),
        point=re.compile(rf"{GAP}point((?:(?:{GAP}|-)(?:{small}|[0-9])(?![^\W_])){{1,9}})", re.IGNORECASE),
        parts=re.compile(rf"(?:{GAP}|-)(?P<part>{parts})(?![\w-])", re.IGNORECASE),
        lower=re.compile(rf"{GAP}(?P<figures>[0-9]{{1,3}}){GAP}(?P<scale>{scales})(?![^\W_])", re.IGNORECASE),
        number_before=re.compile(rf"(?<![\w-])(?:{small}|{scales})(?:{GAP}and{GAP}|{GAP}|-)\Z", re.IGNORECASE),
        fraction=re.compile(
            rf"(?<![\w-])(?:(?P<top>{numerators})(?:{GAP}|-)(?P<bottom>{fractions})(?![\w-])(?P<of>{GAP}of\b)?"
            rf"|(?P<half>half)(?![\w-])"
            rf"|(?P<some>{lesser})(?:{GAP}[a-z]{{3,20}})?{GAP}(?:in|out{GAP}of){GAP}(?:every{GAP})?(?P<all>{greater})(?![\w-]|[.,][0-9])"
            rf"|(?P<multiple>{pattern_of(words.multiples)}|(?P<fold>[0-9]{{1,3}}(?:\.[0-9]+)?)-?fold)(?![\w-]))",
            re.IGNORECASE,
        ),
        values={**words.small, **words.tens, **words.scales},
        scales=words.scales,
        tens=frozenset(words.tens),
    )
