"""Days that bear a name ("Christmas", "Nowruz", "Easter 2018"), by year."""

from __future__ import annotations

import datetime as dt

from indiggraph.values.periods import Period, day_of, month_of, persian_year_of
from indiggraph.values.time_nodes import Date, Feast, Nth
from indiggraph.values.time_nth import nth_of
from indiggraph.values.vocabulary import time_words

__all__ = ["feast_of"]


def feast_of(node: Feast, reference: dt.date | None, future: bool | None) -> Period | None:
    """Return the day of the feast: in the year told, or the last, the next or the nearest one.

    Raises:
        ValueError: the calendar does not reach the year.
    """
    if node.year is not None:
        return _on(node.name, node.year)
    if reference is None:
        return None
    near = [_on(node.name, reference.year + step) for step in (-1, 0, 1)]
    before = [day for day in near if day.first is not None and day.first < reference]
    after = [day for day in near if day.first is not None and day.first > reference]
    if node.offset == -1 or (node.offset is None and future is False):
        return before[-1]
    if node.offset == 1 or future:
        return after[0]
    return min(near, key=lambda day: abs(((day.first or reference) - reference).days))


def _on(name: str, year: int) -> Period:
    day = time_words().feasts[name]
    if day == "easter":
        date = _easter(year)
        return Period(date, date, "day")
    if day.startswith("persian"):
        first = persian_year_of(dt.date(year, 7, 1))
        return day_of(first, 1, 1, "persian")
    if " " in day:
        month, weekday, place = day.split()
        period = month_of(year, int(month))
        found = nth_of(Nth("weekday", int(place), Date(year, int(month)), time_words().weekdays[weekday]), period)
        if found is None:
            raise ValueError(f"{day!r} is no day of {year}")
        return found
    month, number = day.split("-")
    return day_of(year, int(month), int(number))


def _easter(year: int) -> dt.date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876, p. 487)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
