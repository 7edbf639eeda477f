"""Resolves years: calendar, Solar Hijri and fiscal ones, by number, by offset, or by the day on which they end."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from indiggraph.values import persian, time_reasons
from indiggraph.values.context import Context
from indiggraph.values.periods import Period, add_months, day_of, month_of, persian_year_of, shifted, year_of
from indiggraph.values.time_nodes import Bracket, Date, Edge, MonthsTo, Node, Range, Year, YearTo
from indiggraph.values.time_reasons import fits
from indiggraph.values.vocabulary import Fiscal, time_words

__all__ = ["DAY", "Told", "YearResolver", "dated", "dated_or_none"]

_REMEMBERED = 100
"""Times told before that a later one may refer to: a bound, so that the time stays linear in the text."""
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A time that the text told before, and the number of its sentence."""

    node: Node
    period: Period
    sentence: int


class YearResolver:
    """Resolves the years of one text."""

    def __init__(self, reference: dt.date | None, context: Context, nodes: Sequence[Node]) -> None:
        self.reference = reference
        self.context = context
        self.told: deque[Told] = deque(maxlen=_REMEMBERED)
        self.sentence = 0
        self.ahead = False
        """Whether the words before the time speak of what is to come."""
        self.numbered: set[tuple[int, int]] = set()
        """The Gregorian years that the text tells by number, each with the number of its sentence."""
        self.reason: str | None = None
        self.fixed = [date for node in nodes if (date := _absolute(node)) is not None][:_REMEMBERED]

    @property
    def iranian(self) -> bool:
        """Whether "the year" of this text is the Solar Hijri one: Iran is the country that it names most."""
        return self.context.country in ("IR", "AF")

    def is_over(self, period: Period) -> bool:
        """Whether a period lies before the document's date."""
        return self.reference is not None and period.last is not None and period.last <= self.reference

    def _year(self, node: Year) -> Period | None:
        return self._offset_year(node) if node.number is None else self._numbered(node, node.number)

    def _numbered(self, node: Year, number: int) -> Period:
        if node.kind == "persian":
            return year_of(number, "persian")
        if node.kind != "fiscal":
            return year_of(number)
        return self._fiscal(number, node.double)

    def _fiscal(self, number: int, double: bool) -> Period:
        country = self._fiscal_country()
        rule = time_words().fiscal.get(country or "")
        self.reason = time_reasons.fiscal_year(country)
        if rule is None:
            return Period(dt.date(number, 1, 1), dt.date(number + double, 12, 31), "year")
        if rule.calendar == "persian":
            return year_of(number - 621, "persian")
        first = number if double or rule.named == "begin" else number - 1
        return _fiscal_year(rule, first)

    def _fiscal_country(self) -> str | None:
        return self.context.among(frozenset(time_words().fiscal))

    def _offset_year(self, node: Year) -> Period | None:
        offset = node.offset or 0
        if node.kind == "same":
            return self._told_year(offset)
        if node.kind == "told" and (base := self._told_here("year")) is not None:
            return shifted(base, offset, "year")
        here = node.kind in ("plain", "told", "here", "fiscal") and self.iranian and not self._is_western(offset)
        if node.kind == "persian" or here:
            return self._persian_year(node, offset)
        if self.reference is None:
            return None
        rule = time_words().fiscal.get(self._fiscal_country() or "") if node.kind == "fiscal" else None
        if rule is not None:
            started = (self.reference.month, self.reference.day) >= (rule.month, rule.day)
            return _fiscal_year(rule, self.reference.year + offset - (not started))
        return year_of(self.reference.year + offset)

    def _is_western(self, offset: int) -> bool:
        """Whether the sentence compares a year with a Gregorian one ("*last year* 5 tons, up from 4 in 2021")."""
        return self.reference is not None and (self.sentence, self.reference.year + offset - 1) in self.numbered

    def _told_here(self, precision: str) -> Period | None:
        """Return the last period of that precision that the sentence has told."""
        return next(
            (t.period for t in reversed(self.told) if t.sentence == self.sentence and t.period.precision == precision),
            None,
        )

    def _told_year(self, offset: int) -> Period | None:
        base = next((told.period for told in reversed(self.told) if told.period.first is not None), None)
        if base is None or base.first is None:
            return None
        number = persian_year_of(base.first) if base.calendar == "persian" else base.first.year
        return year_of(number + offset, base.calendar)

    def _persian_year(self, node: Year, offset: int) -> Period | None:
        """Return the Iranian year; where its bracket names a day, the year that fits it and lies nearest."""
        bracket = node.bracket
        given = None if bracket is None else _bracket_year(bracket)
        if given is not None:
            return year_of(given, "persian")
        if self.reference is not None:
            number = persian_year_of(self.reference) + offset
            near = [number, number - 1, number + 1]
            fitting = [year for year in near if bracket is not None and fits(year, bracket)]
            if bracket is not None and fitting and fitting[0] != number:
                self.reason = time_reasons.shift(fitting[0], bracket, self.reference)
            return year_of(fitting[0] if fitting else number, "persian")
        return self._fitting_year(bracket)

    def _fitting_year(self, bracket: Bracket | None) -> Period | None:
        """Choose, without a document's date, the year that fits the bracket nearest to the text's own dates."""
        if bracket is None:
            return None
        if not self.fixed:
            self.reason = time_reasons.undecided(bracket)
            return None
        middle = sum(date.toordinal() for date in self.fixed) // len(self.fixed)
        near = persian_year_of(dt.date.fromordinal(middle))
        fitting = [year for year in range(near - 4, near + 5) if fits(year, bracket)]
        if not fitting:
            return None
        year = min(fitting, key=lambda year: (self._distance(year), year))
        self.reason = time_reasons.choice(year, bracket, self.fixed)
        return year_of(year, "persian")

    def _distance(self, year: int) -> int:
        first, last = persian.year_days(year)
        return sum(max((first - date).days, (date - last).days, 0) for date in self.fixed)

    def _year_to(self, node: YearTo) -> Period | None:
        if node.kind == "persian" or self._ends_iranian(node.last):
            if node.kind != "persian" and not self.iranian:
                self.reason = time_reasons.iranian_march()
            return self._persian_year_to(node.last)
        last = self._last_day(node.last)
        if last is None:
            return None
        if node.last.calendar == "persian":
            year, month, _ = persian.from_gregorian(last)
            return Period(persian.month_days(year - 1, month)[1] + DAY, last, "year", "persian")
        return Period(add_months(last + DAY, -12), last, "year")

    def _ends_iranian(self, date: Date) -> bool:
        """Whether a year that ends in March is the Iranian one: by the country, or as the common case."""
        if date.month != 3 or (date.day is not None and not 18 <= date.day <= 22):
            return False
        return self.iranian or (self.context.country is None and time_words().year_to_march == "IR")

    def _persian_year_to(self, date: Date) -> Period | None:
        if date.year is not None:
            return year_of(date.year - 622, "persian")
        if self.reference is None:
            return self._fitting_year(Bracket(last=date))
        number = persian_year_of(self.reference) - 1
        bracket = Bracket(last=date)
        if date.day is not None and not fits(number, bracket):
            number = next((year for year in (number + 1, number - 1) if fits(year, bracket)), number)
            self.reason = time_reasons.shift(number, bracket, self.reference)
        return year_of(number, "persian")

    def _months_to(self, node: MonthsTo, future: bool | None) -> Period | None:
        last = self._last_day(node.last)
        if future and last is not None and self.reference is not None and node.last.year is None:
            last = last if last >= self.reference else add_months(last + DAY, 12) - DAY
        if last is None:
            return None
        if node.count == 0:
            return Period(last - 6 * DAY, last, "week")
        year, month, day = persian.from_gregorian(last)
        if self.iranian and node.last.day is not None and day == persian.days_in_month(year, month):
            begin, index = divmod(year * 12 + month - node.count, 12)
            return Period(persian.to_gregorian(begin, index + 1, 1), last, "month", "persian")
        first = add_months(last + DAY, -node.count)
        quarter = node.count == 3 and first.day == 1 and first.month % 3 == 1
        return Period(first, last, "quarter" if quarter else "month")

    def _last_day(self, date: Date) -> dt.date | None:
        """Return the last day of an end that lies behind the document's date."""
        if date.year is not None:
            return dated(date, date.year).last
        if self.reference is None:
            return None
        year = persian_year_of(self.reference) if date.calendar == "persian" else self.reference.year
        near = [dated_or_none(date, year + step) for step in (0, -1)]
        over = [
            period.last
            for period in near
            if period is not None and period.last is not None and period.last <= self.reference + 31 * DAY
        ]
        return over[0] if over else None


