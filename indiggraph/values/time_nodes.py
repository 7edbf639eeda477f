"""What a time expression says before it is resolved: parts of dates, years, shifts, edges."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Shift",
    "Bracket",
    "Date",
    "Edge",
    "Feast",
    "MonthsTo",
    "Node",
    "Nth",
    "MonthsSoFar",
    "Offset",
    "Part",
    "Range",
    "Relative",
    "Same",
    "Vague",
    "Weekday",
    "Year",
    "YearTo",
]


@dataclass(frozen=True, slots=True)
class Date:
    """A day, a month or a year by number; what the text leaves out is ``None``.

    ``offset`` tells "last May" (-1), "next May" (1), "this May" (0); ``weekday`` (Monday 0) stands beside a day whose
    month is not told ("Tuesday the 19th").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: str = "gregory"
    offset: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Bracket:
    """What explains a year or a part of it: "(which began on March 21)", "(March 21-June 21)"."""

    first: Date | None = None
    last: Date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year by number or by offset; ``kind`` is plain, persian, gregory or fiscal; ``told`` counts from the
    time told in the same sentence ("the preceding year"), ``same`` from the time told last; ``here`` is "the year".

    ``fiscal``: "2015-16", where ``number`` is the first of the two years.
    """

    number: int | None = None
    offset: int | None = None
    kind: str = "plain"
    double: bool = False
    bracket: Bracket | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Months of a year: ``count`` units from the ``index``-th on (-1: the last); unit month, quarter, half, season.

    Without ``year`` the document's year is meant.
    """

    unit: str
    index: int
    count: int = 1
    year: Year | None = None
    bracket: Bracket | None = None
    month: int | None = None
    """The Solar Hijri month that the text names beside it ("the tenth month, Dey")."""
    season: str | None = None


@dataclass(frozen=True, slots=True)
class YearTo:
    """A year that ends on a day or in a month: "the year to May 2031"."""

    last: Date
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class MonthsTo:
    """Months that end on a day or with a month: "the four months to July 21"; ``count`` 0 is a week."""

    count: int
    last: Date


@dataclass(frozen=True, slots=True)
class MonthsSoFar:
    """The first ``count`` months of the year, where they have just ended ("made 4 tons in nine months")."""

    count: int


@dataclass(frozen=True, slots=True)
class Relative:
    """A day, week, month, quarter, decade or season counted from the document's date."""

    unit: str
    offset: int
    season: str | None = None
    told: bool = False
    """Whether it counts from the time told in the same sentence ("the preceding month")."""


@dataclass(frozen=True, slots=True)
class Shift:
    """``count`` units before or after: the document's date ("ago") or the time told last ("earlier", "later")."""

    unit: str
    count: int
    told: bool


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (Monday 0), with "last", "next", "this" as an offset."""

    day: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """The end, beginning or middle of a time ("the end of 2021"), or an unsharp part ("late 2028")."""

    side: str
    whole: Node


@dataclass(frozen=True, slots=True)
class Same:
    """A time told before ("the same period", "that year"; without a unit "then"); ``of`` is a year in which it lies."""

    unit: str | None = None
    count: int | None = None
    of: Year | None = None


@dataclass(frozen=True, slots=True)
class Nth:
    """The ``index``-th (-1: last) day, week or weekday (Monday 0) of a period: "the first Monday of May".

    ``count`` of them: "the first ten days of March" (from the first on), "the last two weeks of the year".
    """

    unit: str
    index: int
    whole: Node
    weekday: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Feast:
    """A day that bears a name, with its year or with "last", "next", "this" as an offset."""

    name: str
    year: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from another one: "three days after March 5"; ``count`` is negative for "before"."""

    unit: str
    count: int
    anchor: Node


@dataclass(frozen=True, slots=True)
class Range:
    """From the first to the last of two times."""

    first: Node
    last: Node


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that fixes no day."""


Node = (
    Date
    | Year
    | Part
    | YearTo
    | MonthsTo
    | MonthsSoFar
    | Relative
    | Shift
    | Weekday
    | Edge
    | Same
    | Range
    | Nth
    | Offset
    | Feast
    | Vague
)
