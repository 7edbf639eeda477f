"""Finds all values of a text in one call, or those of one kind."""

from __future__ import annotations

import datetime as dt

from indiggraph.model import Duration, Interval, Quantity, Value
from indiggraph.values.closed import Closed
from indiggraph.values.context import Context
from indiggraph.values.money import read_money
from indiggraph.values.numerals import find_numerals
from indiggraph.values.quantities import read_quantities
from indiggraph.values.times import read_times

__all__ = ["find_quantities", "find_times", "find_values"]


def find_values(
    text: str, reference: dt.date | None = None, *, numbers: bool = False, vague: bool = False
) -> list[Value]:
    """Return the sums, quantities and times of the text, by place; no two overlap.

    Args:
        text: any text; spans are code points in it.
        reference: the day on which it was published; relative times need it.
        numbers: whether to give also numbers that count nothing told ("a score of 7").
        vague: whether to give also times of which nothing is known ("in the coming years").
    """
    numerals = find_numerals(text)
    context = Context(text)
    sums = read_money(text, numerals, context)
    taken = [span for money in sums for span in (money.span, *(same.span for same in money.equivalents))]
    closed = Closed(taken)
    times = [time for time in read_times(text, numerals, reference, context) if not closed.overlaps(time.span)]
    quantities = read_quantities(text, numerals, [*taken, *(time.span for time in times)], numbers=numbers)
    fixed = [time for time in times if vague or isinstance(time, Duration) or _tells(time)]
    values: list[Value] = [*sums, *quantities, *fixed]
    return sorted(values, key=lambda value: value.span)


def _tells(time: Interval) -> bool:
    """Whether a day is known of the time, or at least a reason why none is."""
    return time.first is not None or time.last is not None or time.reason is not None


def find_quantities(text: str, *, numbers: bool = False) -> list[Quantity]:
    """Return the quantities of the text (see :func:`find_values`); sums and times are no quantities."""
    return [value for value in find_values(text, numbers=numbers) if isinstance(value, Quantity)]


def find_times(text: str, reference: dt.date | None = None, *, vague: bool = True) -> list[Interval | Duration]:
    """Return the times of the text (see :func:`find_values`), those that nothing fixes included."""
    return [value for value in find_values(text, reference, vague=vague) if isinstance(value, (Interval, Duration))]
