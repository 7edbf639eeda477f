"""Parses time expressions from tokens: at each word that can begin one, the longest reading that fits.

A hand-written recursive descent; every step looks at a bounded number of tokens, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from indiggraph.values.time_brackets import completed_date
from indiggraph.values.time_nodes import Date, Edge, Node, Part, Range, Relative, Weekday, Year
from indiggraph.values.time_relatives import RelativeRules
from indiggraph.values.time_starters import after_articles, after_figures, counting, seconds, starters
from indiggraph.values.time_tokens import Reading, Token
from indiggraph.values.time_years import SPOKEN_LEADS

__all__ = ["Parsed", "parse_times"]

_DEEPEST = 4
_Rule = Callable[[int], Reading]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A time expression: what it says, and its tokens ``first`` to ``last`` (exclusive)."""

    node: Node
    first: int
    last: int


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
    return _with_years(found, tokens)


def _with_years(found: list[Parsed], tokens: list[Token]) -> list[Parsed]:
    """Give the months and days of a list the year at its end ("in March, April and May 2020")."""
    for place in range(len(found) - 2, -1, -1):
        first, last = found[place].node, found[place + 1].node
        between = tuple(token.lower for token in tokens[found[place].last : found[place + 1].first])
        if isinstance(first, Date) and isinstance(last, Part) and between in _LISTED and _is_bare_month(first, last):
            found[place] = replace(found[place], node=replace(last, index=first.month or 0))
        if not (isinstance(first, Date) and isinstance(last, Date)) or first.year is not None or last.year is None:
            continue
        same = first.calendar == last.calendar and (first.day is None) == (last.day is None)
        if between in _LISTED and same and first.month is not None and first.offset is None:
            found[place] = replace(found[place], node=completed_date(first, last))
    return found


class _Parser(RelativeRules):
    """All rules in order of precedence, and the ranges that join two readings."""

    def __init__(self, text: str, tokens: list[Token], iranian: Callable[[], bool]) -> None:
        super().__init__(text, tokens, iranian)
        shared: tuple[_Rule, ...] = (self.nth, self.offset, self.year_part)
        counted: tuple[_Rule, ...] = (self.months_to, self.months_so_far, self.same, self.part, self.short_part)
        self._figure_rules: tuple[_Rule, ...] = (
            *(*shared, *counted),
            *(self.iso, self.day_first, self.shift, self.century, self.year),
        )
        self._joined_rules: tuple[_Rule, ...] = (self.iso, self.on_slashed, self.day_first, self.year)
        self._word_rules: tuple[_Rule, ...] = (
            *(self.edge, *shared, self.week, self.week_of, self.feast, self.year_to, *counted),
            *(self.season, self.day_first, self.shift, self.relative, self.century, self.year),
            *(self.month, self.weekday, self.vague),
        )

    def at(self, index: int) -> Reading:
        """Return the reading at the token, ranges and dashes included."""
        token = self.tokens[index]
        if not (self._may_number(index) if token.is_number else token.lower in starters() and self._may_word(index)):
            return None
        if index and self.touches(index) and self.tokens[index - 1].text[-1].isalnum():
            return None
        reading = self.core(index)
        return None if reading is None else self._explained(*self.range(index, *reading))

    def _explained(self, node: Node, after: int) -> tuple[Node, int]:
        """Take the bracket that gives the same day, or the quarter of "the April-June quarter"."""
        if isinstance(node, Range) and self.low(after) == "quarter":
            return node, after + 1
        if self.low(after) != "(" or not _is_single_day(node):
            return node, after
        if self.low(after + 1) in self.words.weekdays and self.low(after + 2) == ")":
            return node, after + 3
        date = self._bracket_date(after + 1)
        if date is None or date[0].day is None or self.low(date[1]) != ")":
            return node, after
        keeps = isinstance(node, Edge) or (isinstance(node, Date) and (node.year is not None or date[0].year is None))
        return (node if keeps else date[0]), date[1] + 1

    def _may_number(self, index: int) -> bool:
        """Whether figures can begin a time: four digits, or before a month, a unit of time or a dash."""
        follows = self.low(index + 1)
        return len(self.raw(index)) == 4 or follows in after_figures()

    def _may_word(self, index: int) -> bool:
        """Whether the word after an article or a number word lets the two begin a time."""
        word, follows = self.lowers[index], self.low(index + 1)
        if word == "the":
            return follows in seconds() or self.raw(index + 1)[:1].isdecimal()
        if word in ("a", "an"):
            return follows in after_articles()
        return word not in counting() or follows not in counting() or self.low(index - 1) in SPOKEN_LEADS

    def core(self, index: int) -> Reading:
        """Return the reading at the token without ranges; times nest to a small depth only."""
        if self.depth == _DEEPEST:
            return None
        self.depth += 1
        try:
            return self._first_reading(index)
        finally:
            self.depth -= 1

    def _first_reading(self, index: int) -> Reading:
        for rule in self._rules(index):
            reading = rule(index)
            if reading is not None:
                return reading
        return None

    def _rules(self, index: int) -> tuple[_Rule, ...]:
        if not self.tokens[index].is_number:
            return self._word_rules
        joined = self.raw(index + 2).isdecimal() and self.touches(index + 1) and self.touches(index + 2)
        return self._joined_rules if joined and self.raw(index + 1) in _JOINTS else self._figure_rules

    def range(self, index: int, node: Node, after: int) -> tuple[Node, int]:
        """Join a second time: "April 11-October 30", "28 September to 2 October 2020", "between 2015 and 2018"."""
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
        index = self.skip(index, "the") if self.ordinal(index + 1) else index
        if isinstance(first, Date) and first.day is not None and index < len(self.tokens):
            closing = self._closing_day(index, first)
            if closing is not None:
                return closing
        if index >= len(self.tokens):
            return None
        if self.low(index) in ("now", "today") and isinstance(first, (Date, Year, Weekday)):
            return Relative("day", 0), index + 1
        reading = self.core(index)
        if reading is None or not isinstance(reading[0], (Date, Year, Part, Weekday, Relative, Edge)):
            return None
        return reading if _alike(first, reading[0]) else None

    def _closing_day(self, index: int, first: Date) -> Reading:
        """Read "14-18, 2023" after "May", "the 17th" after "April 9th"."""
        found = self.ordinal(index)
        if found is None and self.tokens[index].is_number and len(self.raw(index)) <= 2 and self.alone(index):
            found = int(self.raw(index)), index + 1
        if found is None or not 1 <= found[0] <= 31:
            return None
        follows, touching = self.low(found[1]), self.touches(found[1] + 1)
        if follows in (*_UNITS, *self.words.months) or (
            follows in ("/", "-", ".", "of") and (touching or follows == "of")
        ):
            return None
        year, after = (first.year, found[1]) if first.year is not None else self._year_after(found[1], first.calendar)
        if found[0] < (first.day or 0) and first.month is not None:
            carry, month = divmod(first.month, 12)
            year = None if year is None else year + carry
            return replace(first, day=found[0], month=month + 1, year=year), after
        return replace(first, day=found[0], year=year), after


