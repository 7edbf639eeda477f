"""Resolves parsed times to days, by the document's date, by times told before, or by what the text alone fixes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from indiggraph.values import time_reasons
from indiggraph.values.periods import (
    Period,
    add_months,
    month_of,
    months_of,
    persian_year_of,
    shifted,
    week_of,
    year_of,
)
from indiggraph.values.time_feasts import feast_of
from indiggraph.values.time_nodes import (
    Bracket,
    Date,
    Edge,
    Feast,
    MonthsSoFar,
    MonthsTo,
    Node,
    Nth,
    Offset,
    Part,
    Range,
    Relative,
    Same,
    Shift,
    Vague,
    Weekday,
    Year,
    YearTo,
)
from indiggraph.values.time_nth import day_by_number, nth_of, offset_from, third_of
from indiggraph.values.time_part_days import date_within, part_of
from indiggraph.values.vocabulary import time_words
from indiggraph.values.year_resolver import DAY, Told, YearResolver, dated, dated_or_none

__all__ = ["Resolver"]


_JUST = 50
"""Days before a document in which the months have ended that it counts without a year."""


class Resolver(YearResolver):
    """Resolves the times of one text in their order."""

    def resolve(self, node: Node, future: bool | None, sentence: int) -> Period | None:
        """Return the period, or ``None`` where nothing fixes it; ``reason`` then tells why it was chosen.

        ``future`` tells whether a bare month or weekday is the coming one, ``None`` where the sentence does not say;
        ``sentence`` is the number of the sentence.
        """
        self.sentence, self.reason = sentence, None
        try:
            period = self._resolve(node, future)
        except (ValueError, OverflowError):
            return None  # a day that no calendar has ("February 31"), or one beyond its reach
        if period is not None:
            self.told.append(Told(node, period, sentence))
        return period

    def _resolve(self, node: Node, future: bool | None) -> Period | None:
        match node:
            case Date():
                return self._date(node, future)
            case Year():
                return self._year(node)
            case Part():
                return self._part(node, future)
            case YearTo():
                return self._year_to(node)
            case MonthsTo():
                return self._months_to(node, future)
            case MonthsSoFar():
                return None if future else self._so_far(node.count)
            case Relative():
                return self._relative(node)
            case Shift():
                return self._shift(node)
            case Weekday():
                return self._weekday(node, future)
            case Edge():
                return self._edge(node, future)
            case Same():
                return self._same(node)
            case Range():
                return self._range(node, future)
            case Nth():
                whole = self._resolve(node.whole, future)
                return None if whole is None else nth_of(node, whole)
            case Feast():
                return feast_of(node, self.reference, future)
            case Offset():
                anchor = self._resolve(node.anchor, future)
                return None if anchor is None else offset_from(node, anchor)
            case Vague():
                return None

    def _date(self, date: Date, future: bool | None) -> Period | None:
        if date.year is not None:
            return dated(date, date.year)
        if self.reference is None:
            return None
        if date.month is None:
            return day_by_number(date, self.reference, future)
        year = persian_year_of(self.reference) if date.calendar == "persian" else self.reference.year
        near = [period for step in (-1, 0, 1, 2) if (period := dated_or_none(date, year + step)) is not None]
        return _chosen(near, self.reference, date, future)

    def _weekday(self, node: Weekday, future: bool | None) -> Period | None:
        if self.reference is None:
            return None
        back = (self.reference.weekday() - node.day) % 7
        if node.offset is not None:
            day = self.reference + (node.day - self.reference.weekday() + 7 * node.offset) * DAY
        elif future:
            day = self.reference + (node.day - self.reference.weekday()) % 7 * DAY
        else:
            day = self.reference - back * DAY
        return Period(day, day, "day")

    def _part(self, node: Part, future: bool | None) -> Period | None:
        if node.bracket is not None:
            period = self._bracketed_part(node, future)
            if period is not None:
                return period
        if node.month is not None and node.unit == "month" and node.year is None:
            return self._date(Date(month=node.month, calendar="persian"), future)
        if node.year is not None:
            year = self._year(node.year)
            return None if year is None else part_of(node, year)
        if self.reference is None:
            return None
        return self._recent_part(node, self.reference, future)

    def _recent_part(self, node: Part, reference: dt.date, future: bool | None) -> Period | None:
        """Return the part of the current year, or of the last one where it is not over yet."""
        kind = "fiscal" if self.context.country in time_words().fiscal_quarters and node.unit != "season" else "plain"
        year = self._offset_year(Year(offset=0, kind=kind))
        if year is None:
            return None
        period = part_of(node, year)
        if future and period.last is not None and period.last < reference:
            return shifted(period, 1, "year")
        if not future and period.last is not None and period.last > reference:
            return part_of(node, self._offset_year(Year(offset=-1, kind=kind)) or year)
        return period

    def _bracketed_part(self, node: Part, future: bool | None) -> Period | None:
        """Take the days of the bracket; their year is the bracket's or that of the year which they divide."""
        bracket = node.bracket
        if bracket is None or bracket.first is None or bracket.last is None:
            return None
        persian = node.month is not None or (node.year is not None and node.year.kind == "persian") or self.iranian
        kind = "persian" if persian else "gregory"
        if bracket.last.year is not None and bracket.first.year is not None:
            first, last = dated(bracket.first, bracket.first.year), dated(bracket.last, bracket.last.year)
            return Period(first.first, last.last, "month", kind)
        whole = self._whole_year(node, future)
        if whole is None or whole.first is None or whole.last is None:
            return None
        begin = date_within(bracket.first, whole)
        if begin is None or begin.first is None:
            return None
        ends = (dated_or_none(bracket.last, begin.first.year + step) for step in (0, 1))
        end = next((period for period in ends if period is not None and _first(period) >= begin.first), None)
        return None if end is None else Period(begin.first, end.last, "month", kind)

    def _whole_year(self, node: Part, future: bool | None) -> Period | None:
        if node.year is not None and not (node.year.number is None and self.reference is None):
            return self._year(node.year)
        if self.reference is None:
            return self._undated_year(node)
        if node.month is not None:
            month = self._date(Date(month=node.month, calendar="persian"), future)
            return (
                None
                if month is None or month.first is None
                else Period(month.first - 15 * DAY, month.first + 300 * DAY, "year")
            )
        return self._offset_year(Year(offset=0))

    def _undated_year(self, node: Part) -> Period | None:
        """Return the year that a part divides where the document has no date: by its first day, or near a date told."""
        bracket = node.bracket
        if bracket is not None and node.index == 1 and node.year is not None and node.year.kind == "persian":
            return self._fitting_year(Bracket(first=bracket.first))
        if not self.fixed:
            return None
        near = self.fixed[0]
        self.reason = f"the year around the first date of the text ({near})"
        return Period(near - 300 * DAY, near + 65 * DAY, "year")

    def _so_far(self, count: int) -> Period | None:
        """Return the first months of the year where they ended in the weeks before the document."""
        year = self._offset_year(Year(offset=0))
        if year is None or self.reference is None:
            return None
        period = months_of(year, 1, count, "month")
        if period.last is None or not 0 <= (self.reference - period.last).days <= _JUST:
            return None
        self.reason = time_reasons.so_far(count, period.last)
        return period

    def _relative(self, node: Relative) -> Period | None:
        reference = self.reference
        if reference is None:
            return None
        if node.unit == "season":
            return self._season(node, reference)
        if node.told and (told := self._told_here(node.unit)) is not None:
            return shifted(told, node.offset, node.unit)
        base = {
            "day": lambda: Period(reference, reference, "day"),
            "week": lambda: week_of(reference),
            "weekend": lambda: _weekend(reference),
            "month": lambda: month_of(reference.year, reference.month),
            "quarter": lambda: months_of(year_of(reference.year), (reference.month - 1) // 3 * 3 + 1, 3, "quarter"),
            "decade": lambda: _decade(reference.year),
        }.get(node.unit)
        unit = "week" if node.unit == "weekend" else node.unit
        return None if base is None else shifted(base(), node.offset, unit)

    def _season(self, node: Relative, reference: dt.date) -> Period | None:
        here = persian_year_of(reference) if self.iranian else reference.year
        kind = "persian" if self.iranian else "gregory"
        years = [year_of(here + step, kind) for step in (-2, -1, 0, 1)]
        parts = [part_of(Part("season", 0, season=node.season), year) for year in years]
        if node.offset < 0:
            return next(part for part in reversed(parts) if part.last is not None and part.last < reference)
        if node.offset > 0:
            return next(part for part in parts if part.first is not None and part.first > reference)
        return parts[2]

    def _told_for(self, unit: str) -> Period | None:
        """Return the time from which "a day earlier" (a day) or "a year earlier" (rather a period) counts."""
        whole = [
            told.period
            for told in [*filter(_is_own, reversed(self.told)), *reversed(self.told)]
            if told.period.first is not None and told.period.last is not None
        ]
        fitting = [period for period in whole if (period.precision == "day") is (unit == "day")]
        return next(iter(fitting or (whole if unit != "day" else [])), None)

    def _shift(self, node: Shift) -> Period | None:
        base = self._told_for(node.unit) if node.told else self._period_here(node)
        if base is None and node.told and node.count > 0:
            return None  # "two years later" without a time before it
        if base is not None and (base.precision != "day" or node.unit == "day"):
            return shifted(base, node.count, node.unit)
        start = self.reference if base is None else base.first
        if start is None:
            return None
        moved = shifted(Period(start, start, "day"), node.count, node.unit).first
        if moved is None:
            return None
        if node.unit in ("year", "decade"):
            return year_of(moved.year)
        if node.unit == "month":
            return month_of(moved.year, moved.month)
        return week_of(moved) if node.unit == "week" else Period(moved, moved, "day")

    def _period_here(self, node: Shift) -> Period | None:
        """The part of a year in the sentence from which "a year ago" counts ("5 tons in May, 4 *a year ago*")."""
        if node.unit != "year" or node.count >= 0:
            return None
        here = (told for told in reversed(self.told) if told.sentence == self.sentence and _is_own(told))
        parts = ("month", "quarter", "half")
        return next((told.period for told in here if told.period.precision in parts and told.period.first), None)

    def _edge(self, node: Edge, future: bool | None) -> Period | None:
        whole = self._there(node.whole) or self._resolve(node.whole, future)
        if whole is None or whole.first is None or whole.last is None or node.side in ("early", "late"):
            return None
        part = third_of(node.side, whole)
        if part is not None:
            return part
        if node.side == "end":
            return replace(whole, first=whole.last)
        if node.side == "begin":
            return replace(whole, last=whole.first)
        return None

    def _there(self, node: Node) -> Period | None:
        """Return the year, or its decade, that the sentence told before ("in 1971 ...; *by the end of the decade*")."""
        if self.ahead or not (_is_bare(node) or node == Relative("decade", 0)):
            return None
        years = [told for told in self.told if told.sentence == self.sentence and _is_numbered(told.node)]
        base = years[-1].period if years else None
        if base is None or base.first is None or not self.is_over(base):
            return None
        return base if _is_bare(node) else _decade(base.first.year)

    def reaches(self, node: Edge, future: bool | None) -> dt.date | None:
        """Return the day up to which "by early 2028", "by mid-March", "by late 2028" reach: a third, half, all."""
        whole = self._resolve(node.whole, future)
        if whole is None or whole.first is None or whole.last is None:
            return None
        if node.side == "late":
            return whole.last
        if whole.precision == "year":
            return add_months(whole.first, 4 if node.side == "early" else 6) - DAY
        part = 3 if node.side == "early" else 2
        return whole.first + ((whole.last - whole.first).days // part - (whole.precision == "month")) * DAY

    def _same(self, node: Same) -> Period | None:
        base = self._told_before(node)
        if base is None and node.count is not None:
            base = self._so_far(node.count)
        if base is None or node.of is None:
            return base
        if node.of.kind == "same":
            return shifted(base, node.of.offset or 0, "year")
        target = self._year(node.of)
        if target is None or target.first is None or base.first is None:
            return None
        here = persian_year_of(base.first) if base.calendar == "persian" else base.first.year
        there = persian_year_of(target.first) if base.calendar == "persian" else target.first.year
        return shifted(base, there - here or -1, "year")

    def _told_before(self, node: Same) -> Period | None:
        for told in [*filter(_is_own, reversed(self.told)), *reversed(self.told)]:
            if node.count is not None:
                if _months_in(told) == node.count:
                    return told.period
            elif node.unit is None:
                return told.period
            elif node.unit == "period":
                if _is_whole(replace(told.period, precision="month")):
                    return told.period
            elif told.period.precision == node.unit and _is_whole(told.period):
                return told.period
        return None

    def _range(self, node: Range, future: bool | None) -> Period | None:
        last = self._resolve(node.last, future)
        if last is None and node.last == Relative("day", 0):
            begin = self._resolve(node.first, False)
            return None if begin is None else replace(begin, last=None)
        if last is None or last.last is None:
            return None
        if self._is_under_way(node, last.last, future):
            last = shifted(last, 1, "year")
        if last.last is None:
            return None
        first_node = node.first
        first: Period | None
        if isinstance(first_node, Date) and first_node.year is None and isinstance(node.last, Date):
            years = [last.last.year, last.last.year - 1]
            if first_node.calendar == "persian":
                years = [persian_year_of(last.last), persian_year_of(last.last) - 1]
            near = (dated_or_none(first_node, year) for year in years)
            first = next((period for period in near if period is not None and _first(period) <= last.last), None)
        else:
            first = self._resolve(first_node, future)
        if first is None or first.first is None or first.first > last.last:
            return None
        return Period(first.first, last.last, last.precision, last.calendar)

    def _is_under_way(self, node: Range, last: dt.date, future: bool | None) -> bool:
        """ "Opened the fair (October 19-22)", told on the 20th: the end is that of this year."""
        dated = isinstance(node.last, Date) and node.last.year is None and node.last.day is not None
        if not dated or future is not False or self.reference is None:
            return False
        first = self._resolve(node.first, future)
        return first is not None and last < _first(first) and 0 <= (self.reference - _first(first)).days <= _JUST


def _chosen(near: list[Period], reference: dt.date, date: Date, future: bool | None) -> Period | None:
    """Choose among the same date of neighbouring years by the text's cue: the last, the next or the nearest one."""
    before = [period for period in near if period.first is not None and period.first <= reference]
    after = [period for period in near if period.last is not None and period.last >= reference]
    if date.offset == -1:
        over = [period for period in before if period.last is not None and period.last < reference]
        return over[-1] if over else None
    if date.offset == 2:
        ahead = [period for period in after if period.first is not None and period.first > reference]
        return ahead[1] if len(ahead) > 1 else None
    if date.offset == 1:
        ahead = [period for period in after if period.first is not None and period.first > reference]
        return ahead[0] if ahead else None
    if date.offset == 0 or (future is None and date.day is not None):
        return min(near, key=lambda period: abs((_first(period) - reference).days), default=None)
    if future:
        return after[0] if after else None
    return before[-1] if before else None


def _decade(year: int) -> Period:
    return Period(dt.date(year // 10 * 10, 1, 1), dt.date(year // 10 * 10 + 9, 12, 31), "year")


def _is_bare(node: Node) -> bool:
    """Whether a year is no more than "the year"."""
    return isinstance(node, Year) and node.kind == "here"


def _is_numbered(node: Node) -> bool:
    return isinstance(node, Year) and node.number is not None


def _months_in(told: Told) -> int | None:
    """How many months a part of a year has, whatever it is called ("the first half": six)."""
    if not isinstance(told.node, (Part, MonthsTo)):
        return None
    return told.node.count * {"quarter": 3, "season": 3, "half": 6}.get(getattr(told.node, "unit", ""), 1)


def _is_own(told: Told) -> bool:
    """Whether a time is told for itself, not to compare with ("the same period of last year", "a year earlier")."""
    if isinstance(told.node, Same):
        return told.node.of is None
    return not (isinstance(told.node, Shift) and told.node.unit == "year" and told.node.count < 0)


def _is_whole(period: Period) -> bool:
    """Whether a period has both ends and is more than the edge of a longer one."""
    if period.first is None or period.last is None:
        return False
    return period.precision == "day" or period.first != period.last


def _weekend(reference: dt.date) -> Period:
    """Return Saturday and Sunday of the week of the day."""
    sunday = reference + (6 - reference.weekday()) * DAY
    return Period(sunday - DAY, sunday, "day")


def _first(period: Period) -> dt.date:
    return period.first or dt.date.min
