"""Sectors of facts: named, told by goods, by a firm's name, or by what stands around."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction

Extract = Callable[[str], Extraction]

SECTORS = [
    ("The value of non-oil trade reached $40 billion.", (), "trade that is not of oil is of nothing"),
    ("Velmar sold non-oil products worth $4 million.", (), "what is not of oil is of nothing"),
    ("The fund lent $4 million to knowledge-based companies.", ("technology",), "makers tell a sector"),
    ("Harran Steel Company spent $4 million on a second hall.", ("steel",), "a firm's name tells what it makes"),
    (
        "The Mineral Resources Minister Anna Velde said that 900 licences worth $3 million were issued.",
        (),
        "a post tells what a state governs",
    ),
    (
        "Output of wind turbines rose 4 percent. The turbine maker Velmar Wind spent $3 million on its yard.",
        ("energy",),
        "a good has the sector of its longer name",
    ),
    ("Makers of cement are waiting for loans. The bank lent them $3 million.", ("cement",), "the paragraph goes on"),
    (
        "Jobs in the oil and gas industry are rare. The bank lent Velmar $3 million.",
        ("gas", "oil"),
        "sectors named in one row go together",
    ),
    ("Velmar will ship 4,000 tons of cement worth $3 million.", ("cement",), "a verb is no ship"),
    ("SAIPA spent $4 million on a second hall.", ("automotive",), "a known firm's name tells what it makes"),
    ("The Bank of Steel and Cement lent Velmar $3 million.", (), "a bank's name tells whom it serves"),
    ("Velmar Motors built a wind farm with 40 megawatts for $3 million.", ("energy",), "a unit tells less than goods"),
    (
        "Yards build ships. Textile mills weave. Farmers, drugmakers and hospitals wait. In August the Harran Office "
        "announced that home production of 800 parts in the steel sector has saved Harran $15 million in 12 years.",
        ("steel",),
        "the only sector that its sentence calls by its name",
    ),
    ("Zinc worth $3 million was sold.", ("metals",), "a narrow sector is taken as the usual one"),
    (
        "Carmakers want more. Output of cars is low. Velmar Motors paid $3 million to Finch, a foundry.",
        ("automotive",),
        "what a party is does not tell what the fact is about",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), SECTORS, ids=[row[2] for row in SECTORS])
def test_sectors(extract: Extract, text: str, expected: tuple[str, ...], why: str) -> None:
    valued = [fact for fact in extract(text).facts if fact.amount is not None]
    assert [fact.sectors for fact in valued] == [expected]


ROWS = [
    (
        "Kelvara Bank lent $8 million to textile makers, $3 million to furniture makers and the rest to dairies.",
        {8_000_000: ("textile",), 3_000_000: ("furniture",)},
    ),
    (
        "Some $8 million was allocated to hospitals, $3 million to schools and $1 million to fisheries.",
        {8_000_000: ("health",), 3_000_000: ("education",), 1_000_000: ("agriculture",)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=["the rest ends a row", "named or told"])
def test_each_sum_of_a_row_has_its_sectors(extract: Extract, text: str, expected: dict[int, tuple[str, ...]]) -> None:
    found = {int(fact.amount.value or 0): fact.sectors for fact in extract(text).facts if fact.amount is not None}
    assert found == expected
