"""Finds numerals - figures, number words and mixtures of both - and reads their value exactly.

One pass from left to right; what a numeral means (a sum, a count, a year) is decided by the other modules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from indiggraph.values.arithmetic import EXACT, divide, multiply
from indiggraph.values.numeral_grammar import (
    GAP,
    Grammar,
    first_after,
    last_before,
    numeral_grammar,
    pattern_of,
)
from indiggraph.values.vocabulary import number_words

__all__ = [
    "GAP",
    "Numeral",
    "find_numerals",
    "first_after",
    "last_before",
    "pattern_of",
]

_ZERO, _ONE = Decimal(0), Decimal(1)
_ZEROS = re.compile("00+")
_LONGEST = 30
"""Digit strings longer than this are identifiers, not numbers."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``start`` to ``end``: ``value`` is ``bare`` times ``scale``.

    ``letter`` is a scale letter after it that holds only for sums and counted nouns: its factor and its end.
    ``figures`` tells digits from words, ``grouped`` whether it has a thousands separator or a decimal,
    ``attached`` that a letter, digit or hyphenated word touches it on the left, ``negative`` a minus sign.
    """

    start: int
    end: int
    value: Decimal
    bare: Decimal
    scale: Decimal
    figures: bool
    grouped: bool = False
    attached: bool = False
    letter: tuple[Decimal, int] | None = None
    fraction: bool = False

    @property
    def scaled(self) -> bool:
        """Whether a scale word or abbreviation belongs to it."""
        return self.scale != 1


def find_numerals(text: str) -> list[Numeral]:
    """Return the numerals of the text in order; ordinals, and figures inside words, are left out."""
    grammar = numeral_grammar()
    found: list[Numeral] = []
    match = grammar.start.search(text)
    while match is not None:
        numeral = _Reader(text, grammar).read(match)
        position = match.end() if numeral is None else numeral.end
        if numeral is not None:
            found.append(numeral)
        match = grammar.start.search(text, position)
    return found


class _Reader:
    """Reads one numeral from its first word on: a sum of groups, each multiplied by the scales that follow it."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.parts: list[Decimal] = []
        self.group = Decimal(0)
        self.scale = Decimal(1)
        self.last = ""
        self.position = 0
        self.joined = False
        self.pointed = False

    @property
    def total(self) -> Decimal:
        """The sum of the groups that are read already."""
        return reduce(EXACT.add, self.parts, _ZERO) if self.parts else _ZERO

    def read(self, match: re.Match[str]) -> Numeral | None:
        """Return the numeral that begins with the match, ``None`` where a digit string is too long to be one."""
        self.position = match.end()
        figures = match["figures"]
        if figures is not None and (len(figures) > _LONGEST or _ZEROS.fullmatch(figures)):
            return None
        self.group, self.last = self._first(match)
        if figures is not None and not self._goes_on():
            return self._numeral(match)
        if figures is not None and (self._slash(match) or self._power(match)):
            return self._numeral(match, fraction=True)
        if _EXPONENT.match(self.text, self.position):
            return None
        words = figures is None
        while (words and self._point()) or self._half() or self._word(words_only=words) or self._lower(words):
            pass
        if words and self.position > match.end():
            self._parts()
        self._abbreviation()
        return self._numeral(match, fraction=self._over(match))

    def _goes_on(self) -> bool:
        """Whether what follows the figures could belong to them: a letter, a mark of a fraction or a power."""
        after = first_after(self.text, self.position)
        if after == "-":
            return self.text[self.position + 1 : self.position + 2].isalpha()
        return after.isalpha() or (after != "" and after in "/^×·")

    def _first(self, match: re.Match[str]) -> tuple[Decimal, str]:
        signs = number_words().signs
        if match["figures"] is not None:
            value = _figures(match["figures"])
            return (EXACT.add(value, divide(*signs[match["sign"]])) if match["sign"] else value), "figures"
        if match["only"] is not None:
            return divide(*signs[match["only"]]), "figures"
        if match["half"] is not None:
            return _part(match["half"]), "article"
        if match["article"] is not None:
            return Decimal(1), "article"
        if match["lone"] is not None:
            value = self.grammar.scales[match["lone"].casefold()]
            self.scale = value
            return value, "scale"
        word = match["word"].casefold()
        return self.grammar.values[word], "tens" if word in self.grammar.tens else "small"

    def _slash(self, match: re.Match[str]) -> bool:
        """Take the rest of a fraction in figures ("3/4", "1 1/2") unless it looks like a date."""
        rest = _SLASH.match(self.text, match.end())
        if rest is None or match["sign"] or self.group >= int(rest["bottom"]):
            return False
        self.group = divide(self.group, Decimal(rest["bottom"]))
        self.position = rest.end()
        return True

    def _over(self, match: re.Match[str]) -> bool:
        """Take "over twenty" of a fraction that stands alone or is said to be a number ("the rate is 1 over 20")."""
        rest = _OVER.match(self.text, self.position)
        if rest is None or not _LEAD.search(self.text, max(0, match.start() - 16), match.start()):
            return False
        first = self.grammar.start.match(self.text, rest.end())
        bottom = None if first is None else _Reader(self.text, self.grammar).read(first)
        if bottom is None or bottom.value <= 1 or not _CLAUSE_END.match(self.text, bottom.end):
            return False
        self.group = divide(EXACT.add(self.total, self.group), bottom.value)
        self.parts, self.scale, self.last = [], Decimal(1), "half"
        self.position = bottom.end
        return True

    def _power(self, match: re.Match[str]) -> bool:
        """Take the power of a number in scientific notation ("1.3x10^6", "2.5e-3", "1.1^23")."""
        rest = None if match["sign"] else _POWER.match(self.text, match.end())
        if rest is None or (rest["e"] and "." not in match["figures"] and rest["e"][0] not in "+-−"):
            return False
        exponent = int((rest["ten"] or rest["e"] or rest["own"]).replace("−", "-"))
        if rest["own"]:
            if self.group == 0:
                return False
            self.group = EXACT.power(self.group, exponent)
        else:
            self.group = self.group.scaleb(exponent, EXACT)
        self.position = rest.end()
        return True

    def _point(self) -> bool:
        """Take the decimals of a spoken number ("one point three", "two hundred point seventy-one")."""
        rest = None
        if not self.pointed and (self.last in ("small", "tens") or (self.last == "scale" and self.scale == 100)):
            rest = self.grammar.point.match(self.text, self.position)
        if rest is None:
            return False
        self.group = EXACT.add(self.group, Decimal(f"0.{_decimals(rest[1])}"))
        self.position, self.pointed = rest.end(), True
        return True

    def _lower(self, words: bool) -> bool:
        """Take figures with a lower scale after a scale ("2 crore 50 lakh", "4 thousand 3 hundred")."""
        if words or self.last != "scale":
            return False
        rest = self.grammar.lower.match(self.text, self.position)
        if rest is not None:
            scale = self.grammar.scales[rest["scale"].casefold()]
            if not 12 < scale < self.scale:
                return False
            self.parts.append(self.group)
            self.group, self.scale = multiply(Decimal(rest["figures"]), scale), scale
            self.position = rest.end()
            return True
        return self._spoken_rest()

    def _spoken_rest(self) -> bool:
        """Take the last words of a number in figures ("6 crore and two hundred") where nothing is counted by them."""
        rest = self.grammar.word.match(self.text, self.position)
        if rest is None or "and" not in (rest["join"] or "").casefold():
            return False
        if rest["word"].casefold() in self.grammar.scales:
            return False
        match = self.grammar.start.match(self.text, rest.start("word"))
        numeral = None if match is None else _Reader(self.text, self.grammar).read(match)
        if numeral is None or numeral.value >= self.scale or not _CLAUSE_END.match(self.text, numeral.end):
            return False
        self.parts.append(self.group)
        self.group, self.last = numeral.value, "small"
        self.position, self.scale = numeral.end, Decimal(1)
        return True

    def _parts(self) -> None:
        """Take the denominator of a fraction in words: "twenty-one fifths", "two hundred and four tenths"."""
        rest = self.grammar.parts.match(self.text, self.position)
        if rest is None or self.last not in ("small", "tens") or rest["part"].casefold() in _PERIODS:
            return
        bottom = number_words().fractions[rest["part"].casefold()]
        if not self.joined:
            self.group, self.parts = EXACT.add(self.total, self.group), []
        self.group, self.last = divide(self.group, bottom), "half"
        self.position = rest.end()

    def _half(self) -> bool:
        """Take "and a half" after a group or a scale: a half of the scale, if that is above a hundred."""
        rest = self.grammar.half.match(self.text, self.position)
        if rest is None or self.last not in ("small", "tens", "scale", "figures"):
            return False
        if rest["scaled"] is not None and self.last == "scale":
            self.parts.append(self.group)
            self.group, self.scale = _part(rest["part"]), Decimal(1)
            self.position, self.last = rest.end(), "article"
            return True
        unit = self.scale if self.last == "scale" and self.scale != 100 else Decimal(1)
        self.group = EXACT.add(self.group, multiply(_part(rest["part"]), unit))
        self.position, self.last = rest.end(), "half"
        return True

    def _word(self, words_only: bool) -> bool:
        rest = self.grammar.word.match(self.text, self.position)
        if rest is None:
            return False
        word, joined = (rest["word"] or rest["glued"]).casefold(), "and" in (rest["join"] or "").casefold()
        scale = self.grammar.scales.get(word)
        taken = self._multiply(scale, joined) if scale is not None else words_only and self._add(word, joined)
        if taken:
            self.position = rest.end()
        return taken

    def _multiply(self, scale: Decimal, joined: bool) -> bool:
        """Take a scale: "two hundred", "120 thousand billion"."""
        if joined or (self.last == "scale" and self.scale == 12):
            return False
        while self.last != "scale" and self.parts and self.parts[-1] < scale:
            self.group = EXACT.add(self.group, self.parts.pop())
        self.scale = multiply(self.scale, scale) if self.last == "scale" else scale
        self.group, self.last = multiply(self.group, scale), "scale"
        return True

    def _add(self, word: str, joined: bool) -> bool:
        """Take a number word after the group: "twenty-three", "two hundred and fifty", "a million two hundred"."""
        value = self.grammar.values[word]
        kind = "tens" if word in self.grammar.tens else "small"
        if self.last == "tens" and kind == "small" and 0 < value < 10 and not joined:
            self.group, self.last = EXACT.add(self.group, value), "small"
            return True
        if self.last != "scale" or self.scale == 12:
            return False
        self.parts.append(self.group)
        self.group, self.last, self.scale, self.joined = value, kind, Decimal(1), joined
        return True

    def _abbreviation(self) -> None:
        rest = self.grammar.scale.match(self.text, self.position)
        if rest is None or self.last == "scale":
            return
        self.scale = number_words().abbreviations.get(rest["scale"], Decimal(1))
        self.group = multiply(self.group, self.scale)
        self.position, self.last = rest.end(), "scale"

    def _numeral(self, match: re.Match[str], fraction: bool = False) -> Numeral:
        value = EXACT.add(self.total, self.group) if self.parts else self.group
        if match["minus"]:
            value = -value
        scale = self.scale if self.last == "scale" and self.total == 0 else _ONE
        figures = match["figures"] is not None or match["only"] is not None
        letter = self.grammar.letter.match(self.text, self.position) if figures and self.last == "figures" else None
        return Numeral(
            start=match.start(),
            end=self.position,
            value=value,
            bare=EXACT.divide(value, scale) if scale != 1 else value,
            scale=scale,
            figures=figures,
            grouped=figures and _GROUPED.search(match[0]) is not None,
            attached=_attached(self.text, match.start()),
            letter=None if letter is None else (number_words().letters[letter["letter"]], letter.end()),
            fraction=fraction or match["only"] is not None,
        )


