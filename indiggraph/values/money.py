"""Reads sums of money: figure, currency, scale, range, hedge, rate and the sums that the text gives as equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from indiggraph.model import Money, Span
from indiggraph.values.bounds import bound_after, bound_before
from indiggraph.values.cells import Cell, join
from indiggraph.values.context import Context
from indiggraph.values.numerals import (
    GAP,
    Numeral,
    find_numerals,
    first_after,
    last_before,
    multiply,
    pattern_of,
)
from indiggraph.values.rates import rate_of
from indiggraph.values.vocabulary import Shared, currency_words, number_words

__all__ = ["UNKNOWN", "find_money", "read_money"]

UNKNOWN = "XXX"
"""ISO 4217's code for no currency: the marks around the figure contradict each other ("$7.4 trillion rials")."""


def find_money(text: str) -> list[Money]:
    """Return the sums of the text in order; equivalents stand inside the sum that they explain.

    A sum without a number ("billions of euros") has neither value nor ends.  A currency word that several countries
    use is read by the country that the text names most.
    """
    return read_money(text, find_numerals(text), Context(text))


def read_money(text: str, numerals: Sequence[Numeral], context: Context) -> list[Money]:
    """Return the sums among numerals that were found already (see :func:`find_money`)."""
    cells = join(text, _neighbours([_cell(text, numeral, context) for numeral in numerals]))
    vague = _unnumbered(text, context)
    sums = [_money(text, cell) for cell in _minor_parts(text, cells) if cell.key is not None]
    return _equivalents(text, _apart(sorted([*sums, *vague], key=lambda money: money.span)))


def _apart(sums: Sequence[Money]) -> list[Money]:
    """Drop what another sum covers: "hundred million euros" in "several hundred million euros"."""
    kept: list[Money] = []
    for money in sums:
        if not kept or money.span.start >= kept[-1].span.end:
            kept.append(money)
    return kept


# ---- currency marks ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """A currency mark: its code, where it begins or ends, its scale, and the signs that it agrees with."""

    code: str
    place: int
    factor: Decimal = Decimal(1)
    minor: bool = False
    sign: str = ""


def _cell(text: str, numeral: Numeral, context: Context) -> Cell:
    """Return the figure with its currency, or bare where none stands beside it."""
    bare = Cell(numeral, numeral.start, numeral.end, numeral.value, numeral.scaled, numeral.scale)
    left = _left(text, numeral, context)
    right = _right(text, numeral.end, numeral, context, left is None)
    factor, end = numeral.scale, numeral.end
    if numeral.letter is not None and right is None:
        right = _right(text, numeral.letter[1], numeral, context, left is None)
        if left is not None or right is not None:
            factor, end = numeral.letter
    if (left is None and right is None) or (left is None and numeral.attached):
        return bare
    if right is not None:
        end = right.place
    if factor == 1:
        factor, end = _late_scale(text, end)
    value = multiply(multiply(numeral.bare, factor), Decimal(1) if right is None else right.factor)
    bare.start, bare.end = numeral.start if left is None else left.place, end
    bare.value, bare.factor, bare.scaled = value, factor, factor != 1
    bare.key, bare.left, bare.right = _agree(left, right), left is not None, right is not None
    return bare


def _agree(left: _Mark | None, right: _Mark | None) -> str:
    """Return the currency of both marks, a sign of several currencies yielding to a word that fits it.

    Where they contradict each other, the code is XXX, with both codes behind a colon.
    """
    if left is None or right is None:
        mark = left or right
        return UNKNOWN if mark is None else mark.code
    agree = left.code == right.code or (left.sign and left.sign == right.sign)
    return right.code if agree else f"{UNKNOWN}:{left.code} and {right.code}"


def _left(text: str, numeral: Numeral, context: Context) -> _Mark | None:
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
    return _Mark(context.currency(reading, place), place, sign=mark[-1] if not mark[-1].isalnum() else "")


def _sign_at_end(text: str, mark: str, place: int, context: Context) -> _Mark | None:
    """Return the sign at the end of a longer string ("worth€5")."""
    reading = currency_words().symbols.get(mark[-1])
    return None if reading is None else _Mark(context.currency(reading, place), place + len(mark) - 1, sign=mark[-1])


def _wide_sign(text: str, place: int) -> _Mark | None:
    """Return a sign set apart from its country letters ("hk $ 10")."""
    match = _COUNTRY_LETTERS.search(text, max(0, place - 5), place)
    code = None if match is None else currency_words().symbols.get(f"{match[1].casefold()}$")
    return None if match is None or not isinstance(code, str) else _Mark(code, match.start(1), sign="$")


_COUNTRY_LETTERS = re.compile(r"(?<![^\W\d_])([A-Za-z]{2,3})[^\S\n]\Z")


def _name_before(text: str, place: int, numeral: Numeral, context: Context) -> _Mark | None:
    """Return a currency word before a figure ("dollar 22.5 million", "ringgit 42")."""
    words = currency_words()
    name = text[place : numeral.start].strip().casefold()
    reading = words.names.get(name)
    if reading is None or not (numeral.scaled or (name not in words.everyday and _CLAUSE_END.match(text, numeral.end))):
        return None
    return _Mark(context.currency(reading, place), place)


