"""Rules for times counted from others: "last month", "a day earlier", "the same period", "the end of 2021"."""

from __future__ import annotations

from dataclasses import replace

from indiggraph.values.time_nodes import (
    Date,
    Edge,
    Feast,
    Node,
    Nth,
    Offset,
    Part,
    Relative,
    Same,
    Shift,
    Vague,
    Weekday,
    Year,
)
from indiggraph.values.time_parts import PartRules
from indiggraph.values.time_starters import feast_starters, starters
from indiggraph.values.time_tokens import Reading

__all__ = ["RelativeRules"]


_WHOLE = ("week", "month", "quarter", "year")
"""Periods of which there are whole ones before last and after next."""
_NOT_BEFORE = frozenset(["the", "a", "an", "it", "they", "he", "she", "its", "their"])
"""Words that "a year before" does not end with: an event follows."""


class RelativeRules(PartRules):
    """Rules for times counted from others."""

    def relative(self, index: int) -> Reading:
        """Read "yesterday", "last month", "this week", "next May", "the current quarter", "last year"."""
        word = self.low(index)
        if word in self.words.days:
            return Relative("day", self.words.days[word]), index + 1
        if word == "the" and self.low(index + 1) == "day" and self.low(index + 2) in ("before", "after"):
            if self.low(index + 3) in ("yesterday", "tomorrow"):
                return Relative("day", -2 if self.low(index + 2) == "before" else 2), index + 4
            return None
        if word == "the" and self.low(index + 2) == "after" and self.low(index + 3) == "next":
            unit = self.words.periods.get(self.low(index + 1))
            return (Year(offset=2) if unit == "year" else Relative(unit, 2), index + 4) if unit in _WHOLE else None
        offset, start = self._deictic(index)
        if offset is None:
            return None
        if self.low(start) == "weekend" and not self.iranian():
            return Relative("weekend", offset), start + 1
        unit = self.words.periods.get(self.low(start))
        if unit is not None and unit != "year" and not self.low(start).endswith("s") and self.low(start) != "half":
            named = self._named_month(start + 1) if unit == "month" else None
            weekday = self.words.weekdays.get(self.low(start + 1)) if unit == "week" else None
            if weekday is not None:
                return Nth("weekday", 1, Relative(unit, offset), weekday), start + 2
            if offset == -1 and self.low(start + 1) == "of" and self.low(start + 2) in self.words.seasons:
                return None  # "the last month of summer"
            told = self.low(start - 1) in self.words.told
            return (
                (Relative(unit, offset, told=told), start + 1)
                if named is None
                else (Date(month=named[0], calendar="persian"), named[1])
            )
        month = self._month_name(start, certain=True)
        if month is None or not self.raw(start)[0].isupper():
            return None
        day = self._day_after(month[1])
        date = replace(month[0], offset=offset) if day is None else replace(month[0], day=day[0], offset=offset)
        return date, month[1] if day is None else day[1]

    def shift(self, index: int) -> Reading:
        """Read "two years ago", "a day earlier", "the year before", "three months later"."""
        start = self.skip(index, "the") if self.low(index + 2) in ("before", "earlier") else index
        count = (
            1
            if self.low(start) in ("a", "an", "one") or start != index
            else self.number(start)
            if start < len(self.tokens)
            else None
        )
        if count is None:
            return None
        after = start if start != index else start + 1
        if (
            start == index
            and self.low(start) not in ("a", "an")
            and self.tokens[start].is_number
            and not self.alone(start)
        ):
            return None
        unit = self.words.periods.get(self.low(after))
        direction = self.low(after + 1)
        if unit is None or unit in ("half", "century") or direction not in ("ago", "earlier", "before", "later"):
            return None
        if direction == "before":
            if start != index and self.low(after + 2) == "last" and unit in _WHOLE:
                return (Year(offset=-2) if unit == "year" else Relative(unit, -2)), after + 3
            if self.low(after + 2) in _NOT_BEFORE or self.low(after + 2) in self.words.days:
                return None
        return Shift(unit, count if direction == "later" else -count, told=direction != "ago"), after + 2

    def week(self, index: int) -> Reading:
        """Read "week 31", "calendar week 5 of 2020": a week by its number (ISO 8601)."""
        start = self.skip(index, "the", "calendar")
        number = self.number(start + 1) if start + 1 < len(self.tokens) else None
        led = start != index or self.low(index - 1) in ("in", "until", "by", "since", "for", "from")
        if self.low(start) != "week" or not led or number is None or not 1 <= number <= 53:
            return None
        if not self.tokens[start + 1].is_number or not self.alone(start + 1):
            return None
        year = self._of_year(start + 2)
        if year is None and self.low(start + 2) == "of":
            return None
        return (Nth("week", number, year[0]), year[1]) if year else (Nth("week", number, Year(offset=0)), start + 2)

    def week_of(self, index: int) -> Reading:
        """Read "the week of March 8"."""
        start = self.skip(index, "the")
        if self.low(start) != "week" or self.low(start + 1) not in ("of", "beginning", "starting"):
            return None
        day = self.core(start + 2) if start + 2 < len(self.tokens) and self._whole(start + 2) else None
        if day is None and self.low(start + 2) == "the":
            number = self.ordinal(start + 3)
            day = None if number is None else (Date(day=number[0]), number[1])
        return (Offset("week", 0, day[0]), day[1]) if day is not None and _is_day(day[0]) else None

    def feast(self, index: int) -> Reading:
        """Read "(before) Christmas", "Easter 2018", "last Nowruz"."""
        offset, start = self._deictic(index)
        if self.low(start) not in feast_starters():
            return None
        name, after = "", start
        for step in range(1, 5):
            phrase = "".join(self._spaced(place, start) for place in range(start, start + step))
            if phrase in self.words.feasts:
                name, after = phrase, start + step
        year, end = self._year_after(after, "gregory")
        if not name or (offset is None and year is None and not self.raw(start)[:1].isupper()):
            return None
        led = offset is not None or year is not None or self.low(index - 1) in self.words.feast_leads
        return (Feast(name, year, offset), end) if led and self._ends_phrase(end) else None

    def _spaced(self, index: int, start: int) -> str:
        word = self.low(index).replace("’", "'")
        return word if index == start or self.touches(index) else f" {word}"

    def offset(self, index: int) -> Reading:
        """Read "three days after March 5", "two weeks before last Friday"."""
        count = 1 if self.low(index) in ("a", "an", "one") else self.number(index)
        unit = self.words.periods.get(self.low(index + 1))
        direction = self.low(index + 2)
        if (
            count is None
            or unit not in ("day", "week", "month", "year")
            or direction not in ("before", "after", "from")
        ):
            return None
        if direction == "from" and self.low(index + 3) == "now":
            return Shift(unit, count, told=False), index + 4
        anchor = self.core(index + 3) if index + 3 < len(self.tokens) and self._whole(index + 3) else None
        if anchor is None or not _is_day(anchor[0]):
            return None
        return Offset(unit, -count if direction == "before" else count, anchor[0]), anchor[1]

    def same(self, index: int) -> Reading:
        """Read "the same period of last year", "in that year", "the eight months", "the period"."""
        word = self.low(index)
        if word == "then":
            return (Same(), index + 1) if self.low(index - 1) in ("until", "till", "since", "by") else None
        if word in ("that", "same"):
            return self._same_unit(index + 1 if word == "that" else index)
        start = self.skip(index, "the")
        if start == index:
            count = self.number(index)
            if (
                count
                and self.low(index + 1) == "-"
                and self.low(index + 2) == "month"
                and self.low(index + 3) in ("period", "figure", "total", "output", "tally")
            ):
                return Same("month", count), index + 3
            return None
        if self.low(start) in self.words.same:
            return self._same_unit(start + 1)
        if self.low(start) == "year" and self.low(index - 1) == "during" and self._ends_phrase(start + 1):
            return Same("year"), start + 1
        if self.low(start) == "period":
            return self._same_of(Same("period"), start + 1)
        count = self.number(start) if start < len(self.tokens) else None
        if count is None:
            return None
        after = self.skip(start + 1, "-")
        if self.low(after) not in ("months", "month") or not (
            self.low(after) == "months" or self.low(after + 1) == "period"
        ):
            return None
        year = self._of_year(after + 1) if self.low(after + 1) == "of" else None
        if year is not None:
            return Part("month", 1, count, year=year[0]), year[1]
        return Same("month", count), self.skip(after + 1, "period")

    def _same_unit(self, index: int) -> Reading:
        start = self.skip(index, "time", "iranian", "calendar", "fiscal")
        count = self.number(start) if start < len(self.tokens) else None
        months = start + 1 if count is None else self.skip(start + 1, "-")
        if count is not None and self.low(months) in ("month", "months"):
            return self._same_of(Same("month", count), self.skip(months + 1, "period"))
        word = self.low(start)
        if word not in (
            "period",
            "year",
            "month",
            "span",
            "quarter",
            "week",
            "day",
            "timespan",
            "time",
            "half",
            "months",
        ):
            return None
        unit = "period" if word in ("span", "timespan", "time", "months") else word
        return self._same_of(Same(unit), start + 1)

    def _same_of(self, same: Same, index: int) -> Reading:
        year = self._of_year(index)
        if year is not None:
            if (
                self.low(index) in ("of", "in")
                and self.low(year[1]) == "before"
                and year[0].number is None
                and year[0].offset is None
            ):
                return replace(same, of=Year(offset=-1, kind="same")), year[1] + 1
            return replace(same, of=year[0]), year[1]
        start = self.skip(index, "of", "in")
        shift = self.shift(start) if start < len(self.tokens) else None
        if shift is not None and isinstance(shift[0], Shift) and shift[0].unit == "year" and shift[0].told:
            return replace(same, of=Year(offset=shift[0].count, kind="same")), shift[1]
        return same, index

    def edge(self, index: int) -> Reading:
        """Read "the end of 2021", "the year-end", "mid-July 2026", "early 2027", "late last year"."""
        word = self.low(index)
        if word in ("early", "late", "mid"):
            start = self.skip(index + 1, "-", "in", "the")
            whole = self.core(start) if start < len(self.tokens) and self._whole(start) else None
            return None if whole is None else (Edge(word, whole[0]), whole[1])
        if word == "end" and self.low(index + 1) == "-":
            whole = self.month(index + 2) or self.bare_year(index + 2) if index + 2 < len(self.tokens) else None
            return None if whole is None else (Edge("end", whole[0]), whole[1])
        start = self.skip(index, "the", "this", "current")
        yearend = self._yearend(start)
        if yearend is not None:
            return Edge("end", Year(offset=0)), yearend
        side = self.words.edges.get(self.low(start))
        if side is None or self.low(start + 1) != "of":
            return None
        whole = self._edge_whole(start + 2)
        return None if whole is None else (Edge(side, whole[0]), whole[1])

    def _whole(self, index: int) -> bool:
        token = self.tokens[index]
        return token.is_number or (token.lower in starters() and token.lower not in ("early", "late", "mid"))

    def _yearend(self, index: int) -> int | None:
        if self.low(index) == "yearend":
            return index + 1
        if self.low(index) == "year" and self.low(index + 1) == "-" and self.low(index + 2) == "end":
            return index + 3
        if (
            self.low(index) == "year"
            and self.low(index + 1) in ("'", "’")
            and self.low(index + 2) == "s"
            and self.low(index + 3) == "end"
        ):
            return index + 4
        return None

    def _edge_whole(self, index: int) -> Reading:
        if index >= len(self.tokens):
            return None
        year = self.year_words(index, bare=True)
        if year is not None:
            node = year[0]
            node = (
                replace(node, offset=0, kind="here" if node.kind == "plain" else node.kind)
                if isinstance(node, Year) and node.offset is None and node.number is None
                else node
            )
            return self._bracketed((node, year[1]))
        start = self.skip(index, "the")
        if self.low(start) in ("month", "week", "quarter", "decade"):
            return Relative(self.words.periods[self.low(start)], 0), start + 1
        return self.core(index) if self._whole(index) else None

    def vague(self, index: int) -> Reading:
        """Read the times that fix no day ("the coming years"), the longest first."""
        words: list[str] = []
        best: Reading = None
        for step in range(5):
            word = self.low(index + step)
            if not word or not word[0].isalpha():
                break
            words.append(word)
            if " ".join(words) in self.words.vague:
                best = Vague(), index + step + 1
        return best


def _is_day(node: Node) -> bool:
    """Whether the time is one day."""
    if isinstance(node, (Weekday, Nth, Feast)):
        return True
    return (isinstance(node, Date) and node.day is not None) or (isinstance(node, Relative) and node.unit == "day")