_SLASH = re.compile(r"/(?P<bottom>[2-9]|1[0-26]|100)(?![0-9/.,-]*[0-9])")
_POWER = re.compile(
    r"[^\S\n]?[x×·][^\S\n]?10\^?(?P<ten>(?<=\^)[-+−]?[0-9]{1,2}|[-−][0-9]{1,2})(?!\w|\.\d)"
    r"|[eE](?P<e>[-+−]?[0-9]{1,2})(?!\w|\.\d)|\^(?P<own>[+-]?[0-9]{1,2})(?!\w|\.\d)"
)
_EXPONENT = re.compile(r"[eE][-+−]?[0-9]")
"""An exponent that no figure of a text has ("1e999999"): what stands there is no number."""
_CLAUSE_END = re.compile(rf"\s*(?:[.,;:!?)]|\Z)|{GAP}(?:is|are|was|were|has|have)\b")
_OVER = re.compile(rf"{GAP}over{GAP}", re.IGNORECASE)
_LEAD = re.compile(r"(?:\A|\b(?:is|was|equals|to|be)\s|=\s?)\s?(?:minus\s)?\Z")
_DIGITS = "0123456789"
_PERIODS = frozenset(["quarters", "halves"])
"""Denominators that count years or games as well."""


_GROUPED = re.compile(r"[,.]|\d[ \u00a0\u2009\u202f]\d{3}")
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,2}")
"""Figures with a decimal comma."""


