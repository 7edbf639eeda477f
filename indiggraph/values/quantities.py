"""Reads quantities: figures with a unit of measure or a counted noun, percentages, fractions and bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from indiggraph.model import Quantity, QuantityKind, Span
from indiggraph.values.arithmetic import divide, multiply, plain
from indiggraph.values.bounds import bound_after, bound_before, words_before
from indiggraph.values.cells import Cell, is_label, join
from indiggraph.values.closed import Closed
from indiggraph.values.ellipsis import unit_before
from indiggraph.values.fractions import read_fractions
from indiggraph.values.nouns import counted_head, last_noun
from indiggraph.values.numerals import GAP, Numeral, first_after, last_before, pattern_of
from indiggraph.values.rates import rate_after, rate_of
from indiggraph.values.vocabulary import noun_words, unit_words

__all__ = ["read_quantities"]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a figure counts: the unit as in the text, where it ends, its code, and the rate."""

    kind: QuantityKind
    text: str
    end: int
    code: str | None = None
    per: str | None = None


def read_quantities(text: str, numerals: Sequence[Numeral], taken: Iterable[Span], *, numbers: bool) -> list[Quantity]:
    """Return the quantities among the numerals outside the spans that sums and times have ``taken``.

    Percentages and fractions are ``PERCENT`` (a third is 33.3333).  With ``numbers``, figures that count nothing told
    are given too, as ``NUMBER`` without a unit.
    """
    spans = sorted(taken)
    outside = Closed(spans)
    fractions = [quantity for quantity in read_fractions(text, numerals) if not outside.overlaps(quantity.span)]
    closed = Closed([*spans, *(quantity.span for quantity in fractions)])
    free = [numeral for numeral in numerals if not closed.overlaps(Span(numeral.start, numeral.end))]
    reader = _Reader(text)
    cells = join(text, reader.cells(free))
    reader.complete(cells)
    found = [quantity for cell in cells if (quantity := reader.quantity(cell, numbers)) is not None]
    return sorted([*fractions, *found], key=lambda quantity: quantity.span)


