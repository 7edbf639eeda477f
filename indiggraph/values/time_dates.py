"""Rules for days, months and weekdays: "April 9, 2024", "14 September", "the month of Mehr", "Monday"."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from indiggraph.values.time_nodes import Bracket, Date, MonthsTo, Nth, Part, Range, Relative, Weekday, Year
from indiggraph.values.time_tokens import Reading, Rules
from indiggraph.values.vocabulary import number_words

__all__ = ["DateRules"]


class DateRules(Rules):
    """Rules for days, months and weekdays."""

    def _weekday_number(self, index: int) -> tuple[int, int] | None:
        """Return the number of "Tuesday the 19th", "Sunday 31" and the index after it."""
        ordinal = self.ordinal(index)
        if ordinal is not None or index >= len(self.tokens) or not self.tokens[index].is_number:
            return ordinal
        number = self.number(index)
        fits = number is not None and self.alone(index) and self._ends_phrase(index + 1)
        return (number, index + 1) if number is not None and fits else None

    def relative_week(self, index: int) -> Reading:
        """Read "next week", "the following week"."""
        offset, start = self._deictic(index) if index < len(self.tokens) else (None, index)
        return None if offset is None or self.low(start) != "week" else (Relative("week", offset), start + 1)

    @abstractmethod
    def bracket(self, index: int) -> tuple[Bracket, int] | None:
        """Return the bracket that explains a time."""

    def iso(self, index: int) -> Reading:
        """Read "2019-12-08", "08/12/2019", "23.04.2022"."""
        if not self.touches(index + 1) or self.raw(index + 1) not in _MARKS:
            return None
        if len(self.raw(index)) != 4 and len(self.raw(index + 4)) not in (2, 4):
            return None
        parts = [self.raw(index + step) for step in range(5)]
        month = self.words.months.get(parts[2].casefold())
        if month is not None and self.touches(index + 2):
            parts[2] = str(month)
            parts[0], parts[4] = (parts[0], parts[4]) if len(parts[0]) == 4 else (parts[4], parts[0])
            if len(parts[0]) != 4 or not parts[0].isascii():
                return None
        numbers = [part for part in parts[::2] if part.isascii() and part.isdecimal()]
        if len(numbers) < 3 or parts[1] != parts[3]:
            return None
        if not all(self.touches(index + step) for step in range(1, 5)) or (
            self.touches(index + 5) and self.raw(index + 5)[0].isalnum()
        ):
            return None
        date = _numeric_date(numbers[0], numbers[1], numbers[2], parts[1])
        return None if date is None else (date, index + 5)

    def on_slashed(self, index: int) -> Reading:
        """Read "(on) 22/04"."""
        return self.slashed(index) if self.low(index - 1) == "on" else None

    def slashed(self, index: int) -> Reading:
        """Read "22/04", a day and a month in figures, after "on" or a weekday."""
        if self.raw(index + 1) != "/" or not (self.touches(index + 1) and self.touches(index + 2)):
            return None
        parts = [self.number(place) if self.raw(place).isdecimal() else None for place in (index, index + 2)]
        if parts[0] is None or parts[1] is None or not self._ends_phrase(index + 3) or self.low(index + 3) == "of":
            return None
        month, day = (parts[1], parts[0]) if parts[0] > 12 else (parts[0], parts[1])
        return (Date(month=month, day=day), index + 3) if 1 <= month <= 12 and 1 <= day <= 31 else None

    def day_first(self, index: int) -> Reading:
        """Read "14 September 2018", "the 14th of September", "14-18 May 2023"."""
        start = self.skip(index, "the")
        ordinal = self.ordinal(start)
        number = self.number(start) if start < len(self.tokens) and self.tokens[start].is_number else None
        if ordinal is not None:
            day, after = ordinal
        elif number is not None and (start == index or self._day_range(start, start + 1)):
            day, after = number, start + 1
        else:
            return None
        if not 1 <= day <= 31 or (ordinal is None and not self.alone(start)):
            return None
        closing = self._day_range(index, after)
        after = self.skip(closing[1] if closing else after, "day", "of")
        month = self._month_name(after, certain=self.low(after - 1) == "of" or self.iranian())
        if month is None:
            return self._day_alone_of(index, ordinal) if closing is None and ordinal is not None else None
        year, end = self._year_after(month[1], month[0].calendar)
        date = replace(month[0], day=day, year=year)
        if closing is None:
            return (self._in_year(date, end) if year is None else None) or (date, end)
        first = date if day <= closing[0] else replace(date, month=((date.month or 1) - 2) % 12 + 1, year=None)
        return Range(first, replace(date, day=closing[0])), end

    def _day_alone_of(self, index: int, ordinal: tuple[int, int]) -> Reading:
        """Read "the 20th of next month", or the 24th after "on" where no noun follows."""
        day, after = ordinal
        if self.low(after) == "of":
            month = self.core(after + 1) if self.low(after + 1) in (*self.words.deictic, "the") else None
            fits = month is not None and isinstance(month[0], Relative) and month[0].unit == "month"
            return (Nth("day", day, month[0]), month[1]) if month is not None and fits else None
        lone = self._ends_phrase(after) and self.tokens[after - 2].text.isdecimal()
        return (Date(day=day), after) if lone and self.low(index - 1) == "on" else None

    def _ends_phrase(self, index: int) -> bool:
        """Whether no noun follows that an ordinal or a figure before would count."""
        return self.low(index) in _NO_NOUNS or not (
            self.raw(index)[:1].isalnum() or (self.raw(index) in ("-", "–", "/") and self.touches(index))
        )

    def _day_range(self, first: int, index: int) -> tuple[int, int] | None:
        """Return the second day of "13th to the 15th (of July)" and the index after it."""
        joints = ("-", "–", "to", "through", "till", "until", *(("and",) if self.low(first - 1) == "between" else ()))
        if self.low(index) not in joints:
            return None
        start = self.skip(index + 1, "the")
        ordinal = self.ordinal(start)
        number = self.number(start) if start < len(self.tokens) else None
        closing = ordinal or (None if number is None or not self.tokens[start].is_number else (number, start + 1))
        if closing is None or not 1 <= closing[0] <= 31:
            return None
        month = self.skip(closing[1], "day", "of")
        return closing if self.low(month) in {**self.words.months, **self.words.persian_months} else None

    def month(self, index: int) -> Reading:
        """Read "April", "April 2026", "April 9", "Apr. 9, 2024", "the month of Mehr", "Mehr 1397"."""
        start = index
        if self.low(index) == "the":
            start = self.skip(index + 1, "iranian", "persian", "calendar")
            if self.low(start) != "month" or self.low(start + 1) != "of":
                return None
            start += 2
        named = self._month_name(start, certain=start != index)
        if named is None:
            return None
        date, after = named
        day = self._day_after(after)
        if day is not None:
            date, after = replace(date, day=day[0]), day[1]
        year, after = self._year_after(after, date.calendar)
        date = replace(date, year=year)
        inside = self._in_year(date, after) if year is None else None
        if inside is not None:
            return inside
        ends_range = self.low(index - 1) in ("-", "–", "to") and self.low(index - 2) in self.words.months
        quarter = self.low(self.skip(after, "-")) == "quarter" and not ends_range
        if date.day is None and date.calendar == "gregory" and quarter:
            return MonthsTo(3, date), self.skip(after, "-") + 1
        if date.day is None and year is None and self.low(after) == "after" and self.low(after + 1) == "next":
            return replace(date, offset=2), after + 2
        bracket = self.bracket(after) if date.day is None and date.calendar == "persian" else None
        if bracket is None or bracket[0].first is None or bracket[0].last is None:
            return date, after
        return Part("month", 0, month=date.month, bracket=bracket[0], year=_persian_year(date)), bracket[1]

    def _in_year(self, date: Date, index: int) -> Reading:
        """Read the year of "October last year", "3 May of this year"."""
        year = self.year_words(self.skip(index, "of"))
        if year is None or not isinstance(year[0], Year) or year[0].offset is None or date.month is None:
            return None
        kind = "persian" if date.calendar == "persian" else "gregory"
        month = Part("month", date.month, year=replace(year[0], kind=kind))
        return (month if date.day is None else Nth("day", date.day, month)), year[1]

    @abstractmethod
    def year_words(self, index: int, bare: bool = False) -> Reading:
        """Read "last year", "the preceding Persian year"."""

    def _month_name(self, index: int, certain: bool = False) -> tuple[Date, int] | None:
        word, raw = self.low(index), self.raw(index)
        if not raw or not (
            raw[0].isupper()
            or certain
            or self.tokens[index].start == 0
            or word not in ("may", "march", "mar", "dec", "jan", "sun")
            or (len(word) == 3 and self.low(index - 1) in ("in", "since", "by", "until") and word != "may")
        ):
            return None
        after = index + 1
        if word in self.words.months:
            if self.raw(after) == "." and self.raw(after + 1).isdecimal() and len(word) <= 4:
                after += 1
            if word in ("may", "march") and not certain and not self._is_month(index):
                return None
            return Date(month=self.words.months[word]), after
        if word in self.words.persian_months and raw[0].isupper() and (certain or self._is_persian_month(index)):
            return Date(month=self.words.persian_months[word], calendar="persian"), after
        return None

    def _is_month(self, index: int) -> bool:
        """Whether "May" or "March" is the month: capital inside a sentence, or beside a number or a preposition."""
        raw, before, after = self.raw(index), self.raw(index - 1), self.raw(index + 1)
        if not raw[0].isupper():
            return after.isdecimal() or self.low(index - 1) in self.words.month_leads
        begins = index == 0 or before in (".", "!", "?", ":", '"', "“", "”", "\n")
        return not begins or after[:1].isdecimal() or after in ("-", "–", ",") or len(self.tokens) == 1

    def _is_persian_month(self, index: int) -> bool:
        """Whether a month's name is the month, not a person, a bank or a news agency."""
        after, before = self.raw(index + 1), self.low(index - 1)
        if after.isdecimal() or (before in ("of", "month") and self.low(index - 2) in ("month", "the", "day")):
            return True
        if after[:1].isupper() or not self.iranian():
            return False
        return before in self.words.month_leads or (after == "(" and self.low(index + 2) in self.words.months)

    def _day_after(self, index: int) -> tuple[int, int] | None:
        start = self.skip(index, "the")
        ordinal = self.ordinal(start)
        if ordinal is not None and 1 <= ordinal[0] <= 31:
            return ordinal
        number = self.number(start) if start < len(self.tokens) and self.tokens[start].is_number else None
        if number is None or not 1 <= number <= 31 or len(self.raw(start)) > 2:
            return None
        follows = self.low(start + 1)
        if not self._day_alone(start) or follows in (
            "percent",
            "%",
            "million",
            "billion",
            "per",
            "trillion",
            "km",
            "tons",
        ):
            return None
        return number, start + 1

    def _day_alone(self, index: int) -> bool:
        token = self.tokens[index]
        after, next_ = self.text[token.end : token.end + 1], self.text[token.end + 1 : token.end + 2]
        return not (after.isalnum() or after == "%" or (after in ".,:" and next_.isdecimal()))

    def _year_after(self, index: int, kind: str) -> tuple[int | None, int]:
        """Return the year after a month or day (", 2019", "of 2019", "2019") and the index after it."""
        start = self.skip(index, ",", "of", "in", "year") if self.low(index) in (",", "of", "in") else index
        if start < len(self.tokens) and self.tokens[start].is_number and self.alone(start):
            year = self._four(start, persian=kind == "persian")
            if year is not None and not (self.raw(start - 1) == "," and self._counts(start)):
                return year, start + 1
        spoken = self.spoken_year(start)
        return (None, index) if spoken is None else spoken

    def spoken_year(self, index: int) -> tuple[int, int] | None:
        """Return the year told in words ("two thousand and twenty", "nineteen ninety-eight") and the index after it."""
        words, tens = number_words().small, number_words().tens
        first, scale = self.low(index), self.low(index + 1)
        if first not in words or not (scale in ("thousand", "hundred") or scale in tens or scale in words):
            return None
        count, after = int(words[first]), index + (2 if scale in ("thousand", "hundred") else 1)
        if not (count == 2 if scale == "thousand" else 17 <= count <= 19):
            return None
        rest, end = self._spoken_rest(self.skip(after, "and"))
        if rest < 10 and scale not in ("thousand", "hundred"):
            return None
        year = count * (1000 if scale == "thousand" else 100) + rest
        return (year, end if rest else after) if 1700 <= year <= 2100 else None

    def _spoken_rest(self, index: int) -> tuple[int, int]:
        """Return the number below a hundred in words and the index after it, 0 where there is none."""
        words, tens = number_words().small, number_words().tens
        word = self.low(index)
        if word in words:
            return int(words[word]), index + 1
        if word not in tens:
            return 0, index
        last = self.skip(index + 1, "-")
        unit = int(words.get(self.low(last), 10))
        return (int(tens[word]) + unit, last + 1) if 0 < unit < 10 else (int(tens[word]), index + 1)

    def _counts(self, index: int) -> bool:
        """Whether a figure after a comma counts something ("In March, 2000 workers")."""
        return self.low(index + 1) in ("tons", "tonnes", "people", "workers", "jobs", "units", "mw", "km")

    def _four(self, index: int, persian: bool = False) -> int | None:
        raw = self.raw(index)
        if len(raw) != 4:
            return None
        year = int(raw)
        if 1300 <= year <= 1450:
            return year if persian else None
        return year if 1850 <= year <= 2150 else None

    def weekday(self, index: int) -> Reading:
        """Read "Saturday", "last Monday", "Monday, Feb 18"."""
        offset, start = self._deictic(index)
        word = self.low(start)
        if word not in self.words.weekdays or self.low(index - 1) in _ANY:
            return None
        if len(word) < 6 and word in ("sun", "sat", "wed", "mon", "fri") and not self.raw(start)[0].isupper():
            return None
        after = self.skip(start + 1, ".") if len(word) <= 4 else start + 1
        follow = self.skip(after, ",", "the")
        date = self.core(follow) if follow < len(self.tokens) and self._dates_on(follow) else None
        if date is not None and isinstance(date[0], Date) and date[0].day is not None:
            return date
        slashed = self.slashed(follow)
        if slashed is not None:
            return slashed
        day = self._weekday_number(follow) if offset is None and self.low(after) != "," else None
        if day is not None and 1 <= day[0] <= 31:
            return Date(day=day[0], weekday=self.words.weekdays[word]), day[1]
        week = self.relative_week(self.skip(after, "of", "in") if self.low(after) in ("of", "in") else len(self.tokens))
        week = week or self.relative_week(after)
        if offset is None and week is not None:
            return Nth("weekday", 1, week[0], self.words.weekdays[word]), week[1]
        if offset is None and self.low(after) == "after" and self.low(after + 1) == "next":
            return Weekday(self.words.weekdays[word], 2), after + 2
        return Weekday(self.words.weekdays[word], offset), after

    def _dates_on(self, index: int) -> bool:
        return (
            self.tokens[index].is_number
            or self.low(index) in self.words.months
            or self.low(index) in self.words.persian_months
        )

    def _deictic(self, index: int) -> tuple[int | None, int]:
        start = self.skip(index, "the")
        if self.low(start) in self.words.deictic:
            return self.words.deictic[self.low(start)], start + 1
        return None, index


