"""Resolves counted days and weeks of a period ("the first Monday of May", "the last week of 2018")."""

from __future__ import annotations

import datetime as dt

from indiggraph.values.periods import Period, add_months, shifted, week_of
from indiggraph.values.time_nodes import Date, Nth, Offset

__all__ = ["day_by_number", "nth_of", "offset_from", "third_of"]

_DAY = dt.timedelta(days=1)
_THURSDAY = 3
_MONTHS_NEAR = 14


def nth_of(node: Nth, whole: Period) -> Period | None:
    """Return the ``index``-th day, weekday or week of the period, counted from its end where negative.

    A week belongs to the period in which its Thursday lies (ISO 8601).  ``None`` where the period has no such day.
    """
    if whole.first is None or whole.last is None:
        return None
    if node.count > 1:
        return _run(node, whole)
    if node.unit == "day":
        return _inside(
            whole.first + (node.index - 1) * _DAY if node.index > 0 else whole.last + (node.index + 1) * _DAY, whole
        )
    weekday = _THURSDAY if node.weekday is None else node.weekday
    if node.index > 0:
        day = whole.first + ((weekday - whole.first.weekday()) % 7 + 7 * (node.index - 1)) * _DAY
    else:
        day = whole.last - ((whole.last.weekday() - weekday) % 7 - 7 * (node.index + 1)) * _DAY
    found = _inside(day, whole)
    return week_of(day) if found is not None and node.unit == "week" else found


def _run(node: Nth, whole: Period) -> Period | None:
    """Return the first or last ``count`` days or weeks of the period."""
    near = nth_of(Nth(node.unit, node.index, node.whole), whole)
    far = nth_of(Nth(node.unit, node.index * node.count, node.whole), whole)
    if near is None or far is None:
        return None
    first, last = (near, far) if node.index > 0 else (far, near)
    return Period(first.first, last.last, first.precision, first.calendar)


def _inside(day: dt.date, whole: Period) -> Period | None:
    if whole.first is None or whole.last is None or not whole.first <= day <= whole.last:
        return None
    return Period(day, day, "day", whole.calendar)


def offset_from(node: Offset, anchor: Period) -> Period | None:
    """Return the day that lies so many days, weeks, months or years from the anchor day; with none, its week."""
    if anchor.first is None:
        return None
    if node.count == 0:
        return week_of(anchor.first)
    moved = shifted(Period(anchor.first, anchor.first, "day"), node.count, node.unit).first
    return None if moved is None else Period(moved, moved, "day")


def day_by_number(date: Date, reference: dt.date, future: bool | None) -> Period | None:
    """Return the day of a month that is not told ("the 19th", "Tuesday the 19th"): last, next or nearest."""
    months = (add_months(reference.replace(day=1), step) for step in range(-_MONTHS_NEAR, _MONTHS_NEAR + 1))
    days = [day for first in months if (day := _day_in(first, date)) is not None]
    if future is not None:
        days = [day for day in days if (day >= reference if future else day <= reference)]
    day = min(days, key=lambda day: (abs((day - reference).days), day), default=None)
    return None if day is None else Period(day, day, "day")


def _day_in(first: dt.date, date: Date) -> dt.date | None:
    """Return the numbered day of the month, ``None`` where it has none or it falls on another day of the week."""
    day = first + ((date.day or 1) - 1) * _DAY
    return day if day.month == first.month and date.weekday in (None, day.weekday()) else None


def third_of(side: str, whole: Period) -> Period | None:
    """Return the days meant by the beginning, the middle or the end of a week or month, ``None`` for other periods.

    A week begins on Monday to Wednesday and ends on Friday to Sunday; a month is divided after the 10th and the 20th;
    it ends on its last day, the day for which balances are drawn up.
    """
    if whole.first is None or whole.last is None:
        return None
    if whole.precision == "week" and side in ("begin", "end"):
        first = whole.first if side == "begin" else whole.last - 2 * _DAY
        return Period(first, first + 2 * _DAY, "day")
    if whole.precision == "month" and side in ("begin", "mid"):
        first = whole.first if side == "begin" else whole.first + 10 * _DAY
        return Period(first, first + 9 * _DAY, "month", whole.calendar)
    return None
