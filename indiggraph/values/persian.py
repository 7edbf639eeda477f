"""Solar Hijri (Persian) calendar arithmetic, exact for the years 1200 to 1500.

Method: Kazimierz M. Borkowski, "The Persian calendar for 3000 years", Earth, Moon, and Planets 74 (1996), 223-230.
The leap years follow 33-year (and now and then 29- or 37-year) cycles; the years at which the pattern breaks agree
with the astronomical rule (the year begins on the day whose noon in Tehran follows the equinox) in the whole range.
"""

from __future__ import annotations

import datetime as dt

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "days_in_month",
    "from_gregorian",
    "is_leap",
    "month_days",
    "to_gregorian",
    "year_days",
]

FIRST_YEAR = 1200
LAST_YEAR = 1500

_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060)
"""Years at which a new series of cycles begins (Borkowski, table 2, the part that the range needs)."""


def is_leap(year: int) -> bool:
    """Return whether the Solar Hijri year has 366 days.

    Raises:
        ValueError: the year is outside 1200 to 1500.
    """
    return _position(year)[0] == 0


def year_days(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the Solar Hijri year in the Gregorian calendar.

    Raises:
        ValueError: the year is outside 1200 to 1500.
    """
    first = _new_year(year)
    return first, first + dt.timedelta(days=365 if is_leap(year) else 364)


def month_days(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a Solar Hijri month in the Gregorian calendar.

    Raises:
        ValueError: the year is outside 1200 to 1500, or the month outside 1 to 12.
    """
    first = to_gregorian(year, month, 1)
    return first, first + dt.timedelta(days=days_in_month(year, month) - 1)


def days_in_month(year: int, month: int) -> int:
    """Return the length of a Solar Hijri month: six of 31 days, five of 30, and Esfand of 29 or 30.

    Raises:
        ValueError: the year is outside 1200 to 1500, or the month outside 1 to 12.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the Solar Hijri year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month} in the Solar Hijri calendar")
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def to_gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a Solar Hijri date.

    Raises:
        ValueError: there is no such day, or the year is outside 1200 to 1500.
    """
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError(f"no day {day} in month {month} of the Solar Hijri year {year}")
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _new_year(year) + dt.timedelta(days=before + day - 1)


def from_gregorian(date: dt.date) -> tuple[int, int, int]:
    """Return year, month and day of the Solar Hijri calendar for a Gregorian date.

    Raises:
        ValueError: the date falls outside the Solar Hijri years 1200 to 1500.
    """
    year = date.year - 621
    if not FIRST_YEAR <= year <= LAST_YEAR + 1 or (year > LAST_YEAR and date >= _new_year(year)):
        raise ValueError(f"{date} is outside the Solar Hijri years {FIRST_YEAR} to {LAST_YEAR}")
    if date < _new_year(year):
        year -= 1
    if year < FIRST_YEAR:
        raise ValueError(f"{date} is outside the Solar Hijri years {FIRST_YEAR} to {LAST_YEAR}")
    count = (date - _new_year(year)).days
    if count < 186:
        return year, count // 31 + 1, count % 31 + 1
    return year, (count - 186) // 30 + 7, (count - 186) % 30 + 1


def _new_year(year: int) -> dt.date:
    """Return 1 Farvardin; 1501 is answered too, as the end of 1500."""
    return dt.date(year + 621, 3, _position(year)[1])


def _position(year: int) -> tuple[int, int]:
    """Return the years since the last leap year (0 in one) and the day of March on which the year begins."""
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise ValueError(f"the Solar Hijri year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    leaps, start, jump = -14, _BREAKS[0], 0
    for end in _BREAKS[1:]:
        jump = end - start
        if year < end:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = end
    count = year - start
    leaps += count // 33 * 8 + (count % 33 + 3) // 4
    if jump % 33 == 4 and jump - count == 4:
        leaps += 1
    gregorian = year + 621
    march = 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150)
    if jump - count < 6:
        count = count - jump + (jump + 4) // 33 * 33
    since = ((count + 1) % 33 - 1) % 4 if (count + 1) % 33 else 4
    return since, march
