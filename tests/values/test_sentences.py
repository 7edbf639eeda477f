"""Sentences as business news writes them, with every value that they hold.

Each line of ``sentences.jsonl`` is a text, the day to which it refers, and its values in order, in the form of
``indiggraph values`` with places; what is not told (no bound, no rate) is left out.  The file can also be scored:
``python -m benchmarks.values tests/values/sentences.jsonl``.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from indiggraph.values import find_values, value_to_json

ROWS = [json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text("utf-8").splitlines()]


def told(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found in the form of the file, with the fields of the expected value."""
    shown = {**found, "surface": found["text"]}
    wanted = {key: shown.get(key) for key in expected}
    if "equivalents" in expected:
        pairs = zip(expected["equivalents"], found["equivalents"], strict=True)
        wanted["equivalents"] = [told(*pair) for pair in pairs]
    return wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_every_value_is_read(row: dict[str, Any]) -> None:
    values = [value_to_json(value) for value in find_values(row["text"], dt.date.fromisoformat(row["ref"]))]
    found = [value for value in values if value["kind"] != "money" or value.get("value") or value.get("min")]
    assert [(value["kind"], value["text"]) for value in found] == [(e["kind"], e["surface"]) for e in row["expected"]]
    for expected, value in zip(row["expected"], found, strict=True):
        assert told(expected, value) == expected
        assert value.get("bound") == expected.get("bound")
        assert value.get("per") == expected.get("per")


def test_the_sentences_span_the_currencies_and_the_kinds() -> None:
    values = [value for row in ROWS for value in row["expected"]]
    assert len(ROWS) > 350
    assert len({value["currency"] for value in values if value["kind"] == "money"}) > 60
    assert {value["kind"] for value in values} == {"money", "quantity", "percent", "number", "date", "duration"}
