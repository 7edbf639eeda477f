"""Resolves parts of a year to their days: months, quarters, halves and seasons."""

from __future__ import annotations

import datetime as dt

from indiggraph.values.periods import Period, add_months, months_of
from indiggraph.values.time_nodes import Date, Part
from indiggraph.values.vocabulary import time_words
from indiggraph.values.year_resolver import DAY, dated_or_none

__all__ = ["date_within", "part_of"]


def part_of(node: Part, year: Period) -> Period:
    """Return the part of the year.

    Raises:
        ValueError: the year has no such part.
    """
    size = {"month": 1, "quarter": 3, "half": 6, "season": 3}[node.unit]
    if node.unit == "season":
        return _season_of(node.season or "", year)
    if node.month is not None:
        return months_of(year, node.month, 1, "month")
    count = node.count * size
    start = 13 - count if node.index == -1 else (node.index - 1) * count + 1
    return months_of(year, start, count, node.unit)


def _season_of(season: str, year: Period) -> Period:
    words = time_words()
    if year.calendar == "persian":
        return months_of(year, words.persian_seasons[season], 3, "quarter")
    if year.first is None:
        raise ValueError("a year without a beginning has no seasons")
    begin = dt.date(year.first.year, words.seasons[season], 1)
    return Period(begin, add_months(begin, 3) - DAY, "quarter")


def date_within(date: Date, whole: Period) -> Period | None:
    """Return the date in the year that the period covers, with some days of grace."""
    if whole.first is None or whole.last is None:
        return None
    years = [date.year] if date.year is not None else [whole.first.year, whole.last.year]
    for year in years:
        period = dated_or_none(date, year)
        if (
            period is not None
            and period.first is not None
            and whole.first - 3 * DAY <= period.first <= whole.last + 3 * DAY
        ):
            return period
    return None
