"""Rules for years: "2017", "2015-16", "FY21", "the preceding Persian year (which began on March 21)"."""

from __future__ import annotations

from dataclasses import replace

from indiggraph.values.nouns import is_plural
from indiggraph.values.time_brackets import BracketRules
from indiggraph.values.time_nodes import Date, Node, Range, Year
from indiggraph.values.time_tokens import Reading
from indiggraph.values.vocabulary import number_words, unit_words

__all__ = ["SPOKEN_LEADS", "YearRules"]

_SEASONS = frozenset(["tax", "marketing", "crop", "academic", "school", "sugar", "model"])
"""What a year of its own may be, beside the kinds of the vocabulary ("the 2020/21 marketing year")."""
SPOKEN_LEADS = frozenset(["in", "since", "until", "year"])
"""Words before a year that is told in words ("in nineteen ninety-eight")."""
_SCALES = frozenset([*number_words().scales, *unit_words().signs])


class YearRules(BracketRules):
    """Rules for years."""

    def year(self, index: int) -> Reading:
        """Read a year by itself, with the bracket that explains it."""
        reading = self.year_words(index) or self.fiscal(index)
        if reading is not None:
            return self._bracketed(reading)
        return self.bare_year(index)

    def bare_year(self, index: int) -> Reading:
        """Read "2017", "2015-16", "1394", "the 1990s"."""
        start = self.skip(index, "the")
        if start < len(self.tokens) and self.low(start - 1) in SPOKEN_LEADS and start == index:
            spoken = self.spoken_year(start)
            if spoken is not None and self._ends_phrase(spoken[1]):
                return Year(spoken[0]), spoken[1]
        if start >= len(self.tokens) or not self.tokens[start].is_number:
            return None
        if (
            self.low(start + 1) == "s"
            and self.touches(start + 1)
            and len(self.raw(start)) == 4
            and self.raw(start).endswith("0")
        ):
            decade = int(self.raw(start))
            return (Range(Year(decade), Year(decade + 9)), start + 2) if 1800 <= decade <= 2100 else None
        if start != index or not self.alone(start):
            return None
        year = self._four(start, persian=self._persian_here(start))
        if year is None or self._is_code(start) or self._ends_name(start):
            return None
        double = self._double(start, year)
        return self._kind_after(double or (Year(year, kind="persian" if year < 1500 else "plain"), start + 1))

    def _kind_after(self, reading: tuple[Node, int]) -> tuple[Node, int]:
        """Take the words behind a year that tell its kind ("the 2019-20 fiscal year", "the 2020 calendar year")."""
        node, after = reading
        word = self.low(after)
        if not isinstance(node, Year) or self.low(after + 1) != "year":
            return reading
        if word not in self.words.year_kinds and word not in _SEASONS:
            return reading
        kind = self.words.year_kinds.get(word)
        return (replace(node, kind=kind) if kind in ("fiscal", "gregory") else node), after + 2

    def _persian_here(self, index: int) -> bool:
        return self.low(index - 1) in self.words.persian_leads and self.iranian()

    def _is_code(self, index: int) -> bool:
        """Whether a four-digit figure is a code or a count: after "No." or a name's hyphen, before a unit."""
        before, after = self.low(index - 1), self.low(index + 1)
        if before in self.words.codes:
            return True
        if before == "-" and self.low(index - 2) in ("mid", "early", "late", "end"):
            return False
        if before in ("-", "–", "/", "+") and self.touches(index) and self.raw(index - 2)[:1].isalnum():
            return not (self.raw(index - 2).isdecimal() and self._four(index - 2, persian=True) is not None)
        if self.low(index - 1) == "." and self.touches(index):
            return True
        if after in ("-", "/") and self.raw(index + 2).isdecimal() and len(self.raw(index + 2)) not in (1, 2, 4):
            return True
        return after.isalpha() and (is_plural(after) or after in _SCALES) and before not in self.words.year_leads

    def _ends_name(self, index: int) -> bool:
        """Whether a year closes a name ("in line with Vision 2040", "the Horizon 2020 program")."""
        raw, before = self.raw(index - 1), self.low(index - 1)
        if not raw[:1].isupper() or raw.isupper() or self.low(index - 2) in ("", ".", "!", "?", ":", '"', "“"):
            return False
        known = (self.words.year_leads, self.words.months, self.words.persian_months, self.words.seasons)
        return not any(before in words for words in (*known, self.words.year_kinds, self.words.edges))

    def _double(self, index: int, year: int) -> Reading:
        """Read the second half of "2015-16" or "2015-2016" as one fiscal year; "2016-21" as a range."""
        if self.low(index + 1) not in ("-", "–", "/") or not self.touches(index + 1) or not self.touches(index + 2):
            return None
        second = self.raw(index + 2)
        if len(second) == 4 and second.isdecimal() and int(second) == year + 1:
            return Year(year, kind="fiscal", double=True), index + 3
        if len(second) != 2 or not second.isdecimal() or (self.touches(index + 3) and self.raw(index + 3)[0] in "-/"):
            return None
        last = year // 100 * 100 + int(second)
        if last < year and year % 100 < 90:
            return (Date(year, int(second)), index + 3) if 1 <= int(second) <= 12 and year > 1500 else None
        last += 100 if last < year else 0
        kind = "persian" if year < 1500 else "plain"
        if last == year + 1:
            return Year(year, kind="persian" if year < 1500 else "fiscal", double=True), index + 3
        return (Range(Year(year, kind=kind), Year(last, kind=kind)), index + 3) if last > year else None

    def century(self, index: int) -> Reading:
        """Read "the 21st century" (2000 to 2099) where no noun follows."""
        ordinal = self.ordinal(self.skip(index, "the"))
        if ordinal is None or self.low(ordinal[1]) != "century" or not 10 <= ordinal[0] <= 21:
            return None
        first = (ordinal[0] - 1) * 100
        return (Range(Year(first), Year(first + 99)), ordinal[1] + 1) if self._ends_phrase(ordinal[1] + 1) else None

    def fiscal(self, index: int) -> Reading:
        """Read "fiscal 2020", "FY21", "FY 2020-21", "the financial year 2015-16"."""
        start = self.skip(index, "the") if self.low(index + 1) != "fy" else index
        word = self.low(start)
        if word == "fy":
            start += 1
        elif word in ("fiscal", "financial", "budget"):
            start = self.skip(start + 1, "year", "years")
        else:
            return None
        start = self.skip(start, "'", "’")
        raw = self.raw(start)
        if not raw.isdecimal() or len(raw) not in (2, 4):
            return None
        number = int(raw) if len(raw) == 4 else 2000 + int(raw)
        if self.low(start + 1) in ("-", "–", "/") and self.touches(start + 1) and self.raw(start + 2).isdecimal():
            return Year(number, kind="fiscal", double=True), start + 3
        return Year(number, kind="fiscal"), start + 1

    def year_words(self, index: int, bare: bool = False) -> Reading:
        """Read "the preceding Persian year", "last year", "the year 1394"; with ``bare`` also "the year"."""
        start = self.skip(index, "the", "its", "our", "their")
        offset: int | None = None
        if self.low(start) in self.words.deictic:
            offset, start = self.words.deictic[self.low(start)], start + 1
        kinds: list[str] = []
        while self.low(start) in self.words.year_kinds or (self.low(start) == "-" and kinds):
            kinds.append(self.words.year_kinds.get(self.low(start), "plain"))
            start += 1
        if self.low(start) != "year" or (self.low(start + 1) == "-" and self.touches(start + 1)):
            return None
        kind = next((kind for kind in ("persian", "gregory", "fiscal", "same") if kind in kinds), "plain")
        if not kinds and self.low(start - 1) in self.words.told:
            kind = "told"
        number, after = self._year_number(start + 1, kind)
        if offset is None and number is None and not kinds and not bare:
            return None
        if number is not None and number < 1500:
            kind = "persian"
        return Year(number, offset, kind, double=after == start + 4), after

    def _year_number(self, index: int, kind: str) -> tuple[int | None, int]:
        start = self.skip(index, "of") if self.raw(index + 1).isdecimal() else index
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
