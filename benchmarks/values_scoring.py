"""The rules by which found values are scored against a case file.

A found value answers an expected one where their places overlap and the values agree to a millionth; each once.

* money: value (or ends) and currency; any of ``accept`` will do; "$" is USD, "pound" GBP; equivalents count too.
* number: a value of any kind may answer; only a spare ``number`` is wrong.
* percent, quantity: the value; in a file of mixed kinds also the head of the unit.
* date: first and last day.  In suites of assistants only values of a day or coarser that are no feasts are judged,
  exclusive ends are made inclusive, and an instant of a month is the whole month.
* duration: the canonical ``xsd:duration``.

What is spare counts against a file's own kinds only; a sum without a number never does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Score", "kinds_of", "prepared", "score"]

Row = dict[str, Any]
Test = Callable[[Row], bool]
_GRAINS = {"day": 0, "week": 0, "month": 1, "quarter": 3, "year": 12}
_ALIASES = {"$": "USD", "pound": "GBP", "Cent": "USD"}
_MIXED = frozenset(["money", "quantity", "percent", "date", "duration"])
_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class Score:
    """Counts of one file."""

    right: int = 0
    spare: int = 0
    missed: int = 0
    exact: int = 0
    faultless: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.spare + self.missed or 1)


def prepared(rows: list[Row]) -> list[Row]:
    """Return the rows with ``expected`` also where a file states it in its short form (``want``, ``surface``)."""
    return [_prepared(row) for row in rows]


def _prepared(row: Row) -> Row:
    text = row["text"]
    if "want" in row:
        sums = [_placed(text, words, value=value, iso=code) for words, value, code in row["want"]]
        return {**row, "kind": "money", "expected": sums}
    if "surface" not in row:
        return row
    if "duration" in row:
        value = _placed(text, row["surface"], kind="duration", duration=row["duration"])
    else:
        value = _placed(text, row["surface"], kind="date", first_day=row.get("from"), last_day=row.get("to"))
    return {**row, "kind": "date", "expected": [value]}


def _placed(text: str, words: str, **fields: Any) -> Row:
    start = text.index(words)
    return {"start": start, "end": start + len(words), **fields}


def kinds_of(rows: list[Row]) -> frozenset[str]:
    """Return the kinds of value that a file judges."""
    if not _is_mixed(rows):
        return frozenset(_own_kinds(rows[0]["kind"]))
    return frozenset(value.get("kind", "date") for row in rows for value in row["expected"])


def _is_mixed(rows: list[Row]) -> bool:
    return any("kind" in value for row in rows for value in row["expected"]) or "kind" not in rows[0]


def _own_kinds(kind: str) -> set[str]:
    return {"datetime": {"date"}, "number_range": {"number"}}.get(kind, {kind})


def score(rows: list[Row], found: list[list[Row]], claimed: frozenset[str], shown: Callable[[str], None]) -> Score:
    """Return the score of what was ``found`` in each row's text, as far as the kinds are ``claimed``.

    ``shown`` gets a line for each text with an error.
    """
    mixed, total = _is_mixed(rows), Score()
    for row, values in zip(rows, found, strict=True):
        expected = [value for value in row["expected"] if not mixed or _kind(value, row) in claimed]
        _add(total, {**row, "expected": expected}, values, _judged(row, mixed) & claimed, shown)
    return total


def _judged(row: Row, mixed: bool) -> frozenset[str]:
    if mixed:
        return frozenset(value["kind"] for value in row["expected"] if "kind" in value) or _MIXED
    return frozenset(_own_kinds(row["kind"]))


def _add(total: Score, row: Row, values: list[Row], kinds: frozenset[str], shown: Callable[[str], None]) -> None:
    left = [
        one for value in values for one in (value, *({"kind": "money", **q} for q in value.get("equivalents") or []))
    ]
    missed: list[tuple[int, int]] = []
    for (start, end), test in _wanted(row):
        hit = next((value for value in left if value["start"] < end and start < value["end"] and test(value)), None)
        if hit is None:
            missed.append((start, end))
            continue
        left.remove(hit)
        total.right += 1
        total.exact += (hit["start"], hit["end"]) == (start, end)
    spare = [value for value in left if value["kind"] in kinds and not _is_unnumbered(value)]
    if row.get("kind") == "datetime":  # times of day and feasts are not judged
        spare = [value for value in spare if any(s < value["end"] and value["start"] < e for s, e in missed)]
    total.missed += len(missed)
    total.spare += len(spare)
    total.faultless += not missed and not spare
    if missed or spare:
        words = [row["text"][start:end] for start, end in missed]
        shown(f"  {row['text']!r}: missed {words}, spare {[row['text'][v['start'] : v['end']] for v in spare]}")


def _is_unnumbered(value: Row) -> bool:
    return value["kind"] == "money" and value.get("value") is None and value.get("min") is None


def _kind(value: Row, row: Row) -> str:
    kind = str(value.get("kind") or row["kind"])
    return next(iter(_own_kinds(kind)))


def _wanted(row: Row) -> Iterator[tuple[tuple[int, int], Test]]:
    """Yield the place of each expected value with the test that an answer must pass."""
    for value in row["expected"]:
        kind = value.get("kind") or row["kind"]
        place = (value["start"], value["end"])
        if kind == "money":
            yield place, _money_test(value)
            for same in value.get("equivalents") or []:
                if "start" in same:
                    yield (same["start"], same["end"]), _money_test(same)
        elif kind == "duration":
            yield place, _field_test("duration", value["duration"])
        else:
            test = _number_test(value, row, kind) if kind in ("number", "percent", "quantity") else None
            test = _date_test(value, row, kind) if kind in ("date", "datetime") else test
            if test is not None:
                yield place, test


def _field_test(kind: str, expected: str) -> Test:
    return lambda found: bool(found["kind"] == kind and found.get(kind) == expected)


def _money_test(value: Row) -> Test:
    if "min" in value:
        return lambda found: (
            found["kind"] == "money" and found.get("currency") == value.get("currency") and _same_ends(found, value)
        )
    first = {"value": value.get("value"), "currency": value.get("iso") or value.get("currency")}
    ways = [way for way in [first, *(value.get("accept") or [])] if way["value"] is not None]
    return lambda found: (
        found["kind"] == "money"
        and any(
            _close(found.get("value"), way["value"])
            and found.get("currency") == _ALIASES.get(way["currency"], way["currency"])
            for way in ways
        )
    )


def _number_test(value: Row, row: Row, kind: str) -> Test | None:
    if value.get("unit") == "dimensionless" and kind == "quantity" and "kind" not in value:
        return None
    if "min" in value:
        return lambda found: _same_ends(found, value)
    try:
        expected = float(str(value["value"]).rstrip("%"))
    except ValueError:
        return None  # the suite states no number
    kinds = {"percent": ("percent",), "quantity": ("quantity", "money")}.get(kind)
    words = str(value.get("unit") or "").lower().split() if "kind" in value else []
    head = words[-1].rstrip("s") if words else ""
    return lambda found: (
        _close(found.get("value"), expected)
        and (kinds is None or found["kind"] in kinds)
        and head in str(found.get("unit") or "").lower()
    )


def _same_ends(found: Mapping[str, Any], value: Row) -> bool:
    return _close(found.get("min"), value["min"]) and _close(found.get("max"), value["max"])


def _close(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    return abs(float(left) - float(right)) <= 1e-6 * max(1.0, abs(float(left)))


def _date_test(value: Row, row: Row, kind: str) -> Test | None:
    stated = [(value.get("first_day"), value.get("last_day"))]
    ranges = [ends for ends in (stated if kind == "date" else _suite_ranges(value, row)) if any(ends)]
    if not ranges:
        return None
    return lambda found: found["kind"] == "date" and (found.get("first_day"), found.get("last_day")) in ranges


def _suite_ranges(value: Row, row: Row) -> list[tuple[str | None, str | None]]:
    """Return the readings that a suite of assistants allows, with inclusive ends; none where it is not judged."""
    if "values" in value:
        if value["type"].split(".")[-1] not in ("date", "daterange"):
            return []
        return [_suite_range(way) for way in value["values"] if way.get("value") != "not resolved"]
    if value["grain"] not in _GRAINS or row.get("holiday"):
        return []
    first = dt.date.fromisoformat(value["from"][:10])
    last = _grain_end(first, value["grain"])
    if value["op"] in ("instant", "interval"):
        return [(str(first), str(dt.date.fromisoformat(value["to"][:10]) - _DAY) if value.get("to") else last)]
    return [(str(first), None), (None, str(first - _DAY)), (None, str(first)), (None, last)]


def _suite_range(way: Row) -> tuple[str | None, str | None]:
    if way.get("value"):
        return way["value"][:10], way["value"][:10]
    end = way.get("end") and str(dt.date.fromisoformat(way["end"][:10]) - _DAY)
    return way.get("start") and way["start"][:10], end


def _grain_end(first: dt.date, grain: str) -> str:
    if grain in ("day", "week"):
        return str(first + (6 if grain == "week" else 0) * _DAY)
    year, month = divmod(first.year * 12 + first.month - 1 + _GRAINS[grain], 12)
    return str(dt.date(year, month + 1, 1) - _DAY)