def _figures(text: str) -> Decimal:
    if text.isdecimal():
        return Decimal(text)
    plain = _SPACES.sub("", text)
    if plain.count(".") > 1 or _COMMA.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain.replace(",", ""))


def _decimals(words: str) -> str:
    """Return the digits of "three five", "seventy-one" or "3 5"."""
    digits = ""
    tens = False
    for word in re.split(r"[\s-]+", words.strip().casefold()):
        digit = word if word.isdecimal() else str(numeral_grammar().values[word])
        digits = digits[:-1] + digit if tens and len(digit) == 1 and digit != "0" else digits + digit
        tens = word in numeral_grammar().tens
    return digits


def _part(text: str) -> Decimal:
    words = re.split(r"[\s-]", text.casefold())
    top = Decimal(1) if len(words) == 1 or words[0] in ("a", "an") else number_words().small[words[0]]
    return divide(top, number_words().fractions[words[-1]])


def _attached(text: str, start: int) -> bool:
    """Whether the figure continues a word, a code or a compound ("A320", "Covid-19", "No.5")."""
    if start == 0:
        return False
    before = text[start - 1]
    if before.isalnum() or before in "_#@":
        return True
    if before not in "-./" or start == 1:
        return False
    letter = text[max(0, start - 12) : start - 1].rstrip(_DIGITS)[-1:]
    return letter.isalpha() or letter == "_"
