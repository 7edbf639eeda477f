"""Runs another normaliser on texts and gives what it finds in the form of ``indiggraph values``.

Started by ``benchmarks.values`` with the interpreter of an environment in which the library is installed:

    python values_peers.py LIBRARY < texts.jsonl

Each library is used as its own documentation shows, without settings that would favour or hinder it.  A range of
quantulum3 is its value with an uncertainty; dateparser gives a day where it means a month or a year.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Row = dict[str, Any]
Finder = Callable[[str, dt.datetime], list[Row]]
DURATIONS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "US$": "USD", "A$": "AUD", "C$": "CAD"}
UNITS = {"Dollar": "USD", "Pound": "GBP"}
"""Currencies that Recognizers-Text leaves open, read as the rules of scoring read them."""
DAY = dt.timedelta(days=1)


def main() -> None:
    """Read JSON Lines, print one line: what was found in each text, and the seconds it took."""
    finder = FINDERS[sys.argv[1]]()
    rows = [json.loads(line) for line in sys.stdin if line.strip()]
    finder("In 2020, 2 tons cost $3.", dt.datetime(2020, 1, 1))  # loads its data
    start = time.perf_counter()
    found = [finder(row["text"], moment(row)) for row in rows]
    seconds = time.perf_counter() - start
    print("\n" + json.dumps({"found": found, "seconds": seconds}, default=str))


def moment(row: Row) -> dt.datetime:
    """Return the time to which relative times refer; without one, a fixed day, so that runs agree."""
    return dt.datetime.fromisoformat((row.get("ref") or "2020-01-01")[:10])


def quantulum3() -> Finder:
    """Return the finder of quantulum3 without its trained classifier."""
    parser = import_module("quantulum3.parser")

    def find(text: str, _: dt.datetime) -> list[Row]:
        return [_quantulum(one) for one in parser.parse(text)]

    return find


def _quantulum(one: Any) -> Row:
    unit = one.unit
    value: Row = {"kind": "quantity", "start": one.span[0], "end": one.span[1], "value": one.value, "unit": unit.name}
    if one.uncertainty:
        value |= {"value": None, "min": one.value - one.uncertainty, "max": one.value + one.uncertainty}
    if unit.entity.name == "currency":
        value |= {"kind": "money", "currency": unit.currency_code}
    elif unit.name == "percentage":
        value["kind"] = "percent"
    elif unit.name == "dimensionless":
        value["kind"] = "number"
    elif unit.name in DURATIONS and one.value == int(one.value):
        value |= {"kind": "duration", "duration": duration(f"P{int(one.value)}{DURATIONS[unit.name]}")}
    return value


def price_parser() -> Finder:
    """Return the finder of price-parser, which reads one price from a text and tells no place."""
    price_class = import_module("price_parser").Price

    def find(text: str, _: dt.datetime) -> list[Row]:
        price = price_class.fromstring(text)
        if price.amount is None:
            return []
        start = max(text.find(price.amount_text or ""), 0)
        end = start + len(price.amount_text or "")
        code = SIGNS.get(price.currency or "", price.currency)
        return [{"kind": "money", "start": start, "end": end, "value": str(price.amount), "currency": code}]

    return find


def dateparser() -> Finder:
    """Return the finder of dateparser's search."""
    search_dates = import_module("dateparser.search").search_dates

    def find(text: str, now: dt.datetime) -> list[Row]:
        found: list[Row] = []
        end = 0
        for words, moment_ in search_dates(text, languages=["en"], settings={"RELATIVE_BASE": now}) or []:
            start = text.find(words, end)
            end = start + len(words) if start >= 0 else end
            day = moment_.date().isoformat()
            found.append({"kind": "date", "start": start, "end": end, "first_day": day, "last_day": day})
        return found

    return find


def recognizers_text() -> Finder:
    """Return the finder of Recognizers-Text: numbers, percentages, currencies, dimensions and times."""
    suite = import_module("recognizers_suite")

    english = suite.Culture.English

    def find(text: str, now: dt.datetime) -> list[Row]:
        found = [_recognized(one, "money") for one in suite.recognize_currency(text, english)]
        found += [_recognized(one, "quantity") for one in suite.recognize_dimension(text, english)]
        found += [_recognized(one, "percent") for one in suite.recognize_percentage(text, english)]
        for one in suite.recognize_datetime(text, english, reference=now):
            found += _recognized_time(one)
        numbers = [_recognized(one, "number") for one in suite.recognize_number(text, english)]
        return found + [one for one in numbers if not any(_overlap(one, other) for other in found)]

    return find


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _recognized(one: Any, kind: str) -> Row:
    resolution = one.resolution or {}
    number = str(resolution.get("value") or "").rstrip("%")
    return {
        "kind": kind,
        "start": one.start,
        "end": one.end + 1,
        "value": number if _is_number(number) else None,
        "currency": resolution.get("isoCurrency") or UNITS.get(str(resolution.get("unit"))),
        "unit": resolution.get("unit"),
    }


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _recognized_time(one: Any) -> list[Row]:
    """Return the first reading of a date, a range of dates or a duration."""
    values = (one.resolution or {}).get("values") or []
    place = {"start": one.start, "end": one.end + 1}
    kind = one.type_name.split(".")[-1]
    if not values:
        return []
    first = values[0]
    if kind == "date" and first.get("value", "not resolved") != "not resolved":
        return [{"kind": "date", **place, "first_day": first["value"][:10], "last_day": first["value"][:10]}]
    if kind == "daterange" and (first.get("start") or first.get("end")):
        end = first.get("end") and str(dt.date.fromisoformat(first["end"][:10]) - DAY)
        return [{"kind": "date", **place, "first_day": first.get("start"), "last_day": end}]
    if kind == "duration":
        return [{"kind": "duration", **place, "duration": duration(first.get("timex") or "")}]
    return []


def duration(timex: str) -> str:
    """Return weeks as days and months as years and months."""
    count, unit = timex[1:-1], timex[-1:]
    if not count.isdigit():
        return timex
    if unit == "W":
        return f"P{int(count) * 7}D"
    years, months = divmod(int(count), 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "") if unit == "M" else timex


FINDERS: dict[str, Callable[[], Finder]] = {
    "quantulum3": quantulum3,
    "price-parser": price_parser,
    "dateparser": dateparser,
    "recognizers-text": recognizers_text,
}


if __name__ == "__main__":
    main()
