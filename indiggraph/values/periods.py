"""Periods of the Gregorian and the Solar Hijri calendar, and arithmetic with them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from indiggraph.values import persian

__all__ = [
    "Period",
    "add_months",
    "day_of",
    "month_of",
    "months_of",
    "persian_year_of",
    "shifted",
    "week_of",
    "year_of",
]


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``first`` to ``last`` (``None``: open), at a precision, in the calendar in which it was told."""

    first: dt.date | None
    last: dt.date | None
    precision: str
    calendar: str = "gregory"


def year_of(year: int, kind: str = "gregory") -> Period:
    """Return the calendar year.

    Raises:
        ValueError: the calendar does not reach the year.
    """
    if kind == "persian":
        return Period(*persian.year_days(year), "year", kind)
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def persian_year_of(date: dt.date) -> int:
    """Return the Solar Hijri year in which the day falls."""
    return persian.from_gregorian(date)[0]


def month_of(year: int, month: int, kind: str = "gregory") -> Period:
    """Return the calendar month.

    Raises:
        ValueError: the calendar does not reach it.
    """
    if kind == "persian":
        return Period(*persian.month_days(year, month), "month", kind)
    return Period(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month")


def day_of(year: int, month: int, day: int, kind: str = "gregory") -> Period:
    """Return the day.

    Raises:
        ValueError: there is no such day.
    """
    date = persian.to_gregorian(year, month, day) if kind == "persian" else dt.date(year, month, day)
    return Period(date, date, "day", kind)


def week_of(date: dt.date) -> Period:
    """Return the week, Monday to Sunday, in which the day falls."""
    monday = date - dt.timedelta(days=date.weekday())
    return Period(monday, monday + dt.timedelta(days=6), "week")


def add_months(date: dt.date, months: int) -> dt.date:
    """Return the same day of a later (or earlier) month, or that month's last day.

    Raises:
        OverflowError, ValueError: the result is outside the calendar.
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))


def months_of(year: Period, start: int, count: int, precision: str) -> Period:
    """Return ``count`` months of a year from its ``start``-th (from 1) on; of a fiscal year, counted from its start.

    Raises:
        ValueError: the year has no such months.
    """
    if year.first is None or not (start >= 1 and start + count <= 13):
        raise ValueError(f"no months {start} to {start + count - 1} in the year")
    if year.calendar == "persian":
        number = persian_year_of(year.first)
        first, last = persian.month_days(number, start), persian.month_days(number, start + count - 1)
        return Period(first[0], last[1], precision, "persian")
    begin = add_months(year.first, start - 1)
    return Period(begin, add_months(begin, count) - dt.timedelta(days=1), precision)


def shifted(period: Period, count: int, unit: str) -> Period:
    """Return the period that lies ``count`` days, weeks, months, quarters or years later (negative: earlier).

    Whole Solar Hijri months and years stay whole ones.

    Raises:
        OverflowError, ValueError: the result is outside the calendar.
    """
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}.get(unit, 0)
    if days is not None:
        move = dt.timedelta(days=days * count)
        return Period(
            None if period.first is None else period.first + move,
            None if period.last is None else period.last + move,
            period.precision,
            period.calendar,
        )
    if period.calendar == "persian":
        return Period(
            _persian(period.first, months * count), _persian(period.last, months * count), period.precision, "persian"
        )
    last = None if period.last is None else _month_end(period.last, months * count)
    return Period(None if period.first is None else add_months(period.first, months * count), last, period.precision)


def _month_end(date: dt.date, months: int) -> dt.date:
    """Move a day by months, keeping a month's last day a last day."""
    after = date + dt.timedelta(days=1)
    if after.day == 1:
        return add_months(after, months) - dt.timedelta(days=1)
    return add_months(date, months)


def _persian(date: dt.date | None, months: int) -> dt.date | None:
    if date is None:
        return None
    year, month, day = persian.from_gregorian(date)
    is_end = day == persian.days_in_month(year, month)
    later, index = divmod(year * 12 + month - 1 + months, 12)
    length = persian.days_in_month(later, index + 1)
    return persian.to_gregorian(later, index + 1, length if is_end else min(day, length))