@cache
def _before() -> re.Pattern[str]:
    signs = pattern_of([*currency_words().symbols, "US$"])
    return re.compile(
        rf"(?P<mark>(?<![^\W\d_])(?:{signs})|(?<![^\W_])[^\W\d_]{{1,9}}\.?|S/\.?|[$€£¥₹₺₽₦₩])(?P<gap>[^\S\n]{{0,2}})\Z",
        re.IGNORECASE,
    )


def _right(text: str, position: int, numeral: Numeral, context: Context, alone: bool) -> _Mark | None:
    """Return the mark after the figure; an everyday word ("won", "pounds") counts after a large figure only."""
    follows = first_after(text, position)
    match = _after().match(text, position) if follows == "-" or (follows != "/" and _may_mark(follows)) else None
    if match is None:
        return None
    words, everyday = currency_words(), currency_words().everyday
    if match["sign"]:
        if match["sign"] == "¢":
            return _Mark(context.currency(words.minor["¢"], position), match.end(), Decimal("0.01"), True)
        return _Mark(
            context.currency(words.symbols[match["sign"].casefold()], position), match.end(), sign=match["sign"][-1]
        )
    parts = list(_PART.finditer(match["words"]))
    if parts[0][0].casefold() not in _first_words():
        return None
    big = alone and (numeral.scaled or numeral.grouped or position != numeral.end)
    for count in range(len(parts), 0, -1):
        phrase = match["words"][: parts[count - 1].end()]
        reading = _named(phrase)
        if reading is not None and (big or (phrase not in everyday and phrase.casefold() not in everyday)):
            end = match.start("words") + len(phrase)
            if isinstance(reading, _Minor):
                return _Mark(context.currency(reading.shared, position), end, Decimal("0.01"), True)
            return _Mark(context.currency(reading, position), end, sign=_sign_of(phrase))
    return None


@cache
def _first_words() -> frozenset[str]:
    """Return the words in which a currency may begin, in lower case: most words are passed by with one look-up."""
    words = currency_words()
    phrases = [*words.names, *words.minor, *words.codes, *words.suffixes]
    return frozenset(part[0].casefold() for phrase in phrases if (part := _PART.match(phrase)) is not None)


@cache
def _marks() -> frozenset[str]:
    """Return the characters that may begin or end a currency mark, letters apart."""
    words = currency_words()
    ways = [*words.symbols, *words.prefixes, *words.suffixes, *words.minor]
    return frozenset(mark for way in ways for mark in (way[0], way[-1]) if not mark.isalpha())


def _may_mark(character: str) -> bool:
    return character.isalpha() or character in _marks()


@dataclass(frozen=True, slots=True)
class _Minor:
    shared: Shared


def _named(phrase: str) -> str | Shared | _Minor | None:
    words = currency_words()
    folded = " ".join(_BREAK.split(phrase.casefold()))
    if folded in words.minor:
        return _Minor(words.minor[folded])
    return words.names.get(folded) or words.codes.get(phrase) or words.suffixes.get(phrase)


def _sign_of(phrase: str) -> str:
    """Return the sign that a currency word may stand beside without contradicting it."""
    return currency_words().families.get(_BREAK.split(phrase.casefold())[-1], "")


_BREAK = re.compile(r"[\s-]+")
_PART = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+")


@cache
def _after() -> re.Pattern[str]:
    signs = pattern_of(sign for sign in [*currency_words().symbols, "¢"] if not sign[0].isalpha())
    word = r"(?:(?:[A-Za-z]\.){2,}|[^\W\d_]+)"
    return re.compile(rf"[^\S\n]?(?P<sign>{signs})(?!\d)|(?:{GAP}|-)?(?P<words>{word}(?:(?:{GAP}|-){word}){{0,3}})")


@cache
def _scale_word() -> re.Pattern[str]:
    words = number_words()
    return re.compile(rf"(?:{GAP}|-)(?P<scale>{pattern_of([*words.scales, *words.abbreviations])})(?![^\W_])")


def _late_scale(text: str, end: int) -> tuple[Decimal, int]:
    """Take a scale that stands after the currency ("75 USD million")."""
    match = _scale_word().match(text, end)
    if match is None:
        return Decimal(1), end
    words = number_words()
    return {**words.scales, **words.abbreviations}[match["scale"]], match.end()


# ---- sums --------------------------------------------------------------------------------------------------


def _neighbours(cells: list[Cell]) -> list[Cell]:
    """Drop figures that a neighbour's scale covers; a mark between two figures belongs to the one that it touches."""
    kept: list[Cell] = []
    for cell in cells:
        before = kept[-1] if kept else None
        if before is None or cell.start >= before.end:
            kept.append(cell)
        elif cell.numeral.start >= before.end:
            if (
                cell.left
                and before.right
                and not before.left
                and before.numeral.end != cell.start
                and before.end == cell.numeral.start
            ):
                kept[-1] = _bare(before)
                kept.append(cell)
            else:
                kept.append(_bare(cell) if cell.left and not cell.right else replace(cell, start=cell.numeral.start))
    return kept


