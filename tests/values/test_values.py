"""What holds for all values: places, order, JSON, robustness and speed."""

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Duration, Interval, Money, Quantity, QuantityKind
from indiggraph.values import find_money, find_quantities, find_times, find_values, value_to_json

REFERENCE = dt.date(2020, 8, 18)
TEXT = (
    "Since 2018, 11 desks signed deals for €315.5 million ($270 million), up 18 percent, in two years; "
    "a third of it is left."
)
PIECES = st.sampled_from(
    [
        "€",
        "$",
        "5",
        "1,000",
        " million",
        " to ",
        "-",
        " and ",
        "the first",
        " months",
        " of ",
        "2019",
        "March ",
        "(",
        ")",
        "a ",
        "%",
        " rials",
        "one in five",
        "half ",
        " tons",
        " per ",
        "\n",
        ". ",
        "İ",
        "½",
        "Iran ",
        "year ",
    ]
)


def test_kinds_and_order() -> None:
    kinds = [type(value) for value in find_values(TEXT)]
    assert kinds == [Interval, Quantity, Money, Quantity, Duration, Quantity]


def test_find_functions_are_parts_of_find_values() -> None:
    values = find_values(TEXT, REFERENCE)
    assert find_money(TEXT) == [value for value in values if isinstance(value, Money)]
    assert find_quantities(TEXT) == [value for value in values if isinstance(value, Quantity)]
    assert find_times(TEXT, REFERENCE) == [value for value in values if isinstance(value, (Interval, Duration))]


def check_places(text: str) -> None:
    values = find_values(text, REFERENCE, numbers=True, vague=True)
    spans = [value.span for value in values] + [
        same.span for value in values if isinstance(value, Money) for same in value.equivalents
    ]
    assert all(text[value.span.start : value.span.end] == value.text for value in values)
    ordered = sorted(spans)
    assert all(left.end <= right.start for left, right in pairwise(ordered))
    json.dumps([value_to_json(value) for value in values])


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    check_places(text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_places_hold_for_texts_made_of_parts(text: str) -> None:
    check_places(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They paid about €3-4 million a year.",
            {
                "kind": "money",
                "start": 16,
                "end": 28,
                "text": "€3-4 million",
                "min": "3000000",
                "max": "4000000",
                "currency": "EUR",
                "bound": "about",
                "per": "year",
                "equivalents": [],
            },
        ),
        (
            "They made over 500 tons.",
            {
                "kind": "quantity",
                "start": 15,
                "end": 23,
                "text": "500 tons",
                "value": "500",
                "bound": "lower",
                "unit": "tons",
                "unit_code": "t",
                "per": None,
            },
        ),
        (
            "It opens by April 2026.",  # the span leaves out what the open end tells
            {
                "kind": "date",
                "start": 12,
                "end": 22,
                "text": "April 2026",
                "first_day": None,
                "last_day": "2026-04-30",
                "precision": "month",
                "calendar": "gregory",
            },
        ),
        ("It took 18 months.", {"kind": "duration", "start": 8, "end": 17, "text": "18 months", "duration": "P1Y6M"}),
        (
            "One in five of them left.",  # a share in words is a number
            {
                "kind": "number",
                "start": 0,
                "end": 11,
                "text": "One in five",
                "value": "0.2",
                "bound": None,
                "unit": None,
                "unit_code": None,
                "per": None,
            },
        ),
    ],
)
def test_json(text: str, expected: dict[str, object]) -> None:
    (value,) = find_values(text)
    assert value_to_json(value) == expected


def test_finding_in_json() -> None:
    (money,) = find_money("It is worth $7.4 trillion rials.")
    assert value_to_json(money)["finding"] == money.finding


def test_equivalents_in_json() -> None:
    (money,) = find_money("It cost 65 trillion rials (about $710 million).")
    (same,) = value_to_json(money)["equivalents"]
    assert (same["value"], same["currency"], same["bound"], same["start"]) == ("710000000", "USD", "about", 33)


def test_the_reason_of_a_choice_in_json() -> None:
    (time_,) = find_values("It fell in the preceding Persian year (ended on March 19).")
    shown = value_to_json(time_)
    assert (shown["first_day"], shown["last_day"], shown["precision"]) == (None, None, "year")
    assert "as 1386, 1390, 1394, 1398 and 1402 do" in shown["reason"]
    assert "reason" not in value_to_json(find_values("It fell in 2019.")[0])


def test_numbers_are_left_out_unless_asked_for() -> None:
    assert find_values("Its score is 7.") == []
    (number,) = find_values("Its score is 7.", numbers=True)
    assert isinstance(number, Quantity)
    assert (number.kind, number.value) == (QuantityKind.NUMBER, Decimal(7))


def test_nested_times_do_not_exhaust_the_stack() -> None:
    (time_,) = find_values("the end of " * 5_000 + "2020", REFERENCE)
    assert isinstance(time_, Interval)
    assert time_.last == dt.date(2020, 12, 31)


def test_a_megabyte_is_read() -> None:
    text = "5 " * 500_000
    assert find_money(text) == []


ADVERSARIAL = [
    "1,",
    "1 ",
    "one ",
    "1-",
    "a ",
    "the ",
    "(",
    "$1",
    "March ",
    "the year to ",
    "one million ",
    "three hundred and ",
    "2019-",
    "$1 (",
    "20 and ",
    "first ",
    "1/",
    "half a ",
    "not ",
    "one in ",
    "number of ",
    "1 ton of ",
    "a b c ",
    "\n",
    "A",
    "the end of ",
    "two days before ",
    "two days earlier ",
    "the same period ",
    "1 over ",
    "a half million and ",
    "the Persian year (ended on March 19) ",
    "1, ",
    "1, 2 and 3 tons, ",
    "Oman 1 rial ",
    "of the 1 ship, ",
    "from 1 to ",
    "May and ",
    "1 (2020) ",
    "Monday (",
    "$1e9",
    "1 000 ",
    "one car in ",
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_grows_linearly(piece: str) -> None:
    """Eight times the text may take at most 24 times as long; a quadratic rule would take 64 times."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = 60.0
        for _ in range(3):
            start = time.process_time()
            find_values(text, REFERENCE, numbers=True, vague=True)
            best = min(best, time.process_time() - start)
        return best

    find_values(piece, REFERENCE)
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.006)