def dated(date: Date, year: int) -> Period:
    if date.month is None:
        return year_of(year, date.calendar)
    if date.day is None:
        return month_of(year, date.month, date.calendar)
    return day_of(year, date.month, date.day, date.calendar)


def dated_or_none(date: Date, year: int) -> Period | None:
    try:
        return dated(date, year)
    except ValueError:
        return None  # 29 February of a common year


def _absolute(node: Node) -> dt.date | None:
    """Return the first day of a time that needs no reference, for choosing between candidates."""
    if isinstance(node, Range):
        return _absolute(node.last)
    if isinstance(node, Edge):
        return _absolute(node.whole)
    try:
        if isinstance(node, Date) and node.year is not None:
            return dated(node, node.year).first
        if isinstance(node, Year) and node.number is not None and node.kind != "fiscal":
            return year_of(node.number, "persian" if node.kind == "persian" else "gregory").first
    except ValueError:
        return None  # no such day
    return None


def _fiscal_year(rule: Fiscal, first: int) -> Period:
    begin = dt.date(first, rule.month, rule.day)
    return Period(begin, add_months(begin, 12) - DAY, "year")


def _bracket_year(bracket: Bracket) -> int | None:
    """Return the Solar Hijri year that the bracket's own year fixes."""
    if bracket.last is not None and bracket.last.year is not None:
        return bracket.last.year - 622 if (bracket.last.month or 3) <= 4 else bracket.last.year - 621
    if bracket.first is not None and bracket.first.year is not None:
        return bracket.first.year - 621
    return None
