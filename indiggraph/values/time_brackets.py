"""Rules for the brackets that explain a year or a part of it: "(which began on March 21)", "(March 21-June 21)"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from indiggraph.values.persian import FIRST_YEAR, LAST_YEAR, year_days
from indiggraph.values.time_dates import DateRules
from indiggraph.values.time_nodes import Bracket, Date

__all__ = ["BracketRules", "completed_date"]


class BracketRules(DateRules):
    """Rules for brackets."""

    def bracket(self, index: int) -> tuple[Bracket, int] | None:
        """Read "(which began on March 21)", "(March 21-June 21)", ", which began on March 20", "on March 20"."""
        opened = self.low(index) in ("(", "[")
        start = self.skip(index + 1 if opened else self.skip(index, ","), "which", "that")
        verb = self.low(start)
        side = self._side(verb)
        if side is not None:
            start = self.skip(start + 1, "in", "on", "from", "at")
        elif verb in ("will", "to"):
            side, start = self._side(self.low(start + 1)), self.skip(start + 2, "in", "on", "from")
        if (
            not opened
            and (side is None or start == index)
            and not (self.low(index) == "on" and self._dates_on_safe(index + 1))
        ):
            return None
        if not opened and side is None:
            start, side = index + 1, "first"
        led = opened and side is None and self.low(start) in ("since", "from")
        start += led
        first = self._bracket_date(start)
        if first is None:
            return None
        found = self._bracket_end(first, side, opened)
        if found is None or side is not None or found[0].first is not None:
            return found
        begins = led or _begins_year(first[0])
        return (Bracket(first=first[0]), found[1]) if begins else found

    def _side(self, verb: str) -> str | None:
        """Return which end of the year the verb tells, "first" or "last"."""
        if verb in self.words.begins:
            return "first"
        return "last" if verb in self.words.ends else None

    def _bracket_end(self, first: tuple[Date, int], side: str | None, opened: bool) -> tuple[Bracket, int] | None:
        date, after = first
        last: Date | None = None
        if side is None and self.low(after) in ("-", "–", "—", "to", "through", "until", "till"):
            second = self._bracket_date(after + 1)
            if second is None:
                return None
            last, after = second
            if last.month is None and date.month is not None:
                last = replace(last, month=date.month)
        if opened:
            if self.low(after) not in (")", "]"):
                return None
            after += 1
        if last is not None:
            return Bracket(completed_date(date, last), last), after
        return (Bracket(first=date) if side == "first" else Bracket(last=date)), after

    def _dates_on_safe(self, index: int) -> bool:
        return index < len(self.tokens) and self._dates_on(index)

    def _bracket_date(self, index: int) -> tuple[Date, int] | None:
        if index >= len(self.tokens):
            return None
        for rule in (self.iso, self.day_first, self.month):
            reading = rule(index)
            if reading is not None and isinstance(reading[0], Date):
                return reading[0], reading[1]
        if self.tokens[index].is_number and len(self.raw(index)) == 4:
            year = self._four(index)
            return None if year is None else (Date(year=year), index + 1)
        return None


def completed_date(first: Date, last: Date) -> Date:
    """Give the first date of a range the year of the last, or the year before where the months run over."""
    if first.year is not None or last.year is None or first.month is None or last.month is None:
        return first
    before = (first.month, first.day or 0) > (last.month, last.day or 31)
    return replace(first, year=last.year - 1 if before else last.year)


def _begins_year(date: Date) -> bool:
    """Whether an Iranian year begins on the day ("(March 21, 2018)"), rather than ends."""
    if date.year is None or date.month != 3 or date.day is None or not FIRST_YEAR < date.year - 621 < LAST_YEAR:
        return False
    return year_days(date.year - 621)[0] == dt.date(date.year, date.month, date.day)
