"""Quantities, percentages, fractions and bare numbers: one sentence and one reason each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Bound, Quantity, QuantityKind
from indiggraph.values import find_quantities


def seen(text: str) -> list[tuple[str, str | None]]:
    return [(str(quantity.value), quantity.unit) for quantity in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will set up four domestic production promotion desks in the field.", [("4", "desks")]),  # head noun
        ("26 domestic parts manufacturers in the north signed.", [("26", "manufacturers")]),  # plural attribute
        ("Nine petrochemical complexes used local catalysts.", [("9", "complexes")]),  # the verb ends the phrase
        ("It will start in eight other areas of the sector.", [("8", "areas")]),  # adjective
        ("They agreed on 44 imported items, a move hailed by all.", [("44", "items")]),
        ("The plant has 1,850 people on its rolls.", [("1850", "people")]),  # plural without s
        ("28 export consortia sold goods.", [("28", "consortia")]),
        ("They made 3.5 million tons of crude steel.", [("3500000", "tons")]),
        ("It pumps 2.2m barrels per day.", [("2200000", "barrels per day")]),  # letter scale and flow
        ("The 5,000-barrels-per-day unit runs.", [("5000", "barrels-per-day")]),
        ("The 450-megawatt plant feeds 1,200 km of lines.", [("450", "megawatt"), ("1200", "km")]),
        ("31 of the parts will stay.", [("31", "parts")]),  # partitive
        ("120 of the 260 pots run.", [("120", "pots"), ("260", "pots")]),
        ("Deals were struck for 29 and 22 parts.", [("29", "parts"), ("22", "parts")]),  # shared noun
        (
            "The mills made 6.01 million, 2.55 million and 1.73 million tons.",
            [("6010000", "tons"), ("2550000", "tons"), ("1730000", "tons")],
        ),
        ("Output fell 16 and 4.2 percent.", [("16", "%"), ("4.2", "%")]),
        ("It has a 63-percent share.", [("63", "%")]),
        ("It fell 2.5 percentage points.", [("2.5", "percentage points")]),
        ("Loans bear five per cent interest.", [("5", "%")]),
        ("They made 100 cars, against 80 a year before.", [("100", "cars"), ("80", "cars")]),  # told in the sentence
        ("Of 50 mines, 37 and 13 respectively reopened.", [("50", "mines"), ("37", "mines"), ("13", "mines")]),
        ("The number of jobs stood at 15,400.", [("15400", "jobs")]),
        ("13 tankers and one jack-up rig are on order.", [("13", "tankers"), ("1", "rig")]),
        ("A 54-year-old engineer heads it.", [("54", "year")]),
        ("Sales were 2.5 times as high.", [("2.5", "times")]),
        ("Sales grew twofold.", [("2", "times")]),
    ],
)
def test_value_and_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Roughly a third of the parts are imported.", "33.3333"),
        ("Imports fell by three quarters.", "75"),
        ("One in five workshops has shut.", "20"),
        ("A quarter of the ore stays here.", "25"),
        ("A fifth of imports was grain.", "20"),
        ("The mill works below half of its capacity.", "50"),
    ],
)
def test_fractions_are_percentages(text: str, share: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.kind, quantity.unit, quantity.value) == (QuantityKind.PERCENT, "%", Decimal(share))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They may drill 20 to 25 wells.", "20", "25"),
        ("They build 3-4 platforms.", "3", "4"),
        ("The duty will be 10-15 percent.", "10", "15"),
        ("The duty will be 5% to 7% then.", "5", "7"),
        ("20 to 25 million tons will be shipped.", "20000000", "25000000"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.minimum, quantity.maximum) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 1,500 welders", Bound.LOWER),
        ("less than 60 percent", Bound.UPPER),
        ("about 2,300 tons", Bound.ABOUT),
        ("as many as 830 units", Bound.UPPER),
        ("830 units or more", Bound.LOWER),
        ("830 units", None),
    ],
)
def test_bounds(text: str, bound: Bound | None) -> None:
    assert find_quantities(text)[0].bound is bound


@pytest.mark.parametrize(
    ("text", "code", "per"),
    [
        ("9,500 tonnes a year", "t", "year"),
        ("13.5 million liters per day", "L/d", "day"),
        ("12 million cubic meters of gas a day", "m3", "day"),
        ("8 terawatt-hours", "TW.h", None),
        ("83,600 MW", "MW", None),
        ("5,000 compressors a year", None, "year"),
        ("3 million short tons", "[ston_av]", None),
    ],
)
def test_codes_and_rates(text: str, code: str | None, per: str | None) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.unit_code, quantity.per) == (code, per)


@pytest.mark.parametrize(
    "text",
    [
        "The airline parked its Airbus A320 and Boeing 737 jets.",  # models
        "Under Article 44 and Resolution 2231, call 021-88765432.",  # labels, phones
        "The team won 3-1 in Hall 38 on the second floor.",  # scores, halls
        "The 14th fair opened.",  # ordinals
        "One of them left, and one wonders why.",  # pronouns
        "A third unit of the station is being built.",  # an ordinal, no share
        "It rose in 2019 and fell in the third quarter of 2020.",  # times
        "It cost $5 million in two years.",  # a sum and a length of time
    ],
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_bare_numbers_come_when_asked_for() -> None:
    assert find_quantities("Its score is 7.") == []
    (number,) = find_quantities("Its score is 7.", numbers=True)
    assert (number.kind, number.value, number.unit) == (QuantityKind.NUMBER, Decimal(7), None)


def test_span_covers_number_and_unit() -> None:
    text = "They will set up four new desks."
    (quantity,) = find_quantities(text)
    assert text[quantity.span.start : quantity.span.end] == quantity.text == "four new desks"


@given(st.integers(2, 10**9), st.sampled_from(["tons", "desks", "MW", "barrels"]))
def test_written_quantities_read_back(value: int, unit: str) -> None:
    (quantity,) = find_quantities(f"They made {value:,} {unit} there.")
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit) == (value, unit)