class _Reader:
    """Reads the quantities of one text; remembers the units by their key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.units: dict[str, _Unit] = {}

    def cells(self, numerals: Sequence[Numeral]) -> list[Cell]:
        cells: list[Cell] = []
        for numeral in numerals:
            if not cells or numeral.start >= cells[-1].end:
                cells.append(self._cell(numeral))
        self._partitives(cells)
        return self._feet_and_inches(cells)

    def _feet_and_inches(self, cells: list[Cell]) -> list[Cell]:
        """Join "5 ft 2 in", "six feet and two inches" into one length in feet."""
        kept: list[Cell] = []
        for cell in cells:
            low = kept[-1] if kept else None
            if (
                low is not None
                and (self._code(low), self._code(cell)) == _FEET
                and _JOINT.fullmatch(self.text, low.end, cell.start)
            ):
                low.value, low.end = low.value + divide(cell.value, Decimal(12)), cell.end
            else:
                kept.append(cell)
        return kept

    def _code(self, cell: Cell) -> str | None:
        return None if cell.key is None else self.units[cell.key].code

    def _cell(self, numeral: Numeral) -> Cell:
        cell = Cell(numeral, numeral.start, numeral.end, numeral.value, numeral.scaled, numeral.scale)
        if numeral.attached:
            return cell
        unit = None
        if numeral.letter is not None and self.text[numeral.end].isalpha():
            unit = self._unit(numeral, numeral.letter[1], words_only=True)
            if unit is not None:
                cell.factor, cell.scaled = numeral.letter[0], True
                cell.value = multiply(numeral.value, cell.factor)
        unit = unit or self._unit(numeral, numeral.end, words_only=False)
        if unit is None and numeral.letter is not None and self.text[numeral.letter[1] - 1] in _NUMBER_LETTERS:
            cell.end, cell.factor = numeral.letter[1], numeral.letter[0]
            cell.value, cell.scaled = multiply(numeral.value, cell.factor), True
        if unit is not None:
            cell.key, cell.end, cell.right = f"{unit.kind}:{unit.text.casefold()}", unit.end, True
            self.units.setdefault(cell.key, unit)
        return cell

    def _unit(self, numeral: Numeral, position: int, *, words_only: bool) -> _Unit | None:
        follows = first_after(self.text, position)
        if follows == "-":
            follows = self.text[position + 1 : position + 2]
        if not (follows.isalpha() or (follows and follows in _UNIT_MARKS)):
            return _percent_of(self.text, numeral)
        return (
            _percent(self.text, position)
            or _percent_of(self.text, numeral)
            or _age(self.text, position)
            or _measure(self.text, position, words_only)
            or _times(self.text, position)
            or _count(self.text, numeral, position)
        )

    def _partitives(self, cells: list[Cell]) -> None:
        """Give "75 of the 310 looms" the unit of the figure that it is part of."""
        for place, cell in enumerate(cells):
            if cell.key is not None or cell.numeral.attached or (cell.value == 1 and not cell.numeral.figures):
                continue
            whole = _WHOLE.match(self.text, cell.end)
            after = cells[place + 1] if place + 1 < len(cells) else None
            if whole is not None and after is not None and after.key is not None and after.start == whole.end():
                cell.key, cell.right, cell.given = after.key, True, True

    def complete(self, cells: Sequence[Cell]) -> None:
        """Give figures without a unit the one that the sentence told before ("5,270 looms, against 4,910")."""
        for place, cell in enumerate(cells):
            noun = unit_before(self.text, cells, place) if cell.key is None else None
            if isinstance(noun, Cell):
                cell.key, cell.given = noun.key, True
            elif noun is not None:
                unit = _Unit(QuantityKind.QUANTITY, noun, cell.end)
                cell.key, cell.given = f"{unit.kind}:{noun.casefold()}", True
                self.units.setdefault(cell.key, unit)

    def quantity(self, cell: Cell, numbers: bool) -> Quantity | None:
        """Return the quantity of a cell, ``None`` for a bare figure that is not asked for."""
        unit = None if cell.key is None else self.units[cell.key]
        if unit is None and (not numbers or not self._is_number(cell)):
            return None
        per = (
            None
            if unit is None
            else unit.per
            if cell.given and cell.partner is None
            else rate_of(self.text, cell) or _rate(self.text, cell.last)
        )
        return Quantity(
            span=Span(cell.start, cell.last),
            text=self.text[cell.start : cell.last],
            kind=QuantityKind.NUMBER if unit is None else unit.kind,
            value=plain(cell.value) if cell.high is None else None,
            minimum=None if cell.high is None else plain(cell.value),
            maximum=None if cell.high is None else plain(cell.high.value),
            unit=None if unit is None else unit.text,
            unit_code=None if unit is None else unit.code,
            bound=bound_before(self.text, cell.start)[0]
            or bound_after(self.text, cell.last)
            or bound_after(self.text, cell.numeral.end),
            per=(unit.per if unit is not None else None) or per,
        )

    def _is_number(self, cell: Cell) -> bool:
        """Whether a bare figure is a number of its own, no part of a code or a word."""
        after = self.text[cell.end : cell.end + 2]
        numeral = cell.numeral
        if numeral.attached or (not numeral.figures and numeral.value == 1):
            return False
        return not after[:1].isalpha() and not (after[:1] == "-" and after[1:].isalpha())


_UNIT_MARKS = "%٪％°µμ,"
"""Characters other than letters in which a unit may begin; a comma stands between adjectives of what is counted."""
_NUMBER_LETTERS = "kKbB"
"""Scale letters that need no noun after them ("10k"); "m" alone would be meters."""

# ---- units -------------------------------------------------------------------------------------------------

_FEET = ("[ft_i]", "[in_i]")
_JOINT = re.compile(rf",?{GAP}(?:and{GAP})?")
_WHOLE = re.compile(
    rf"{GAP}(?:out{GAP})?of{GAP}(?:(?:the|its|their|his|her|our|these|those|all){GAP})?(?:(?:some|about|nearly|total){GAP})?"
)
_PART_OF = re.compile(rf"{GAP}of{GAP}(?:the|its|their|his|her|our|these|those|all){GAP}(?=[^\W\d_])", re.IGNORECASE)
_PERCENT = re.compile(
    rf"[^\S\n]?(?P<sign>[%٪％]|pc(?![\w-]))|(?:{GAP}|-)(?:(?P<points>percentage(?:{GAP}|-)points?|%(?:{GAP}|-)points?)"
    rf"|(?P<word>per[ -]?cent|percent|pct|p\.c\.))(?![^\W_])(?P<more>(?:{GAP}|-)points?)?",
    re.IGNORECASE,
)
_AGE = re.compile(rf"(?:-|{GAP})(?P<unit>years?|months?)(?:-|{GAP})old\b", re.IGNORECASE)
_TIMES = re.compile(rf"(?:{GAP}|-)?(?P<unit>times|fold)(?![\w-])", re.IGNORECASE)
_FLOW = re.compile(rf"(?:{GAP}per{GAP}|-per-|/)(?:day|hour|second|minute|d|h|s)\b")
_MATERIAL = re.compile(
    rf"{GAP}of(?:{GAP}[^\W\d_]+(?:-[^\W\d_]+)*){{1,3}}?(?={GAP}(?:an?{GAP}(?:day|week|month|year|shift|season)|per{GAP}|annually|daily|monthly|every{GAP})\b)"
)


def _percent(text: str, position: int) -> _Unit | None:
    match = _PERCENT.match(text, position)
    if match is None:
        return None
    points = match["points"] or match["more"]
    return _Unit(QuantityKind.PERCENT, "percentage points" if points else "%", match.end(), "%")


_PERCENT_OF = re.compile(
    rf"(?:\A\s*|\b(?:at|an?|the|is|was){GAP})(?:per[ -]?cent|percentage){GAP}of{GAP}\Z", re.IGNORECASE
)
_END = re.compile(r"\s*(?:[.,;:)](?!\d)|\Z)")


def _percent_of(text: str, numeral: Numeral) -> _Unit | None:
    """Return the unit of "a percentage of 16", where no figure stands before and nothing is counted after."""
    if last_before(text, numeral.start) != "f" or not _END.match(text, numeral.end):
        return None
    if not _PERCENT_OF.search(text, max(0, numeral.start - 20), numeral.start):
        return None
    return _Unit(QuantityKind.PERCENT, "%", numeral.end, "%")


def _age(text: str, position: int) -> _Unit | None:
    match = _AGE.match(text, position)
    return None if match is None else _Unit(QuantityKind.QUANTITY, match["unit"].casefold(), match.end(), "a")


def _times(text: str, position: int) -> _Unit | None:
    match = _TIMES.match(text, position)
    return None if match is None else _Unit(QuantityKind.QUANTITY, match["unit"].casefold(), match.end(), "1")


@cache
def _measures() -> re.Pattern[str]:
    units = unit_words()
    words = pattern_of(units.words).replace(r"\-", f"(?:-|{GAP})").replace(GAP, f"(?:-|{GAP})")
    loose = pattern_of(sign for sign in units.signs if sign not in units.glued_only)
    glued, last = pattern_of(units.signs), pattern_of(units.glued_only)
    return re.compile(
        rf"(?:{GAP}|-)?(?P<word>(?i:{words}))(?![^\W_])|(?:{GAP}|-)(?P<loose>{loose})(?![^\W_])|(?P<glued>{glued})(?![^\W_])"
        rf"|[^\S\n](?P<last>{last})(?=[.,;)]?(?:\s*\Z|\n|[^\S\n](?![12][0-9]{{3}}\b)[0-9x×])|[,;)])"
    )


def _measure(text: str, position: int, words_only: bool) -> _Unit | None:
    """Return the unit of measure after the figure ("tons", "barrels per day", "MW")."""
    match = _measures().match(text, position)
    if match is None:
        return None
    units = unit_words()
    if match["word"]:
        word = " ".join(re.split(r"\s+", match["word"].casefold()))
        code = units.words.get(word) or units.words.get(word.replace(" ", "-")) or units.words[word.replace("-", " ")]
    elif words_only and match["glued"]:
        return None
    else:
        word = match["loose"] or match["glued"] or match["last"]
        code = units.signs[word]
    end, start = match.end(), match.start(match.lastgroup or 0)
    flow = _FLOW.match(text, end) if word in units.flows else None
    if flow is None:
        return _Unit(QuantityKind.QUANTITY, text[start:end], end, code)
    return _Unit(QuantityKind.QUANTITY, re.sub(r"\s+", " ", text[start : flow.end()]), flow.end(), f"{code}/d", "day")


def _count(text: str, numeral: Numeral, position: int) -> _Unit | None:
    """Return the counted noun after the figure ("desks"), also as "of the parts"."""
    if _is_name_number(text, numeral) or is_label(text, numeral.start):
        return None
    if not numeral.figures and numeral.value == 1:
        return _single(text, numeral, position)
    partitive = _PART_OF.match(text, position)
    head = counted_head(text, position if partitive is None else partitive.end() - 1)
    if head is None:
        return None
    start, end = head
    return _Unit(QuantityKind.QUANTITY, text[start:end], end)


def _single(text: str, numeral: Numeral, position: int) -> _Unit | None:
    """Return the noun of "and one roll-on ferry"; a lone "one" is mostly a pronoun."""
    if not _LIST_LEAD.search(text, max(0, numeral.start - 60), numeral.start):
        return None
    head = last_noun(text, position)
    return None if head is None else _Unit(QuantityKind.QUANTITY, text[head[0] : head[1]], head[1])


_LIST_LEAD = re.compile(
    rf"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)){GAP}[^.;:!?\d]{{1,40}}?(?:,|\b(?:and|or|plus)){GAP}\Z"
)


def _is_name_number(text: str, numeral: Numeral) -> bool:
    """Whether a small bare figure after a capitalised word is part of a name ("Airbus 320 jets")."""
    if not numeral.figures or numeral.scaled or numeral.grouped or numeral.value > 9999:
        return False
    words = words_before(text, numeral.start, 1)
    if not words or not words[0][0][0].isalpha() or text[words[0][1] + len(words[0][0]) : numeral.start].strip():
        return False
    return text[words[0][1]].isupper() and words[0][0] not in noun_words().openers


def _rate(text: str, end: int) -> str | None:
    """Return the rate behind what is measured ("12 million cubic meters of gas a day")."""
    match = _MATERIAL.match(text, end)
    return None if match is None else rate_after(text, match.end())
