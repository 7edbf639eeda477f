"""Rules for parts of years: "the first seven months of 1394", "Q3 FY21", "the year to May 2031"."""

from __future__ import annotations

from dataclasses import replace

from indiggraph.values.time_nodes import Date, MonthsSoFar, MonthsTo, Nth, Part, Relative, Same, Year, YearTo
from indiggraph.values.time_tokens import Reading
from indiggraph.values.time_years import YearRules

__all__ = ["PartRules"]

_SEASON_LEADS = frozenset(["in", "by", "since", "until", "during", "through", "before", "after", "over"])
"""Words before a season whose year is not told ("in the spring")."""
_NOT_SO_FAR = frozenset(
    ["ago", "before", "after", "from", "later", "earlier", "time", "in", "to", "ended", "ending", "'", "’"]
)
"""Words behind "in nine months" that make it no part of the year."""
_ENDED = {"week": 0, "month": 1, "quarter": 3, "half": 6}
"""Periods that end on a day that is told, with their months ("the quarter ended June 30"); 0 for a week."""


class PartRules(YearRules):
    """Rules for parts of years."""

    def part(self, index: int) -> Reading:
        """Read "the first seven months of 1394", "the third quarter" (or Iranian "season"), "the tenth month, Dey"."""
        start = self.skip(index, "the", "its", "their", "this", "that")
        found = self._part_index(start)
        if found is None:
            return None
        place, after = found
        count, after = self._part_count(after)
        kinds = after
        while self.words.year_kinds.get(self.low(after)) == "persian" or (
            after > kinds and self.low(after) == "calendar"
        ):
            after += 1
        persian = Year(offset=None, kind="persian") if after > kinds else None
        after = self.skip(after, "-")
        word = self.low(after)
        unit = "quarter" if word == "season" and self.iranian() else self.words.periods.get(word)
        if unit not in ("month", "quarter", "half"):
            return None
        if word.endswith("s") is (count == 1) and unit != "half":
            return None
        if persian is not None and unit == "month" and count == 1:
            return self._part_year(Part(unit, place, month=12 if place == -1 else place), after + 1)
        return self._part_year(Part(unit, place, count, persian), after + 1)

    def _part_index(self, index: int) -> tuple[int, int] | None:
        word = self.low(index)
        if word in ("opening", "initial"):
            return 1, index + 1
        if word in ("last", "final", "closing"):
            return -1, index + 1
        return self.ordinal(index)

    def _part_count(self, index: int) -> tuple[int, int]:
        number = self.number(index)
        return (1, index) if number is None or number > 12 else (number, index + 1)

    def _part_year(self, part: Part, after: int) -> Reading:
        """Read the year, the month's name and the bracket behind a part of a year."""
        named = self._named_month(after)
        if part.unit == "month" and part.count == 1 and named is not None:
            part, after = replace(part, month=named[0]), named[1]
        year = self._of_year(after)
        if year is None:
            if self.low(after) == "of" or (part.index == -1 and part.year is None and part.month is None):
                return None
        else:
            part, after = replace(part, year=year[0]), year[1]
            ending = self._ending(after) if part.index != -1 else None
            if ending is not None and ending[0].day is not None:  # "the first half of the year to September 22"
                after = ending[1]
        return self._part_bracket(part, after)

    def _part_bracket(self, part: Part, after: int) -> Reading:
        """Read the bracket that gives the part's own days, or the day on which its year begins or ends."""
        bracket = self.bracket(after)
        if bracket is None:
            return part, after
        if bracket[0].first is not None and bracket[0].last is not None:
            return replace(part, bracket=bracket[0]), bracket[1]
        if part.year is None or self.low(after) not in ("(", "["):
            return part, after
        return replace(part, year=replace(part.year, bracket=bracket[0])), bracket[1]

    def _named_month(self, index: int) -> tuple[int, int] | None:
        start = self.skip(index, "alone")
        start = self.skip(start, ",") if self.low(start) == "," else start
        if start == index and self.low(start) != "(":
            return None
        start = self.skip(start, "(")
        word = self.low(start)
        if word not in self.words.persian_months or not self.raw(start)[0].isupper():
            return None
        return self.words.persian_months[word], start + (
            2 if self.low(start + 1) in (",", ")") and self.low(start - 1) == "(" else 1
        )

    def _of_year(self, index: int) -> tuple[Year, int] | None:
        """Read the year of a part: "of this Persian calendar year", "in 2021", "2021"."""
        linked = self.low(index) in ("of", "in")
        start = index + 1 if linked else index
        if start >= len(self.tokens):
            return None
        reading = self.fiscal(start) or self.year_words(start, bare=linked) or self._plain_year(start, linked)
        if reading is None or not isinstance(reading[0], Year):
            return None
        return reading[0], reading[1]

    def _plain_year(self, index: int, linked: bool) -> Reading:
        index = self.skip(index, "the")
        if index >= len(self.tokens) or not self.tokens[index].is_number or not self.alone(index):
            return None
        year = self._four(index, persian=linked)
        if year is None:
            return None
        double = self._double(index, year)
        if double is None or not isinstance(double[0], Year):
            double = Year(year, kind="persian" if year < 1500 else "plain"), index + 1
        return self._kind_after(double)

    def year_part(self, index: int) -> Reading:
        """Read "last year's fourth quarter", "2019's first half", "last year's corresponding period"."""
        year = self.year_words(index) or self.bare_year(index)
        if year is None or not isinstance(year[0], Year) or self.low(year[1]) not in ("'", "’"):
            return None
        if self.low(year[1] + 1) == "s" and self.low(year[1] + 2) in self.words.same:
            same = self.low(year[1] + 3) == "period"
            return (Same("period", of=year[0]), year[1] + 4) if same else None
        part = self.part(year[1] + 2) if self.low(year[1] + 1) == "s" else None
        if part is None or not isinstance(part[0], Part) or part[0].year is not None:
            return None
        return replace(part[0], year=year[0]), part[1]

    def nth(self, index: int) -> Reading:
        """Read "the first Monday of May", "the last week of 2018", "the second-to-last day of the year"."""
        start = self.skip(index, "the")
        found = self._nth_index(start)
        if found is None:
            return None
        place, after = found
        if place in (1, -1) and self.low(after + 1) in ("days", "weeks"):
            return self._nth_run(place, after)
        word = self.low(after)
        weekday = self.words.weekdays.get(word) if len(word) > 5 else None
        linked = self.low(after + 1)
        if (weekday is None and word not in ("day", "week")) or linked not in ("of", "in"):
            return None
        whole = self._nth_whole(after + 2, of=linked == "of" or weekday is not None)
        if whole is None:
            return None
        return Nth("weekday" if weekday is not None else word, place, whole[0], weekday), whole[1]

    def _nth_run(self, place: int, index: int) -> Reading:
        """Read "(the first) ten days of March"."""
        count = self.number(index)
        whole = self._nth_whole(index + 3, of=True) if count and self.low(index + 2) == "of" else None
        if count is None or whole is None or not 1 < count <= 60:
            return None
        return Nth(self.low(index + 1).rstrip("s"), place, whole[0], count=count), whole[1]

    def _nth_index(self, index: int) -> tuple[int, int] | None:
        """Return 2 for "second", -1 for "last", -3 for "third last" or "third-to-last"."""
        if self.low(index) in ("last", "final"):
            return -1, index + 1
        ordinal = self.ordinal(index)
        if ordinal is None:
            return None
        after = self.skip(self.skip(ordinal[1], "-"), "to", "-")
        return (-ordinal[0], after + 1) if self.low(after) == "last" else ordinal

    def _nth_whole(self, index: int, of: bool) -> Reading:
        """Read the period whose days are counted; "the month" and "the year" are those of the document."""
        if of and self.low(index) == "the" and self.low(index + 1) in ("month", "quarter"):
            return Relative(self.low(index + 1), 0), index + 2
        if index >= len(self.tokens):
            return None
        reading = self.year_words(index, bare=of) or self.bare_year(index) or self.core(index)
        if reading is None or not isinstance(reading[0], (Date, Year, Relative, Part)):
            return None
        return None if isinstance(reading[0], Date) and reading[0].day is not None else reading

    def short_part(self, index: int) -> Reading:
        """Read "Q4 2019", "Q3 FY21", "H1", "1Q21"."""
        word, raw = self.low(index), self.raw(index)
        if (
            word in ("q", "h")
            and (raw.isupper() or self._of_year(self.skip(index + 2, "-")) is not None)
            and self.touches(index + 1)
            and self.raw(index + 1) in ("1", "2", "3", "4")
        ):
            unit, number, after = word, int(self.raw(index + 1)), index + 2
        elif raw in ("1", "2", "3", "4") and self.touches(index + 1) and self.raw(index + 1) in ("Q", "H"):
            unit, number, after = self.low(index + 1), int(raw), index + 2
            if self.touches(after) and self.raw(after).isdecimal() and len(self.raw(after)) == 2:
                part = Part("quarter" if unit == "q" else "half", number, year=Year(2000 + int(self.raw(after))))
                return part, after + 1
        else:
            return None
        if unit == "h" and number > 2:
            return None
        if self.low(after) in ("-", "/") and self.touches(after + 1) and len(self.raw(after + 1)) == 4:
            after += 1
        short = self.raw(after + 1)
        if self.low(after) in ("'", "’") and self.touches(after + 1) and short.isdecimal() and len(short) == 2:
            return Part("quarter" if unit == "q" else "half", number, year=Year(2000 + int(short))), after + 2
        return self._part_year(Part("quarter" if unit == "q" else "half", number), after)

    def season(self, index: int) -> Reading:
        """Read "the summer of 2019", "spring 2021", "next summer", "last winter"."""
        offset, start = self._deictic(index)
        start = self.skip(start, "the")
        word = self.low(start)
        if word not in self.words.seasons or (
            word in ("fall", "spring") and offset is None and not self._is_season(start)
        ):
            return None
        if offset is not None:
            return Relative("season", offset, season=word), start + 1
        year = self._of_year(start + 1)
        if year is None:
            led = self.low(index - 1) in _SEASON_LEADS or self.low(index - 2) == "later" or self._is_edge(index)
            led = led and self._ends_phrase(start + 1)
            return (Part("season", 0, season=word), start + 1) if led else None
        return Part("season", 0, year=year[0], season=word), year[1]

    def _is_edge(self, index: int) -> bool:
        """ "The end *of summer*"."""
        return self.low(index - 1) == "of" and self.low(index - 2) in self.words.edges

    def _is_season(self, index: int) -> bool:
        if self.low(index) == "spring" and (self.low(index - 1) in _SEASON_LEADS or self._is_edge(index)):
            return True
        return (
            self.low(index + 1) == "of"
            or self.raw(index + 1).isdecimal()
            or self.low(index - 1) in ("last", "next", "this")
            or (self.low(index - 1) == "the" and self.low(index - 2) in _SEASON_LEADS)
        )

    def year_to(self, index: int) -> Reading:
        """Read "the year to May 2031", "the fiscal year ended March 31", "the year ending in June 2021"."""
        start = self.skip(index, "the", "a")
        kind = "plain"
        while self.low(start) in self.words.year_kinds:
            kind = self.words.year_kinds[self.low(start)] if kind == "plain" else kind
            start += 1
        if self.low(start) != "year":
            return None
        date = self._ending(start + 1)
        return None if date is None else (YearTo(date[0], kind), date[1])

    def months_to(self, index: int) -> Reading:
        """Read "the four months to July 21", "the nine-month period ended September 30", "the week ended August 14"."""
        start = self.skip(index, "the", "in")
        one = _ENDED.get(self.low(self.skip(start, "fiscal", "financial"))) if start > index else None
        if one is not None:
            date = self._ending(self.skip(start, "fiscal", "financial") + 1)
            return None if date is None or date[0].month is None else (MonthsTo(one, date[0]), date[1])
        count = self.number(start) if start < len(self.tokens) else None
        if count is None or not 1 <= count <= 24:
            return None
        after = self.skip(start + 1, "-")
        if self.low(after) not in ("month", "months"):
            return None
        date = self._ending(self.skip(after + 1, "period"))
        return None if date is None else (MonthsTo(count, date[0]), date[1])

    def months_so_far(self, index: int) -> Reading:
        """Read "(made 4 tons in) nine months"; what was built in nine months took them."""
        count = self.number(index)
        led = self.low(index - 1) in ("in", "over") and self.low(index + 1) == "months"
        before = self.low(index - 2)
        if not led or count is None or not 3 <= count <= 11 or self.low(index + 2) in _NOT_SO_FAR:
            return None
        year = self._of_year(index + 2) if self.low(index + 2) == "of" else None
        if year is not None or self.low(index + 2) == "of":
            return None if year is None else (Part("month", 1, count, year=year[0]), year[1])
        took = before in self.words.past or before.endswith("ed")
        return None if took else (MonthsSoFar(count), index + 2)

    def _ending(self, index: int) -> tuple[Date, int] | None:
        start = self.skip(index, "which", "that")
        if self.low(start) in ("ended", "ending", "ends", "closed"):
            start = self.skip(start + 1, "on", "in", "at")
        elif self.low(start) in ("to", "through", "till", "until") and start == index:
            start = (
                self.skip(start + 1, "end", "-", "the", "end", "of")
                if self.low(start + 1) in ("end", "the")
                else start + 1
            )
        else:
            return None
        month = self._month_name(start, certain=True) if self.iranian() else None
        return self._bracket_date(start) or (month if month and month[0].calendar == "persian" else None)
