"""Says in words why one of several years was chosen, or what is certain where none could be."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence

from indiggraph.values import persian
from indiggraph.values.time_nodes import Bracket

__all__ = ["choice", "fiscal_year", "fits", "iranian_march", "shift", "so_far", "undecided"]

_MOST = 6
"""More years than these are not listed."""
_SHOWN = range(1386, 1406)
"""The Solar Hijri years from which examples are taken: those of news archives on the web."""


def fits(year: int, bracket: Bracket) -> bool:
    """Whether the Solar Hijri year begins or ends on the bracket's day."""
    first, last = persian.year_days(year)
    if bracket.last is not None:
        return (bracket.last.month, bracket.last.day) in ((last.month, last.day), (last.month, None))
    return bracket.first is not None and (bracket.first.month, bracket.first.day) == (first.month, first.day)


def choice(year: int, bracket: Bracket, dates: Sequence[dt.date]) -> str:
    """Say why this year was chosen without a document's date: it lies nearest to the text's own dates."""
    told = f"{min(dates)} to {max(dates)}" if len(dates) > 1 else str(dates[0])
    return f"{year}: of the Solar Hijri years that {_event(bracket)}, the nearest to the text's own dates ({told})"


def shift(year: int, bracket: Bracket, date: dt.date) -> str:
    """Say why this year was chosen and not the one that the document's date alone would give."""
    return f"{year}: of the Solar Hijri years that {_event(bracket)}, the nearest to the document's date ({date})"


def undecided(bracket: Bracket) -> str:
    """Say what is certain of a year where neither the document nor the text tells a date."""
    years = [str(year) for year in _SHOWN if fits(year, bracket)]
    if not 0 < len(years) <= _MOST:
        return f"a Solar Hijri year that {_event(bracket, one=True)}; no date tells which"
    listed = " and ".join([", ".join(years[:-1]), years[-1]]) if len(years) > 1 else years[0]
    return f"a Solar Hijri year that {_event(bracket, one=True)}, as {listed} do; no date tells which"


def fiscal_year(country: str | None) -> str:
    """Say whose fiscal year is meant."""
    if country is None:
        return "the text names no country whose fiscal year is known: the calendar year"
    return f"the fiscal year of {country}, the country of those that the text names most"


def so_far(count: int, last: dt.date) -> str:
    """Say why months without a year are the first ones of the year."""
    return f"the first {count} months of the year, which ended on {last}, shortly before the document's date"


def iranian_march() -> str:
    """Say why a year that ends in March is the Solar Hijri one where no country is named."""
    return "a year that ends in March is the Solar Hijri one unless the text names another country"


def _event(bracket: Bracket, one: bool = False) -> str:
    """Return "end on March 19", "begins in March"."""
    date = bracket.last or bracket.first
    verb = ("end" if bracket.last is not None else "begin") + ("s" if one else "")
    if date is None or date.month is None:
        return f"{verb} then"
    month = calendar.month_name[date.month]
    return f"{verb} in {month}" if date.day is None else f"{verb} on {month} {date.day}"
