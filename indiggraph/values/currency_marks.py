"""Reads the currency marks beside a figure: signs, codes, abbreviations and words, on its left and on its right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from indiggraph.values.context import Context
from indiggraph.values.numerals import GAP, Numeral, first_after, last_before, pattern_of
from indiggraph.values.vocabulary import Shared, currency_words, number_words

__all__ = ["PART", "Mark", "Minor", "late_scale", "left_mark", "named", "right_mark"]

_CLAUSE_END = re.compile(r"c?\s*(?:[.!?;)](?!\d)|\Z)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A currency mark: its code, where it begins or ends, its scale, and the signs that it agrees with."""

    code: str
    place: int
    factor: Decimal = Decimal(1)
    minor: bool = False
    sign: str = ""


def left_mark(text: str, numeral: Numeral, context: Context) -> Mark | None:
    """Return the mark before the figure: a sign, a code or an abbreviation, touching it or after one space."""
    before = last_before(text, numeral.start)
    if not _may_mark(before) or (before == "/" and text[numeral.start - 2 : numeral.start - 1].isdecimal()):
        return None
    match = _before().search(text, max(0, numeral.start - 12), numeral.start)
    if match is None or match.end() != numeral.start:
        return None
    words, glued = currency_words(), not match["gap"]
    mark, place = match["mark"], match.start("mark")
    big = numeral.scaled or numeral.grouped or numeral.letter is not None
    if mark in words.everyday and not big:
        return None
    reading = words.symbols.get(mark.casefold()) or words.prefixes.get(mark) or words.codes.get(mark)
    if reading is None and glued and big:
        reading = words.glued.get(mark)
    if reading is None:
        return _sign_at_end(text, mark, place, context) or _name_before(text, place, numeral, context)
    if mark[0] == "$" and text[place - 1 : place].isspace():
        wide = _wide_sign(text, place)
        if wide is not None:
            return wide
    return Mark(context.currency(reading, place), place, sign=mark[-1] if not mark[-1].isalnum() else "")


def _sign_at_end(text: str, mark: str, place: int, context: Context) -> Mark | None:
    """Return the sign at the end of a longer string ("worth€5")."""
    reading = currency_words().symbols.get(mark[-1])
    return None if reading is None else Mark(context.currency(reading, place), place + len(mark) - 1, sign=mark[-1])


def _wide_sign(text: str, place: int) -> Mark | None:
    """Return a sign set apart from its country letters ("hk $ 10")."""
    match = _COUNTRY_LETTERS.search(text, max(0, place - 5), place)
    code = None if match is None else currency_words().symbols.get(f"{match[1].casefold()}$")
    return None if match is None or not isinstance(code, str) else Mark(code, match.start(1), sign="$")


_COUNTRY_LETTERS = re.compile(r"(?<![^\W\d_])([A-Za-z]{2,3})[^\S\n]\Z")


def _name_before(text: str, place: int, numeral: Numeral, context: Context) -> Mark | None:
    """Return a currency word before a figure ("dollar 22.5 million", "ringgit 42")."""
    words = currency_words()
    name = text[place : numeral.start].strip().casefold()
    reading = words.names.get(name)
    if reading is None or not (numeral.scaled or (name not in words.everyday and _CLAUSE_END.match(text, numeral.end))):
        return None
    return Mark(context.currency(reading, place), place)


@cache
def _before() -> re.Pattern[str]:
    signs = pattern_of([*currency_words().symbols, "US$"])
    return re.compile(
        rf"(?P<mark>(?<![^\W\d_])(?:{signs})|(?<![^\W_])[^\W\d_]{{1,9}}\.?|S/\.?|[$€£¥₹₺₽₦₩])(?P<gap>[^\S\n]{{0,2}})\Z",
        re.IGNORECASE,
    )


def right_mark(text: str, position: int, numeral: Numeral, context: Context, alone: bool) -> Mark | None:
    """Return the mark after the figure; an everyday word ("won", "pounds") counts after a large figure only."""
    follows = first_after(text, position)
    match = _after().match(text, position) if follows == "-" or (follows != "/" and _may_mark(follows)) else None
    if match is None:
        return None
    words, everyday = currency_words(), currency_words().everyday
    if match["sign"]:
        if match["sign"] == "¢":
            minor = words.minor["¢"]
            return Mark(context.currency(minor, position), match.end(), minor.part, True)
        return Mark(
            context.currency(words.symbols[match["sign"].casefold()], position), match.end(), sign=match["sign"][-1]
        )
    parts = list(PART.finditer(match["words"]))
    if parts[0][0].casefold() not in _first_words():
        return None
    big = alone and (numeral.scaled or numeral.grouped or position != numeral.end)
    for count in range(len(parts), 0, -1):
        phrase = match["words"][: parts[count - 1].end()]
        reading = named(phrase)
        if reading is not None and (big or (phrase not in everyday and phrase.casefold() not in everyday)):
            end = match.start("words") + len(phrase)
            if isinstance(reading, Minor):
                return Mark(context.currency(reading.shared, position), end, reading.shared.part, True)
            return Mark(context.currency(reading, position), end, sign=_sign_of(phrase))
    return None


@cache
def _first_words() -> frozenset[str]:
    """Return the words in which a currency may begin, in lower case: most words are passed by with one look-up."""
    words = currency_words()
    phrases = [*words.names, *words.minor, *words.codes, *words.suffixes]
    return frozenset(part[0].casefold() for phrase in phrases if (part := PART.match(phrase)) is not None)


@cache
def _marks() -> frozenset[str]:
    """Return the characters that may begin or end a currency mark, letters apart."""
    words = currency_words()
    ways = [*words.symbols, *words.prefixes, *words.suffixes, *words.minor]
    return frozenset(mark for way in ways for mark in (way[0], way[-1]) if not mark.isalpha())


def _may_mark(character: str) -> bool:
    return character.isalpha() or character in _marks()


@dataclass(frozen=True, slots=True)
class Minor:
    """A part of a currency, such as its hundredth, that several countries may share."""

    shared: Shared


def named(phrase: str) -> str | Shared | Minor | None:
    words = currency_words()
    folded = " ".join(_BREAK.split(phrase.casefold()))
    if folded in words.minor:
        return Minor(words.minor[folded])
    return words.names.get(folded) or words.codes.get(phrase) or words.suffixes.get(phrase)


def _sign_of(phrase: str) -> str:
    """Return the sign that a currency word may stand beside without contradicting it."""
    return currency_words().families.get(_BREAK.split(phrase.casefold())[-1], "")


_BREAK = re.compile(r"[\s-]+")
PART = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+")


@cache
def _after() -> re.Pattern[str]:
    signs = pattern_of(sign for sign in [*currency_words().symbols, "¢"] if not sign[0].isalpha())
    word = r"(?:(?:[A-Za-z]\.){2,}|[^\W\d_]+)"
    return re.compile(rf"[^\S\n]?(?P<sign>{signs})(?!\d)|(?:{GAP}|-)?(?P<words>{word}(?:(?:{GAP}|-){word}){{0,3}})")


@cache
def _scale_word() -> re.Pattern[str]:
    words = number_words()
    return re.compile(rf"(?:{GAP}|-)(?P<scale>{pattern_of([*words.scales, *words.abbreviations])})(?![^\W_])")


def late_scale(text: str, end: int) -> tuple[Decimal, int]:
    """Take a scale that stands after the currency ("75 USD million")."""
    match = _scale_word().match(text, end)
    if match is None:
        return Decimal(1), end
    words = number_words()
    return {**words.scales, **words.abbreviations}[match["scale"]], match.end()
