"""What a reference book holds: names of things with their class, country and ids, from CSV files."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indiggraph import schema
from indiggraph.errors import ResourceError
from indiggraph.model import ThingType

__all__ = [
    "Entry",
    "Holding",
    "country_entries",
    "is_posts",
    "read_countries",
    "read_gazetteers",
    "read_posts",
    "split_names",
    "thing_type",
]

_COLUMNS = ("id", "type", "name", "other_names", "country", "source")
_POST_COLUMNS = ("person", "post", "body", "country", "from", "until", "source")
_COUNTRY_COLUMNS = ("code", "name", "other_names", "demonyms", "capital")
_WIKIDATA, _SECTOR = "wikidata", "sector"
_OPTIONAL = ((), (_WIKIDATA,), (_SECTOR,), (_WIKIDATA, _SECTOR))
"""The columns that may stand behind the others."""
_ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of a gazetteer.

    ``country`` is an ISO 3166-1 alpha-2 code, ``source`` says who vouches for the line, ``wikidata`` is the id that the
    thing has there ("Q42"), given only where that is certain, ``sectors`` are the keys of what it makes or looks after.
    """

    id: str
    type: ThingType
    name: str
    other_names: tuple[str, ...] = ()
    country: str | None = None
    source: str = ""
    wikidata: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the usual one first."""
        return (self.name, *self.other_names)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody held a post from one day to another (both inclusive; ``None`` where that is open)."""

    person: str
    post: str
    body: str | None
    country: str | None
    first: dt.date | None
    last: dt.date | None
    source: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether the post was held on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def is_posts(path: Path) -> bool:
    """Whether a user's file holds posts with dates rather than names: its first line that is no comment says so.

    Raises:
        ResourceError: the file cannot be read.
    """
    first = next((line for _, line in _numbered(path)), "")
    return tuple(first.strip().split(",")) == _POST_COLUMNS


def read_posts(path: Path) -> tuple[Holding, ...]:
    """Read a file of posts with dates: person, post, body, country, from, until, source.

    Raises:
        ResourceError: the file cannot be read or a row is wrong; the message names file and line.
    """
    return tuple(_holding(path, line, row) for line, row in _csv_rows(path, _POST_COLUMNS))


def _holding(path: Path, line: int, row: Mapping[str, str]) -> Holding:
    if not row["person"] or not row["post"] or not row["source"]:
        raise ResourceError(str(path), "person, post and source must not be empty", line)
    try:
        first, last = (dt.date.fromisoformat(row[key]) if row[key] else None for key in ("from", "until"))
    except ValueError as error:
        raise ResourceError(str(path), f"no day: {error}", line) from error
    if first is not None and last is not None and last < first:
        raise ResourceError(str(path), f"until ({last}) is before from ({first})", line)
    return Holding(row["person"], row["post"], row["body"] or None, row["country"] or None, first, last, row["source"])


def read_countries(path: Path) -> list[Mapping[str, str]]:
    """Read the countries' file: code, name, other_names, demonyms, capital, wikidata (of country and capital).

    Raises:
        ResourceError: the file cannot be read or a row is wrong; the message names file and line.
    """
    return [row for _, row in _csv_rows(path, _COUNTRY_COLUMNS)]


def _csv_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number (from 1) and fields of each row of a CSV file; comment lines count as lines.

    Behind the columns those for Wikidata and sectors may stand.
    """
    numbered = _numbered(path)
    rows = csv.reader(line for _, line in numbered)
    for (number, _), row in zip(numbered, rows, strict=True):
        if number == numbered[0][0]:
            if tuple(row) not in [(*columns, *further) for further in _OPTIONAL]:
                told = f"the columns must be {','.join(columns)} and, if any, {_WIKIDATA} and {_SECTOR}"
                raise ResourceError(str(path), told, number)
            columns = tuple(row)
        elif len(row) != len(columns):
            raise ResourceError(str(path), f"has {len(row)} fields instead of {len(columns)}", number)
        else:
            yield number, dict(zip(columns, map(str.strip, row), strict=True))


def _numbered(path: Path) -> list[tuple[int, str]]:
    """The lines of a file that are no comments, with their numbers from 1."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def country_entries(countries: Iterable[Mapping[str, str]]) -> Iterator[Entry]:
    """Yield the countries and their capitals."""
    for row in countries:
        code, items = row["code"], split_names(row[_WIKIDATA])
        item, capital_item = (*items, None, None)[:2]
        yield Entry(code, ThingType.PLACE, row["name"], split_names(row["other_names"]), code, "ISO 3166-1", item)
        if row["capital"]:
            name, *others = split_names(row["capital"])
            source = "general reference"
            yield Entry(f"{code}-capital", ThingType.PLACE, name, tuple(others), code, source, capital_item)


def read_gazetteers(paths: Iterable[Path]) -> Iterator[Entry]:
    """Read gazetteer files; an id may stand once in all of them.

    Raises:
        ResourceError: a file cannot be read or a row is wrong; the message names file and line.
    """
    seen: set[str] = set()
    known = {sector.key for sector in schema.sectors()}
    for path in paths:
        for line, row in _csv_rows(path, _COLUMNS):
            if not row["id"] or not row["name"]:
                raise ResourceError(str(path), "id and name must not be empty", line)
            if row["id"] in seen:
                raise ResourceError(str(path), f"the id {row['id']!r} is taken", line)
            seen.add(row["id"])
            kind = thing_type(str(path), row["type"], line)
            item = row.get(_WIKIDATA) or None
            if item is not None and _ITEM.fullmatch(item) is None:
                raise ResourceError(str(path), f"no Wikidata id: {item!r}", line)
            sectors = split_names(row.get(_SECTOR, ""))
            if not known.issuperset(sectors):
                raise ResourceError(str(path), f"no sector of the scheme: {row[_SECTOR]!r}", line)
            others, country = split_names(row["other_names"]), row["country"] or None
            yield Entry(row["id"], kind, row["name"], others, country, row["source"], item, sectors)


def thing_type(file: str, name: str, line: int | None) -> ThingType:
    """Return the class of that name.

    Raises:
        ResourceError: there is none.
    """
    try:
        return ThingType(name)
    except ValueError as error:
        raise ResourceError(file, f"no such type of thing: {name!r}", line) from error


def split_names(names: str) -> tuple[str, ...]:
    """Return the names of a field with "|" between them."""
    return tuple(name.strip() for name in names.split("|") if name.strip())