_LISTED = frozenset([(",",), ("and",), ("or",), ("&",), (",", "and"), (",", "or")])
"""What stands between the members of a list."""
_JOINTS = frozenset("-–/.")
_UNITS = ("percent", "%", "million", "billion")


def _is_bare_month(first: Date, last: Part) -> bool:
    """Whether a month lacks the year of the one after it ("in March and April last year")."""
    bare = (first.year, first.day, first.offset) == (None, None, None) and first.month is not None
    kind = "persian" if first.calendar == "persian" else "gregory"
    return bare and last.unit == "month" and last.count == 1 and last.year is not None and last.year.kind == kind


def _is_single_day(node: Node) -> bool:
    """Whether a time is a day that a bracket may give, too ("Monday (August 17)", "the end of Tir (July 22)")."""
    if isinstance(node, Date):
        return node.day is not None and node.month is not None
    if isinstance(node, Edge):
        return node.side == "end"
    return isinstance(node, Weekday) or (isinstance(node, Relative) and node.unit == "day")


def _alike(first: Node, last: Node) -> bool:
    """Whether two times can be the ends of one range."""
    if isinstance(first, Date) and isinstance(last, Date):
        return first.calendar == last.calendar and (first.day is None or last.day is not None)
    if isinstance(first, Year) and isinstance(last, Date):
        return first.number is not None and last.year is not None
    if isinstance(first, Date) and isinstance(last, Year):
        return first.year is not None and last.number is not None
    if isinstance(last, Edge):
        return last.side == "end" and isinstance(first, (Date, Year)) and isinstance(last.whole, (Date, Year))
    if isinstance(first, Weekday) and isinstance(last, Date):
        return last.day is not None
    return type(first) is type(last) or (isinstance(first, Year) and isinstance(last, Relative))


def _completed(first: Node, last: Node) -> Node:
    if isinstance(first, Part) and isinstance(last, Part) and first.year is None:
        return replace(first, year=last.year)
    return completed_date(first, last) if isinstance(first, Date) and isinstance(last, Date) else first
