"""Scores the normaliser of sums, quantities and times on case files.

    python -m benchmarks.values FOLDER_OR_FILE... [--show N]

A case file is JSON Lines: ``text``, optionally ``ref`` (ISO date-time), and ``expected``, a list of values with their
places (``start``, ``end``) and what is stated: ``value`` or ``min`` and ``max``, ``currency``, ``first_day`` and
``last_day``, or ``duration``; ``kind`` stands at the value or at the case.  A found value answers an expected one where
their places overlap and all that is stated agrees; each answers once.  Printed: F1 and texts a second, file by file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indiggraph.values import find_values, value_to_json

KINDS = ("money", "quantity", "percent", "number", "date", "duration")
Row = dict[str, Any]


def main() -> None:
    """Score each file and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print that many texts with an error")
    arguments = parser.parse_args()
    for path in [file for given in arguments.cases for file in files(given)]:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        rows = [row for row in rows if "expected" in row]
        if rows:
            print(report(path.name, rows, arguments.show))


def files(path: Path) -> list[Path]:
    """Return the case files of a folder, or the file itself."""
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


def report(name: str, rows: list[Row], show: int) -> str:
    """Score the rows; print up to ``show`` of those with an error."""
    right = spare = missed = 0
    start = time.perf_counter()
    found = [read(row) for row in rows]
    seconds = time.perf_counter() - start
    for row, values in zip(rows, found, strict=True):
        left, misses = compare(row, values)
        right += len(row["expected"]) - len(misses)
        spare += len(left)
        missed += len(misses)
        if (left or misses) and show > 0:
            show -= 1
            print(f"  {row['text']!r}: missed {misses}, spare {[value['text'] for value in left]}")
    score = 2 * right / (2 * right + spare + missed or 1)
    return f"{name:48} F1 {score:.3f}  {len(rows) / seconds:.0f} texts/s"


def read(row: Row) -> list[Row]:
    """Return what the normaliser finds in a case's text, equivalents as values of their own."""
    reference = dt.date.fromisoformat(row["ref"][:10]) if row.get("ref") else None
    values = [value_to_json(value) for value in find_values(row["text"], reference, numbers=True)]
    return [one for value in values for one in (value, *value.get("equivalents", []))]


def compare(row: Row, values: list[Row]) -> tuple[list[Row], list[str]]:
    """Return the found values that nothing expects, of the kinds that the case judges, and the missed places."""
    left, misses = list(values), []
    for expected in wanted(row):
        hit = next((value for value in left if answers(value, expected)), None)
        if hit is None:
            misses.append(row["text"][expected["start"] : expected["end"]])
        else:
            left.remove(hit)
    kinds = {expected.get("kind", row.get("kind")) for expected in row["expected"]} or {row.get("kind"), *KINDS} - {
        None
    }
    judged = kinds - {"number"} if not row["expected"] and "kind" not in row else kinds
    unnumbered = [value for value in left if value["kind"] == "money" and value.get("value", value.get("min")) is None]
    return [value for value in left if value["kind"] in judged and value not in unnumbered], misses


def wanted(row: Row) -> Iterator[Row]:
    """Yield the expected values with their kinds, equivalents as values of their own."""
    for expected in row["expected"]:
        kind = expected.get("kind", row.get("kind"))
        yield {**expected, "kind": kind}
        yield from ({**same, "kind": kind} for same in expected.get("equivalents") or [] if "start" in same)


def answers(value: Row, expected: Row) -> bool:
    """Whether a found value says what is expected at the same place."""
    if not (value["start"] < expected["end"] and expected["start"] < value["end"]):
        return False
    if expected["kind"] not in (value["kind"], "number"):
        return False
    if expected["kind"] == "date":
        return (value["first_day"], value["last_day"]) == (expected.get("first_day"), expected.get("last_day"))
    if expected["kind"] == "duration":
        return bool(value["duration"] == expected["duration"])
    readings = expected.get("accept") or [expected]
    return any(agrees(value, {**reading, "iso": expected.get("iso")}) for reading in readings)


def agrees(value: Row, reading: Row) -> bool:
    """Whether figures and currency agree."""
    currency = reading.get("iso") or reading.get("currency")
    if currency is not None and value["kind"] == "money" and value["currency"] != currency:
        return False
    fields = ("min", "max") if "min" in reading else ("value",)
    return all(close(value.get(field), reading.get(field)) for field in fields)


def close(left: Any, right: Any) -> bool:
    """Whether two numbers agree to a millionth."""
    if left is None or right is None:
        return False
    try:
        one, other = float(left), float(str(right).rstrip("%"))
    except ValueError:
        return False
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


if __name__ == "__main__":
    main()