_ANY = frozenset(["a", "an", "any", "each", "every", "per"])
"""Words that make a weekday any one of its name ("a Monday")."""
_MARKS = frozenset("-/.")
"""Marks between the parts of a date in figures."""
_NO_NOUNS = frozenset(
    [
        "at",
        "in",
        "by",
        "for",
        "and",
        "with",
        "to",
        "from",
        "of",
        "it",
        "he",
        "she",
        "they",
        "we",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
    ]
)
"""Words after which a phrase has ended: prepositions, pronouns, auxiliary verbs."""


def _numeric_date(first: str, second: str, third: str, mark: str) -> Date | None:
    """Read a date in figures; day and month in American order unless a figure above 12 or dots tell otherwise."""
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4:
        year, month, day = one, two, three
    elif len(third) in (2, 4) and len(first) <= 2 and len(second) <= 2:
        year = three if len(third) == 4 else 2000 + three if three < 70 else 1900 + three
        month, day = (two, one) if mark == "." or one > 12 else (one, two)
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31) or (mark == "." and len(third) != 4 and len(first) != 4):
        return None
    if 1300 <= year <= 1450:
        return Date(year, month, day, "persian")
    return Date(year, month, day) if 1850 <= year <= 2150 else None


def _persian_year(date: Date) -> Year | None:
    if date.year is None:
        return None
    return Year(date.year, kind=date.calendar if date.calendar == "persian" else "plain")
