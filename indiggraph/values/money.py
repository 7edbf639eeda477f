"""Reads sums of money: figure, currency, scale, range, hedge, rate and the sums that the text gives as equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from indiggraph.model import Money, Span
from indiggraph.values.arithmetic import multiply, plain
from indiggraph.values.bounds import bound_after, bound_before
from indiggraph.values.cells import Cell, join
from indiggraph.values.context import Context
from indiggraph.values.currency_marks import PART, Mark, Minor, late_scale, left_mark, named, right_mark
from indiggraph.values.equivalents import with_equivalents
from indiggraph.values.numerals import GAP, Numeral, find_numerals
from indiggraph.values.rates import rate_of

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
    return with_equivalents(text, _apart(sorted([*sums, *vague], key=lambda money: money.span)))


def _apart(sums: Sequence[Money]) -> list[Money]:
    """Drop what another sum covers: "hundred million euros" in "several hundred million euros"."""
    kept: list[Money] = []
    for money in sums:
        if not kept or money.span.start >= kept[-1].span.end:
            kept.append(money)
    return kept


def _cell(text: str, numeral: Numeral, context: Context) -> Cell:
    """Return the figure with its currency, or bare where none stands beside it."""
    bare = Cell(numeral, numeral.start, numeral.end, numeral.value, numeral.scaled, numeral.scale)
    left = left_mark(text, numeral, context)
    right = right_mark(text, numeral.end, numeral, context, left is None)
    factor, end = numeral.scale, numeral.end
    if numeral.letter is not None and right is None:
        right = right_mark(text, numeral.letter[1], numeral, context, left is None)
        if left is not None or right is not None:
            factor, end = numeral.letter
    if (left is None and right is None) or (left is None and numeral.attached):
        return bare
    if right is not None:
        end = right.place
    if factor == 1:
        factor, end = late_scale(text, end)
    value = multiply(multiply(numeral.bare, factor), Decimal(1) if right is None else right.factor)
    bare.start, bare.end = numeral.start if left is None else left.place, end
    bare.value, bare.factor, bare.scaled = value, factor, factor != 1
    bare.key, bare.left, bare.right = _agree(left, right), left is not None, right is not None
    return bare


def _agree(left: Mark | None, right: Mark | None) -> str:
    """Return the currency of both marks, a sign of several currencies yielding to a word that fits it.

    Where they contradict each other, the code is XXX, with both codes behind a colon.
    """
    if left is None or right is None:
        mark = left or right
        return UNKNOWN if mark is None else mark.code
    agree = left.code == right.code or (left.sign and left.sign == right.sign)
    return right.code if agree else f"{UNKNOWN}:{left.code} and {right.code}"


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
    value = plain(cell.value)
    return Money(
        span=Span(cell.start, cell.last),
        text=text[cell.start : cell.last],
        currency=currency,
        value=value if cell.high is None else None,
        minimum=None if cell.high is None else value,
        maximum=None if cell.high is None else plain(cell.high.value),
        bound=bound,
        per=rate_of(text, cell),
        finding=f"its marks name different currencies, {codes}" if codes else None,
    )


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
        parts = list(PART.finditer(match["words"]))
        for count in range(len(parts), 0, -1):
            phrase = match["words"][: parts[count - 1].end()]
            reading = named(phrase)
            if reading is not None and not isinstance(reading, Minor):
                end = match.start("words") + len(phrase)
                found.append(Money(Span(match.start(), end), text[match.start() : end], context.currency(reading, end)))
                break
    return found
