"""Numerals in words, figures and mixtures of both: one sentence and one reason each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Money, Quantity
from indiggraph.values import find_money, find_quantities, find_values

UNITS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spoken(number: int) -> str:
    """Spell a number below a billion as a style guide asks: "two hundred and five thousand and twenty-one"."""
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{spoken(number // size)} {name}" + (joint + spoken(rest) if rest else "")
    if number < 20:
        return UNITS[number]
    return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")


def numbers(text: str) -> list[Decimal | None]:
    """Return the values of all numbers; a share in words comes as a percentage."""
    return [value.value for value in find_values(text, numbers=True) if isinstance(value, Quantity)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The index reached three point five.", "3.5"),
        ("The index reached two hundred point seventy-one.", "200.71"),  # tens after the point are two digits
        ("The index reached naught point five.", "0.5"),
        ("The index reached two million and three fifths.", "2600000"),  # a part of the scale
        ("The index reached one hundred and thirty and two fifths.", "130.4"),  # a part of one
        ("The index reached two hundred and fifty-four hundredths.", "200.54"),  # the fraction begins after "and"
        ("The index reached twenty-one fifths.", "4.2"),
        ("The index reached one billion and a half million.", "1000500000"),  # the half has a scale of its own
        ("The index reached 4 thousand 3 hundred.", "4300"),
        ("The index reached 6 crore and two hundred.", "60000200"),
        ("The index reached three hundred and two dozens.", "324"),
        ("The ratio is 1 over 20.", "0.05"),
        ("The yield is 1.3x10^6.", "1300000"),
        ("The yield is 2.5e-3 of it.", "0.0025"),
        ("The growth is 1.5^2.", "2.25"),
        ("Two out of five hundred failed.", "0.4"),  # percent
    ],
)
def test_values(text: str, value: str) -> None:
    assert numbers(text) == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It won 3 over 5 rivals.", [3, 5]),  # "over" is no fraction inside a sentence
        ("It made 3 million and two plants closed.", [3_000_000, 2]),  # the words count something else
        ("It has 3 hundred and 2 hundred of them.", [300, 200]),  # the second scale is not lower
        ("He drove an A3-20 home.", []),  # a code
        ("It read 000 then.", []),  # no number
    ],
)
def test_not_joined(text: str, values: list[int]) -> None:
    assert numbers(text) == values


def test_lower_scale_in_figures_belongs_to_a_sum() -> None:
    (money,) = find_money("They paid Rs 2 crore 50 lakh for it.")
    assert (money.value, money.currency) == (Decimal(25_000_000), "INR")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Output rose from 3 to 5 million tons.", [("3", 3_000_000, "tons"), ("5 million tons", 5_000_000, "tons")]),
        ("The rate fell to 60 from 80 percent.", [("60", 60, "%"), ("80 percent", 80, "%")]),
        # a scale that would make the first figure a thousandfold of the second is not shared
        ("Sales grew from 900 to 1.2 million units.", [("1.2 million units", 1_200_000, "units")]),
    ],
)
def test_ends_of_a_change_share_unit_and_scale(text: str, values: list[tuple[str, int, str]]) -> None:
    assert [(one.text, one.value, one.unit) for one in find_quantities(text)] == values


def test_ends_of_a_change_share_the_scale_of_a_sum() -> None:
    assert [one.value for one in find_money("It rose from €3 to €5 million.")] == [3_000_000, 5_000_000]


def test_a_compound_is_no_fraction() -> None:
    (family,) = find_quantities("He has two half-brothers.")
    assert (family.value, family.unit) == (2, "half-brothers")


def test_percentage_before_its_figure() -> None:
    (share,) = find_quantities("The bond sold at a percentage of 16.5.")
    assert (share.value, share.unit) == (Decimal("16.5"), "%")


@given(st.integers(2, 10**9 - 1))
def test_spoken_numbers_read_back(number: int) -> None:
    assert numbers(f"The index reached {spoken(number)}.") == [number]


@given(st.integers(1, 10**9 - 1), st.sampled_from(["euros", "rials", "yuan"]))
def test_spoken_sums_read_back(number: int, currency: str) -> None:
    (money,) = find_values(f"They paid {spoken(number)} {currency} for it.")
    assert isinstance(money, Money)
    assert money.value == number


@given(st.decimals(Decimal("0.01"), Decimal("99.99"), places=2), st.integers(-20, 20))
def test_scientific_notation_reads_back(figure: Decimal, exponent: int) -> None:
    assert numbers(f"The yield is {figure}x10^{exponent}.") == [figure.scaleb(exponent)]
