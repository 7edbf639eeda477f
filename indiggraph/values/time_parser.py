"""Parses time expressions from tokens: at each word that can begin one, the longest reading that fits.

A hand-written recursive descent; every step looks at a bounded number of tokens, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from indiggraph.values.time_nodes import (
    Agoward,
    Bracket,
    Date,
    Edge,
    MonthsTo,
    Node,
    Part,
    Range,
    Relative,
    Same,
    Vague,
    Weekday,
    Year,
    YearTo,
)
from indiggraph.values.vocabulary import TimeWords, number_words, time_words

__all__ = ["Parsed", "Token", "parse_times", "tokenize"]


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits, or a sign."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A time expression: what it says, and its tokens ``first`` to ``last`` (exclusive)."""

    node: Node
    first: int
    last: int


Reading = tuple[Node, int] | None
"""A node with the token after it, or ``None`` where the rule does not fit."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s]|_|[^\W_]")
_BREAK = re.compile(r"\n[^\S\n]*\n")


def tokenize(text: str) -> list[Token]:
    """Return the tokens of the text."""
    return [Token(m[0], m[0].casefold(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def parse_times(text: str, tokens: list[Token], iranian: Callable[[], bool]) -> list[Parsed]:
    """Return the time expressions in order; ``iranian`` tells whether bare four-digit years may be Solar Hijri ones."""
    parser = _Parser(text, tokens, iranian)
    found: list[Parsed] = []
    position = 0
    while position < len(tokens):
        reading = parser.at(position)
        if reading is None:
            position += 1
        else:
            found.append(Parsed(reading[0], position, reading[1]))
            position = reading[1]
    return found


class _Parser:
    """The rules.  A rule takes a token's index and returns a node and the index after it."""

    def __init__(self, text: str, tokens: list[Token], iranian: Callable[[], bool]) -> None:
        self.text = text
        self.tokens = tokens
        self.iranian = iranian
        self.words: TimeWords = time_words()
        self.starters = _starters()

    # -- helpers

    def low(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def raw(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def skip(self, index: int, *words: str) -> int:
        """Step over each of the words that is there, in order."""
        for word in words:
            if self.low(index) == word:
                index += 1
        return index

    def touches(self, index: int) -> bool:
        """Whether the token follows the one before it without a space."""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def number(self, index: int) -> int | None:
        """Return the cardinal at the token, in figures or words, up to 999."""
        word = self.low(index)
        if word.isascii() and word.isdigit():
            return int(word) if len(word) <= 3 else None
        value = number_words().small.get(word) or number_words().tens.get(word)
        return None if value is None else int(value)

    def ordinal(self, index: int) -> tuple[int, int] | None:
        """Return the ordinal at the token ("third", "3rd") and the index after it."""
        value = number_words().ordinals.get(self.low(index))
        if value is not None:
            return value, index + 1
        number = self.number(index)
        if number is not None and self.tokens[index].is_number and self.low(index + 1) in ("st", "nd", "rd", "th"):
            return (number, index + 2) if self.touches(index + 1) else None
        return None

    def alone(self, index: int) -> bool:
        """Whether digits at the token are a figure of their own, no part of a decimal, a code or a sum."""
        token = self.tokens[index]
        before = self.text[token.start - 1] if token.start else " "
        after, next_ = self.text[token.end : token.end + 1], self.text[token.end + 1 : token.end + 2]
        if before.isalnum() or before in "_$€£¥₹#@." or (before in ",:" and self._digit_before(token.start - 1)):
            return False
        return not (after.isalnum() or after in "%_" and after or (after in ".,:" and next_.isdigit()))

    def _digit_before(self, place: int) -> bool:
        return place > 0 and self.text[place - 1].isdigit()

    # -- entry

    def at(self, index: int) -> Reading:
        """Return the reading at the token, ranges and dashes included."""
        token = self.tokens[index]
        if not (token.is_number or token.lower in self.starters):
            return None
        if index and self.touches(index) and self.tokens[index - 1].text[-1].isalnum():
            return None
        reading = self.core(index)
        return None if reading is None else self.range(index, *reading)

    def core(self, index: int) -> Reading:
        """Return the reading at the token without ranges."""
        for rule in (
            self.edge,
            self.year_to,
            self.months_to,
            self.same,
            self.part,
            self.short_part,
            self.season,
            self.iso,
            self.day_first,
            self.agoward,
            self.relative,
            self.year,
            self.month,
            self.weekday,
            self.vague,
        ):
            reading = rule(index)
            if reading is not None:
                return reading
        return None

    def range(self, index: int, node: Node, after: int) -> Reading:
        """Join a second time: "March 20-October 21", "28 September to 2 October 2020", "between 2015 and 2018"."""
        joint = self.low(after)
        if joint in ("-", "–", "—", "to", "through", "till", "until", "and"):
            if joint == "and" and self.low(index - 1) != "between":
                return node, after
            if not isinstance(node, (Date, Year, Part, Weekday, Relative)):
                return node, after
            second = self._second(after + 1, node)
            if second is not None:
                return Range(_completed(node, second[0]), second[0]), second[1]
        return node, after

    def _second(self, index: int, first: Node) -> Reading:
        index = self.skip(index, "the") if self.low(index + 1) in number_words().ordinals else index
        if isinstance(first, Date) and first.day is not None and index < len(self.tokens):
            number = self.tokens[index].text if self.tokens[index].is_number else ""
            if number and len(number) <= 2 and 1 <= int(number) <= 31 and self.low(index + 1) not in self.words.months:
                return self._closing_day(index, first, int(number))
        if index >= len(self.tokens):
            return None
        reading = self.core(index)
        if reading is None or not isinstance(reading[0], (Date, Year, Part, Weekday, Relative)):
            return None
        return reading if _alike(first, reading[0]) else None

    def _closing_day(self, index: int, first: Date, day: int) -> Reading:
        """Read "9-12, 2019" after "November"."""
        if not self.alone(index) or self.low(index + 1) in ("percent", "%", "million", "billion"):
            return None
        after = index + 2 if self.low(index + 1) in ("st", "nd", "rd", "th") and self.touches(index + 1) else index + 1
        year, after = (first.year, after) if first.year is not None else self._year_after(after, first.calendar)
        return replace(first, day=day, year=year), after

    # -- dates

    def iso(self, index: int) -> Reading:
        """Read "2019-12-08", "08/12/2019", "23.04.2022"."""
        parts = [self.raw(index + step) for step in range(5)]
        numbers = [part for part in parts[::2] if part.isascii() and part.isdigit()]
        if len(numbers) < 3 or parts[1] != parts[3] or parts[1] not in "-/." or not parts[1]:
            return None
        if not all(self.touches(index + step) for step in range(1, 5)) or self.touches(index + 5) and self.raw(index + 5)[0].isalnum():
            return None
        date = _numeric_date(*numbers, mark=parts[1])
        return None if date is None else (date, index + 5)

    def day_first(self, index: int) -> Reading:
        """Read "14 September 2018", "the 14th of September", "9-12 November 2019"."""
        start = self.skip(index, "the")
        ordinal = self.ordinal(start)
        number = self.number(start) if start < len(self.tokens) and self.tokens[start].is_number else None
        if ordinal is not None:
            day, after = ordinal
        elif number is not None and start == index:
            day, after = number, start + 1
        else:
            return None
        if not 1 <= day <= 31 or (ordinal is None and not self.alone(start)):
            return None
        closing = self._day_range(after)
        after = self.skip(closing[1] if closing else after, "day", "of")
        month = self._month_name(after)
        if month is None:
            return None
        year, end = self._year_after(month[1], month[0].calendar)
        date = replace(month[0], day=day, year=year)
        if closing is None:
            return date, end
        return Range(date, replace(date, day=closing[0])), end

    def _day_range(self, index: int) -> tuple[int, int] | None:
        if self.low(index) in ("-", "–", "to", "through") and self.low(index + 2) in (self.words.months | self.words.persian_months):
            day = self.number(index + 1)
            return None if day is None or not 1 <= day <= 31 else (day, index + 2)
        return None

    def month(self, index: int) -> Reading:
        """Read "March", "March 2022", "March 20", "Mar. 20, 2021", "the month of Mehr", "Mehr 1397"."""
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
        bracket = self.bracket(after)
        if bracket is not None and bracket[0].first is not None and bracket[0].last is not None and date.day is None:
            if date.calendar == "persian" or year is None:
                return Part("month", 0, month=date.month, bracket=bracket[0], year=_persian_year(date)), bracket[1]
        return date, after

    def _month_name(self, index: int, certain: bool = False) -> tuple[Date, int] | None:
        word, raw = self.low(index), self.raw(index)
        if not raw or not (raw[0].isupper() or certain or self.tokens[index].start == 0 or word not in ("may", "march", "mar", "dec", "jan", "sun")):
            return None
        after = index + 1
        if word in self.words.months:
            if self.raw(after) == "." and self.raw(after + 1).isdigit() and len(word) <= 4:
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
            return after.isdigit() or self.low(index - 1) in _MONTH_LEADS
        begins = index == 0 or before in (".", "!", "?", ":", "\"", "“", "”", "\n")
        return not begins or after[:1].isdigit() or after in ("-", "–", ",") or len(self.tokens) == 1

    def _is_persian_month(self, index: int) -> bool:
        """Whether a month's name is the month, not a person, a bank or a news agency."""
        after, before = self.raw(index + 1), self.low(index - 1)
        if after.isdigit() or before in ("of", "month") and self.low(index - 2) in ("month", "the", "day"):
            return True
        if after[:1].isupper() or not self.iranian():
            return False
        return before in _MONTH_LEADS or (after == "(" and self.low(index + 2) in self.words.months)

    def _day_after(self, index: int) -> tuple[int, int] | None:
        start = self.skip(index, "the")
        ordinal = self.ordinal(start)
        if ordinal is not None and 1 <= ordinal[0] <= 31:
            return ordinal
        number = self.number(start) if start < len(self.tokens) and self.tokens[start].is_number else None
        if number is None or not 1 <= number <= 31 or len(self.raw(start)) > 2:
            return None
        follows = self.low(start + 1)
        if not self._day_alone(start) or follows in ("percent", "%", "million", "billion", "per", "trillion", "km", "tons"):
            return None
        return number, start + 1

    def _day_alone(self, index: int) -> bool:
        token = self.tokens[index]
        after, next_ = self.text[token.end : token.end + 1], self.text[token.end + 1 : token.end + 2]
        return not (after.isalnum() or after == "%" or (after in ".,:" and next_.isdigit()))

    def _year_after(self, index: int, kind: str) -> tuple[int | None, int]:
        """Return the year after a month or day (", 2019", "of 2019", "2019") and the index after it."""
        start = self.skip(index, ",", "of", "year") if self.low(index) in (",", "of") else index
        if start < len(self.tokens) and self.tokens[start].is_number and self.alone(start):
            year = self._four(start, persian=kind == "persian")
            if year is not None and not (self.raw(start - 1) == "," and self._counts(start)):
                return year, start + 1
        return None, index

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
        if word not in self.words.weekdays or (len(word) < 6 and word in ("sun", "sat", "wed", "mon", "fri") and not self.raw(start)[0].isupper()):
            return None
        after = self.skip(start + 1, ".") if len(word) <= 4 else start + 1
        follow = self.skip(after, ",", "the")
        date = self.core(follow) if follow < len(self.tokens) and self._dates_on(follow) else None
        if date is not None and isinstance(date[0], Date) and date[0].day is not None:
            return date
        return Weekday(self.words.weekdays[word], offset), after

    def _dates_on(self, index: int) -> bool:
        return self.tokens[index].is_number or self.low(index) in self.words.months or self.low(index) in self.words.persian_months

    def _deictic(self, index: int) -> tuple[int | None, int]:
        start = self.skip(index, "the")
        if self.low(start) in self.words.deictic:
            return self.words.deictic[self.low(start)], start + 1
        return None, index

    # -- years

    def year(self, index: int) -> Reading:
        """Read a year by itself, with the bracket that explains it."""
        reading = self.year_words(index) or self.fiscal(index)
        if reading is not None:
            return self._bracketed(reading)
        return self.bare_year(index)

    def bare_year(self, index: int) -> Reading:
        """Read "2019", "2019-20", "1399", "the 1990s"."""
        start = self.skip(index, "the")
        if start >= len(self.tokens) or not self.tokens[start].is_number:
            return None
        if self.low(start + 1) == "s" and self.touches(start + 1) and len(self.raw(start)) == 4 and self.raw(start).endswith("0"):
            decade = int(self.raw(start))
            return (Range(Year(decade), Year(decade + 9)), start + 2) if 1800 <= decade <= 2100 else None
        if start != index or not self.alone(start):
            return None
        year = self._four(start, persian=self._persian_here(start))
        if year is None or self._is_code(start):
            return None
        double = self._double(start, year)
        if double is not None:
            return double
        return Year(year, kind="persian" if year < 1500 else "plain"), start + 1

    def _persian_here(self, index: int) -> bool:
        return self.low(index - 1) in ("year", "in", "of", "since", "by", "until", "to", "from", "and", "than", "between") and self.iranian()

    def _is_code(self, index: int) -> bool:
        """Whether a four-digit figure is a code or a count: after "No." or a name's hyphen, before a unit."""
        before, after = self.low(index - 1), self.low(index + 1)
        if before in ("article", "resolution", "heading", "no", "number", "model", "room", "tel", "phone", "page", "class", "series", "#"):
            return True
        if before in ("-", "–", "/", "+") and self.touches(index) and self.raw(index - 2)[:1].isalnum():
            return not (self.raw(index - 2).isdigit() and self._four(index - 2, persian=True) is not None)
        if self.low(index - 1) == "." and self.touches(index):
            return True
        return after in _COUNTED or (after in ("-", "/") and self.raw(index + 2).isdigit() and len(self.raw(index + 2)) > 4)

    def _double(self, index: int, year: int) -> Reading:
        """Read the second half of "2019-20" or "2019-2020" as one fiscal year; "2016-21" as a range."""
        if self.low(index + 1) not in ("-", "–", "/") or not self.touches(index + 1) or not self.touches(index + 2):
            return None
        second = self.raw(index + 2)
        if len(second) == 4 and second.isdigit() and int(second) == year + 1:
            return Year(year, kind="fiscal", double=True), index + 3
        if len(second) != 2 or not second.isdigit() or self.touches(index + 3) and self.raw(index + 3)[0] in "-/":
            return None
        last = year // 100 * 100 + int(second)
        last += 100 if last < year else 0
        kind = "persian" if year < 1500 else "plain"
        if last == year + 1:
            return Year(year, kind="persian" if year < 1500 else "fiscal", double=True), index + 3
        return (Range(Year(year, kind=kind), Year(last, kind=kind)), index + 3) if last > year else None

    def fiscal(self, index: int) -> Reading:
        """Read "fiscal 2020", "FY21", "FY 2020-21", "the financial year 2019-20"."""
        start = self.skip(index, "the")
        word = self.low(start)
        if word == "fy":
            start += 1
        elif word in ("fiscal", "financial", "budget"):
            start = self.skip(start + 1, "year", "years")
        else:
            return None
        start = self.skip(start, "'", "’")
        raw = self.raw(start)
        if not raw.isdigit() or len(raw) not in (2, 4):
            return None
        number = int(raw) if len(raw) == 4 else 2000 + int(raw)
        if self.low(start + 1) in ("-", "–", "/") and self.touches(start + 1) and self.raw(start + 2).isdigit():
            return Year(number, kind="fiscal", double=True), start + 3
        return Year(number, kind="fiscal"), start + 1

    def year_words(self, index: int, bare: bool = False) -> Reading:
        """Read "the previous Iranian calendar year", "last year", "the year 1399"; with ``bare`` also "the year"."""
        start = self.skip(index, "the", "its", "our", "their")
        offset: int | None = None
        if self.low(start) in self.words.deictic:
            offset, start = self.words.deictic[self.low(start)], start + 1
        kinds = []
        while self.low(start) in self.words.year_kinds or (self.low(start) == "-" and kinds):
            kinds.append(self.words.year_kinds.get(self.low(start), "plain"))
            start += 1
        if self.low(start) != "year" or (self.low(start + 1) == "-" and self.touches(start + 1)):
            return None
        kind = next((kind for kind in ("persian", "gregory", "fiscal", "same") if kind in kinds), "plain")
        if not kinds and self.low(start - 1) in _TOLD:
            kind = "told"
        number, after = self._year_number(start + 1, kind)
        if offset is None and number is None and not kinds and not bare:
            return None
        if number is not None and number < 1500:
            kind = "persian"
        return Year(number, offset, kind, double=after == start + 4), after

    def _year_number(self, index: int, kind: str) -> tuple[int | None, int]:
        start = self.skip(index, "of") if self.raw(index + 1).isdigit() else index
        if start >= len(self.tokens) or not self.tokens[start].is_number or not self.alone(start):
            return None, index
        year = self._four(start, persian=True)
        if year is None:
            return None, index
        double = self._double(start, year)
        return year, start + 1 if double is None or not isinstance(double[0], Year) else double[1]

    def _bracketed(self, reading: tuple[Node, int]) -> Reading:
        node, after = reading
        bracket = self.bracket(after) if isinstance(node, Year) else None
        if bracket is None or not isinstance(node, Year):
            return reading
        return replace(node, bracket=bracket[0]), bracket[1]

    def bracket(self, index: int) -> tuple[Bracket, int] | None:
        """Read "(ended on March 19)", "(March 21-November 21)", ", which ended on March 20", "on March 20"."""
        opened = self.low(index) in ("(", "[")
        start = index + 1 if opened else self.skip(index, ",", "which", "that")
        verb = self.low(start)
        side = _SIDES.get(verb)
        if side is not None:
            start = self.skip(start + 1, "in", "on", "from", "at")
        elif verb in ("will", "to"):
            side, start = _SIDES.get(self.low(start + 1)), self.skip(start + 2, "in", "on", "from")
        if not opened and (side is None or start == index) and not (self.low(index) == "on" and self._dates_on_safe(index + 1)):
            return None
        if not opened and side is None:
            start, side = index + 1, "first"
        start = self.skip(start, "since", "from") if opened and side is None else start
        first = self._bracket_date(start)
        if first is None:
            return None
        return self._bracket_end(first, side, opened)

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
            return Bracket(_completed_date(date, last), last), after
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

    # -- parts of a year

    def part(self, index: int) -> Reading:
        """Read "the first eight months of 1399", "the third quarter", "the eighth month, Aban", "the second half of 2024"."""
        start = self.skip(index, "the", "its", "their", "this", "that")
        found = self._part_index(start)
        if found is None:
            return None
        place, after = found
        count, after = self._part_count(after)
        after = self.skip(after, "-")
        word = self.low(after)
        unit = self.words.periods.get(word)
        season = word if word in self.words.seasons else None
        if unit not in ("month", "quarter", "half") and not (unit == "day" and False) or season:
            return None
        if word.endswith("s") is (count == 1) and unit != "half":
            return None
        return self._part_year(Part(unit, place, count), after + 1)

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
            if self.low(after) == "of" or (part.index == -1 and part.year is None):
                return None
        else:
            part, after = replace(part, year=year[0]), year[1]
        bracket = self.bracket(after)
        if bracket is not None and bracket[0].first is not None and bracket[0].last is not None:
            return replace(part, bracket=bracket[0]), bracket[1]
        return part, after

    def _named_month(self, index: int) -> tuple[int, int] | None:
        start = self.skip(index, "alone")
        start = self.skip(start, ",") if self.low(start) == "," else start
        if start == index and self.low(start) != "(":
            return None
        start = self.skip(start, "(")
        word = self.low(start)
        if word not in self.words.persian_months or not self.raw(start)[0].isupper():
            return None
        return self.words.persian_months[word], start + (2 if self.low(start + 1) in (",", ")") and self.low(start - 1) == "(" else 1)

    def _of_year(self, index: int) -> tuple[Year, int] | None:
        """Read the year of a part: "of the current Iranian calendar year", "of 2021", "in 2021", "2021", "last year"."""
        linked = self.low(index) in ("of", "in")
        start = index + 1 if linked else index
        if start >= len(self.tokens):
            return None
        reading = self.fiscal(start) or self.year_words(start, bare=linked) or self._plain_year(start, linked)
        if reading is None or not isinstance(reading[0], Year):
            return None
        return reading[0], reading[1]

    def _plain_year(self, index: int, linked: bool) -> Reading:
        if not self.tokens[index].is_number or not self.alone(index):
            return None
        year = self._four(index, persian=linked)
        if year is None:
            return None
        double = self._double(index, year)
        if double is not None and isinstance(double[0], Year):
            return double
        return Year(year, kind="persian" if year < 1500 else "plain"), index + 1

    def short_part(self, index: int) -> Reading:
        """Read "Q4 2019", "Q3 FY21", "H1", "1Q21"."""
        word, raw = self.low(index), self.raw(index)
        if word in ("q", "h") and raw.isupper() and self.touches(index + 1) and self.raw(index + 1) in ("1", "2", "3", "4"):
            unit, number, after = word, int(self.raw(index + 1)), index + 2
        elif raw in ("1", "2", "3", "4") and self.touches(index + 1) and self.raw(index + 1) in ("Q", "H"):
            unit, number, after = self.low(index + 1), int(raw), index + 2
            if self.touches(after) and self.raw(after).isdigit() and len(self.raw(after)) == 2:
                part = Part("quarter" if unit == "q" else "half", number, year=Year(2000 + int(self.raw(after))))
                return part, after + 1
        else:
            return None
        if unit == "h" and number > 2:
            return None
        return self._part_year(Part("quarter" if unit == "q" else "half", number), after)

    def season(self, index: int) -> Reading:
        """Read "the summer of 2019", "spring 2021", "next summer", "last winter"."""
        offset, start = self._deictic(index)
        start = self.skip(start, "the")
        word = self.low(start)
        if word not in self.words.seasons or (word in ("fall", "spring") and offset is None and not self._is_season(start)):
            return None
        if offset is not None:
            return Relative("season", offset, season=word), start + 1
        year = self._of_year(start + 1)
        if year is None:
            return None
        return Part("season", 0, year=year[0], season=word), year[1]

    def _is_season(self, index: int) -> bool:
        return self.low(index + 1) == "of" or self.raw(index + 1).isdigit() or self.low(index - 1) in ("last", "next", "this")

    def year_to(self, index: int) -> Reading:
        """Read "the year to March 2020", "the fiscal year ended March 31", "the year ending in June 2021"."""
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
        """Read "the five months to August 21", "the nine-month period ended September 30"."""
        start = self.skip(index, "the", "in")
        count = self.number(start) if start < len(self.tokens) else None
        if count is None or not 1 <= count <= 24:
            return None
        after = self.skip(start + 1, "-")
        if self.low(after) not in ("month", "months"):
            return None
        date = self._ending(self.skip(after + 1, "period"))
        return None if date is None else (MonthsTo(count, date[0]), date[1])

    def _ending(self, index: int) -> tuple[Date, int] | None:
        start = self.skip(index, "which", "that")
        if self.low(start) in ("ended", "ending", "ends", "closed"):
            start = self.skip(start + 1, "on", "in", "at")
        elif self.low(start) in ("to", "through", "till", "until") and start == index:
            start = self.skip(start + 1, "end", "-", "the", "end", "of") if self.low(start + 1) in ("end", "the") else start + 1
        else:
            return None
        return self._bracket_date(start)

    # -- relative times

    def relative(self, index: int) -> Reading:
        """Read "yesterday", "last month", "this week", "next May", "the current quarter", "last year"."""
        word = self.low(index)
        if word in self.words.days:
            return Relative("day", self.words.days[word]), index + 1
        if word == "the" and self.low(index + 1) == "day" and self.low(index + 2) in ("before", "after"):
            if self.low(index + 3) in ("yesterday", "tomorrow"):
                return Relative("day", -2 if self.low(index + 2) == "before" else 2), index + 4
            return None
        offset, start = self._deictic(index)
        if offset is None:
            return None
        unit = self.words.periods.get(self.low(start))
        if unit is not None and unit != "year" and not self.low(start).endswith("s") and self.low(start) != "half":
            named = self._named_month(start + 1) if unit == "month" else None
            told = self.low(start - 1) in _TOLD
            return (Relative(unit, offset, told=told), start + 1) if named is None else (Date(month=named[0], calendar="persian"), named[1])
        month = self._month_name(start, certain=True)
        if month is None or not self.raw(start)[0].isupper():
            return None
        day = self._day_after(month[1])
        date = replace(month[0], offset=offset) if day is None else replace(month[0], day=day[0], offset=offset)
        return date, month[1] if day is None else day[1]

    def agoward(self, index: int) -> Reading:
        """Read "two years ago", "a day earlier", "the year before", "three months later"."""
        start = self.skip(index, "the") if self.low(index + 2) in ("before", "earlier") else index
        count = 1 if self.low(start) in ("a", "an", "one") or start != index else self.number(start) if start < len(self.tokens) else None
        if count is None:
            return None
        after = start if start != index else start + 1
        if start == index and self.low(start) not in ("a", "an") and self.tokens[start].is_number and not self.alone(start):
            return None
        unit = self.words.periods.get(self.low(after))
        direction = self.low(after + 1)
        if unit is None or unit in ("half", "century") or direction not in ("ago", "earlier", "before", "later"):
            return None
        if direction == "before" and self.low(after + 2) in ("the", "a", "an", "it", "they", "he", "she", "its", "their"):
            return None
        return Agoward(unit, count if direction == "later" else -count, told=direction != "ago"), after + 2

    def same(self, index: int) -> Reading:
        """Read "the same period of last year", "in that year", "the eight months", "the period"."""
        word = self.low(index)
        if word in ("that", "same"):
            return self._same_unit(index + 1 if word == "that" else index)
        start = self.skip(index, "the")
        if start == index:
            count = self.number(index)
            if count and self.low(index + 1) == "-" and self.low(index + 2) == "month" and self.low(index + 3) in ("period", "figure", "total", "output", "tally"):
                return Same("month", count), index + 3
            return None
        if self.low(start) in ("same", "corresponding", "said", "mentioned", "comparable", "similar", "equivalent"):
            return self._same_unit(start + 1)
        if self.low(start) == "period":
            return self._same_of(Same("period"), start + 1)
        count = self.number(start) if start < len(self.tokens) else None
        if count is None:
            return None
        after = self.skip(start + 1, "-")
        if self.low(after) not in ("months", "month") or not (self.low(after) == "months" or self.low(after + 1) == "period"):
            return None
        return Same("month", count), self.skip(after + 1, "period")

    def _same_unit(self, index: int) -> Reading:
        start = self.skip(index, "time", "iranian", "calendar", "fiscal")
        word = self.low(start)
        if word not in ("period", "year", "month", "span", "quarter", "week", "day", "timespan", "time", "half", "months"):
            return None
        unit = "period" if word in ("span", "timespan", "time", "months") else word
        return self._same_of(Same(unit), start + 1)

    def _same_of(self, same: Same, index: int) -> Reading:
        year = self._of_year(index)
        if year is not None:
            if self.low(index) in ("of", "in") and self.low(year[1]) == "before" and year[0].number is None and year[0].offset is None:
                return replace(same, of=Year(offset=-1, kind="same")), year[1] + 1
            return replace(same, of=year[0]), year[1]
        start = self.skip(index, "of", "in")
        shift = self.agoward(start) if start < len(self.tokens) else None
        if shift is not None and isinstance(shift[0], Agoward) and shift[0].unit == "year" and shift[0].told:
            return replace(same, of=Year(offset=shift[0].count, kind="same")), shift[1]
        return same, index

    def edge(self, index: int) -> Reading:
        """Read "the end of 2021", "the year-end", "mid-March 2021", "early 2022", "late last year"."""
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
            return Edge("end", self._year_of_edge()), yearend
        side = _EDGES.get(self.low(start))
        if side is None or self.low(start + 1) != "of":
            return None
        whole = self._edge_whole(start + 2)
        return None if whole is None else (Edge(side, whole[0]), whole[1])

    def _whole(self, index: int) -> bool:
        token = self.tokens[index]
        return token.is_number or token.lower in self.starters and token.lower not in ("early", "late", "mid")

    def _yearend(self, index: int) -> int | None:
        if self.low(index) == "yearend":
            return index + 1
        if self.low(index) == "year" and self.low(index + 1) == "-" and self.low(index + 2) == "end":
            return index + 3
        if self.low(index) == "year" and self.low(index + 1) in ("'", "’") and self.low(index + 2) == "s" and self.low(index + 3) == "end":
            return index + 4
        return None

    def _year_of_edge(self) -> Year:
        return Year(offset=0)

    def _edge_whole(self, index: int) -> Reading:
        if index >= len(self.tokens):
            return None
        year = self.year_words(index, bare=True)
        if year is not None:
            node = year[0]
            node = replace(node, offset=0) if isinstance(node, Year) and node.offset is None and node.number is None else node
            return self._bracketed((node, year[1]))
        if self.low(index) == "the" and self.low(index + 1) in ("month", "week", "quarter", "decade"):
            return Relative(self.words.periods[self.low(index + 1)], 0), index + 2
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


_COUNTED = frozenset(["tons", "tonnes", "people", "workers", "jobs", "units", "mw", "km", "kg", "tonne", "ton", "megawatts", "barrels", "companies",
                      "vehicles", "cars", "billion", "million", "trillion", "crore", "rials", "tomans", "dollars", "euros", "meters", "metres",
                      "liters", "litres", "hectares", "employees", "houses", "homes", "projects", "percent", "bpd", "households", "mines"])
_MONTH_LEADS = frozenset(["in", "by", "since", "until", "till", "from", "of", "last", "next", "this", "early", "late", "mid", "during", "for", "to",
                          "before", "after", "through", "between", "end", "and", "month", "on", "previous", "-", "–", "and", "than", "(", "back"])
_SIDES = {"ended": "last", "ends": "last", "ending": "last", "end": "last", "started": "first", "starts": "first", "start": "first",
          "began": "first", "begins": "first", "beginning": "first", "starting": "first", "begin": "first", "begun": "first", "from": None}
_TOLD = frozenset(["previous", "preceding", "prior", "following"])
"""Words that count from the time told in the sentence, where it tells one."""
_EDGES = {"end": "end", "close": "end", "beginning": "begin", "start": "begin", "onset": "begin", "outset": "begin", "middle": "mid",
          "turn": "begin"}


@cache
def _starters() -> frozenset[str]:
    """Return the words at which a time may begin."""
    words = time_words()
    numbers = number_words()
    return frozenset(
        {
            *words.months, *words.persian_months, *words.weekdays, *words.seasons, *words.deictic, *words.days, *words.year_kinds,
            *(phrase.split()[0] for phrase in words.vague), *numbers.small, *numbers.tens, *numbers.ordinals,
            "the", "a", "an", "fy", "q", "h", "mid", "early", "late", "end", "year", "yearend", "opening", "initial", "final", "closing", "its",
            "their", "that", "same",
        }
    ) - {"calendar", "full", "whole", "entire", "solar", "business"}


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
    if not (1 <= month <= 12 and 1 <= day <= 31) or (mark == "." and len(third) != 4):
        return None
    if 1300 <= year <= 1450:
        return Date(year, month, day, "persian")
    return Date(year, month, day) if 1850 <= year <= 2150 else None


def _alike(first: Node, last: Node) -> bool:
    """Whether two times can be the ends of one range."""
    if isinstance(first, Date) and isinstance(last, Date):
        return first.calendar == last.calendar and (first.day is None or last.day is not None)
    if isinstance(first, Year) and isinstance(last, Date):
        return False
    if isinstance(first, Date) and isinstance(last, Year):
        return False
    return type(first) is type(last) or (isinstance(first, Year) and isinstance(last, Relative))


def _completed(first: Node, last: Node) -> Node:
    return _completed_date(first, last) if isinstance(first, Date) and isinstance(last, Date) else first


def _completed_date(first: Date, last: Date) -> Date:
    """Give the first date of a range the year of the last, or the year before where the months run over."""
    if first.year is not None or last.year is None or first.month is None or last.month is None:
        return first
    before = (first.month, first.day or 0) > (last.month, last.day or 31)
    return replace(first, year=last.year - 1 if before else last.year)


def _persian_year(date: Date) -> Year | None:
    if date.year is None:
        return None
    return Year(date.year, kind=date.calendar if date.calendar == "persian" else "plain")