def _bare(cell: Cell) -> Cell:
    numeral = cell.numeral
    return Cell(numeral, numeral.start, numeral.end, numeral.value, numeral.scaled, numeral.scale)


_MINOR = re.compile(rf",?(?:{GAP}and)?{GAP}")
_CLAUSE_END = re.compile(r"c?\s*(?:[.!?;)](?!\d)|\Z)")


def _minor_parts(text: str, cells: list[Cell]) -> list[Cell]:
    """Join "thirteen dollars and forty-five cents", "15 dollars and 15." into one sum."""
    kept: list[Cell] = []
    for cell in cells:
        whole = kept[-1] if kept else None
        if whole is not None and whole.key is not None and _MINOR.fullmatch(text, whole.end, cell.start):
            part = _hundredths(text, whole, cell)
            if part is not None:
                end = cell.end + (text[cell.end : cell.end + 1] == "c")
                kept[-1] = replace(whole, end=end, value=whole.value + part)
                continue
        kept.append(cell)
    return kept


def _hundredths(text: str, whole: Cell, cell: Cell) -> Decimal | None:
    """Return the value of the figure as hundredths of the sum before it, ``None`` where it is no part of it."""
    if (
        whole.scaled
        or whole.high is not None
        or whole.value != whole.value.to_integral()
        or not 0 < cell.numeral.value < 100
    ):
        return None
    if cell.key is not None:
        return cell.value if cell.value * 100 == cell.numeral.value else None
    ends = _CLAUSE_END.match(text, cell.end) is not None and cell.numeral.value >= 10
    return multiply(cell.numeral.value, Decimal("0.01")) if ends and not cell.scaled else None


def _money(text: str, cell: Cell) -> Money:
    bound = bound_before(text, cell.start)[0] or bound_after(text, cell.last)
    currency, _, codes = (cell.key or UNKNOWN).partition(":")
    value = _plain(cell.value)
    return Money(
        span=Span(cell.start, cell.last),
        text=text[cell.start : cell.last],
        currency=currency,
        value=value if cell.high is None else None,
        minimum=None if cell.high is None else value,
        maximum=None if cell.high is None else _plain(cell.high.value),
        bound=bound,
        per=rate_of(text, cell),
        finding=f"its marks name different currencies, {codes}" if codes else None,
    )


def _plain(value: Decimal) -> Decimal:
    """Return the value without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() and value.adjusted() < 27 else value


@cache
def _loose() -> re.Pattern[str]:
    scales = r"hundreds|thousands|millions|billions|trillions|lakhs|crores"
    one = r"million|billion|trillion|thousand"
    word = r"(?:(?:[A-Za-z]\.){2,}|[^\W\d_]+)"
    return re.compile(
        rf"(?<![\w.,-])(?:(?:(?:tens|hundreds|dozens|thousands|scores){GAP}of{GAP})?(?:{scales}){GAP}(?:of{GAP})?"
        rf"|(?:several|many|a{GAP}few|few|tens|hundreds){GAP}(?:(?:thousand|hundred){GAP})?(?:{one}){GAP}"
        rf"|multi-?(?:{one})[\s-])(?P<words>{word}(?:(?:{GAP}|-){word}){{0,2}})",
        re.IGNORECASE,
    )


def _unnumbered(text: str, context: Context) -> list[Money]:
    """Return sums without a figure: "billions of euros", "a multi-million-dollar order"."""
    found: list[Money] = []
    for match in _loose().finditer(text):
        parts = list(_PART.finditer(match["words"]))
        for count in range(len(parts), 0, -1):
            phrase = match["words"][: parts[count - 1].end()]
            reading = _named(phrase)
            if reading is not None and not isinstance(reading, _Minor):
                end = match.start("words") + len(phrase)
                found.append(Money(Span(match.start(), end), text[match.start() : end], context.currency(reading, end)))
                break
    return found


# ---- equivalents -------------------------------------------------------------------------------------------

_SAME = (
    r"(?:equal(?:ing|s)?(?:\s+to)?|equivalent(?:\s+to|\s+of)?|the\s+equivalent\s+of|which\s+is|i\.e\.|that\s+is|or|worth|valued\s+at|"
    r"amounting\s+to|totaling|totalling|approximately\s+equal\s+to|=|/|at)"
)
_OPENING = re.compile(
    rf"\s{{0,2}}[(\[]\s?(?:{_SAME}\s+)?(?:some\s+)?|,?\s{{1,2}}(?:or|equal\s+to|equivalent\s+to|the\s+equivalent\s+of|which\s+is\s+equal\s+to|i\.e\.,?)\s+|\s?=\s?"
)
_FURTHER = re.compile(r"\s?(?:[;,/]|,?\s(?:or|and))\s{1,2}")
_GAP_LIMIT = 60


def _equivalents(text: str, sums: list[Money]) -> list[Money]:
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
