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
        ("They will open six regional export training schools in the north.", [("6", "schools")]),  # head noun
        ("18 rural sports trainers in the south agreed.", [("18", "trainers")]),  # plural attribute
        ("Seven fertilizer terminals rented foreign cranes.", [("7", "terminals")]),  # the verb ends the phrase
        ("It will start in seven other towns of the coast.", [("7", "towns")]),  # adjective
        ("They agreed on 52 borrowed patents, a step cheered by all.", [("52", "patents")]),
        ("The school has 2,340 people on its rolls.", [("2340", "people")]),  # plural without s
        ("19 film consortia sold tickets.", [("19", "consortia")]),
        ("They made 4.7 million tons of raw sugar.", [("4700000", "tons")]),
        ("It pumps 3.4m barrels per day.", [("3400000", "barrels per day")]),  # letter scale and flow
        ("The 7,500-barrels-per-day unit runs.", [("7500", "barrels-per-day")]),
        ("The 450-megawatt plant feeds 1,200 km of lines.", [("450", "megawatt"), ("1200", "km")]),
        ("46 of the boats will stay.", [("46", "boats")]),  # partitive
        ("75 of the 310 looms run.", [("75", "looms"), ("310", "looms")]),
        ("Bids were made for 43 and 16 boats.", [("43", "boats"), ("16", "boats")]),  # shared noun
        (
            "The mills made 8.04 million, 3.61 million and 2.94 million tons.",
            [("8040000", "tons"), ("3610000", "tons"), ("2940000", "tons")],
        ),
        ("Output fell 13 and 5.6 percent.", [("13", "%"), ("5.6", "%")]),
        ("It has a 58-percent stake.", [("58", "%")]),
        ("It fell 2.5 percentage points.", [("2.5", "percentage points")]),
        ("Bonds bear six per cent interest.", [("6", "%")]),
        ("They made 100 cars, against 80 a year before.", [("100", "cars"), ("80", "cars")]),  # told in the sentence
        ("Of 60 kilns, 41 and 19 respectively reopened.", [("60", "kilns"), ("41", "kilns"), ("19", "kilns")]),
        ("The number of shops stood at 2,750.", [("2750", "shops")]),
        ("14 barges and one roll-on ferry are on order.", [("14", "barges"), ("1", "ferry")]),
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
        ("Two thirds of this sum will be lent.", "66.6667"),  # no period
        ("Sales were one fifth down in May.", "20"),  # compared
        ("Output was a third more than planned.", "33.3333"),
        ("A tenth goes to fairs.", "10"),
        ("They will lower it by a tenth if the ore comes.", "10"),
        ("Rents fell by three quarters.", "75"),
        ("One in five workshops has shut.", "20"),
        ("A quarter of the ore stays here.", "25"),
        ("A fifth of sales was grain.", "20"),
        ("The mill works below half of its capacity.", "50"),
    ],
)
def test_fractions_are_percentages(text: str, share: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.kind, quantity.unit, quantity.value) == (QuantityKind.PERCENT, "%", Decimal(share))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("They may dig 30 to 36 wells.", "30", "36"),
        ("They build 3-4 platforms.", "3", "4"),
        ("The duty will be 10-15 percent.", "10", "15"),
        ("The duty will be 5% to 7% then.", "5", "7"),
        ("15 to 19 million tons will be shipped.", "15000000", "19000000"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.minimum, quantity.maximum) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 1,900 welders", Bound.LOWER),
        ("less than 45 percent", Bound.UPPER),
        ("about 3,700 tons", Bound.ABOUT),
        ("as many as 640 units", Bound.UPPER),
        ("640 units or more", Bound.LOWER),
        ("640 units", None),
    ],
)
def test_bounds(text: str, bound: Bound | None) -> None:
    assert find_quantities(text)[0].bound is bound


@pytest.mark.parametrize(
    ("text", "code", "per"),
    [
        ("7,200 tonnes a year", "t", "year"),
        ("16.2 million liters per day", "L/d", "day"),
        ("12 million cubic meters of gas a day", "m3", "day"),
        ("6 terawatt-hours", "TW.h", None),
        ("47,900 MW", "MW", None),
        ("3,500 compressors a year", None, "year"),
        ("4 million short tons", "[ston_av]", None),
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
        "A third wing of the school is being built.",  # an ordinal, no share
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
    text = "They will open six new schools."
    (quantity,) = find_quantities(text)
    assert text[quantity.span.start : quantity.span.end] == quantity.text == "six new schools"


@given(st.integers(2, 10**9), st.sampled_from(["tons", "desks", "MW", "barrels"]))
def test_written_quantities_read_back(value: int, unit: str) -> None:
    (quantity,) = find_quantities(f"They made {value:,} {unit} there.")
    assert isinstance(quantity, Quantity)
    assert (quantity.value, quantity.unit) == (value, unit)


def test_pc_behind_a_figure_is_percent() -> None:
    found = find_quantities("Exports dropped 14.2pc in May, and 3pc in June.")
    assert [(quantity.text, quantity.unit) for quantity in found] == [("14.2pc", "%"), ("3pc", "%")]
